package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleaningTest {
  private static final Path CWD = Path.of("/w/shop");
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  @TempDir Path data;
  private Sessions sessions;
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void open() {
    sessions = SessionFixture.sessions(data, new ArrayList<>());
  }

  private boolean clean(Instant now) {
    return new Cleaning(data, sessions, InstantSource.fixed(now)).run(30, notices::add);
  }

  private Path session(long id, int daysAgo) throws IOException {
    try (SessionLog log = sessions.create(CWD, uuid(id))) {
      log.append(new Entry.Meta(CWD.toString(), "0.1.0", "claude-x", "main", ""));
      log.append(prompt("work"));
    }
    Path file = sessions.file(CWD, uuid(id));
    Files.writeString(SessionFixture.filesOf(file, "history").resolve("a"), "before");
    return aged(file, daysAgo);
  }

  private static Path aged(Path file, int days) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(days))));
  }

  @Test
  void whatWasNotUsedForLongGoesWithAllThatBelongsToIt() throws Exception {
    Path old = session(1, 31);
    Path young = session(2, 29);
    assertThat(clean(NOW)).isTrue();
    assertThat(old).doesNotExist();
    assertThat(old.resolveSibling(uuid(1))).doesNotExist();
    assertThat(young).exists();
    assertThat(young.resolveSibling(uuid(2)).resolve("history/a")).exists();
    assertThat(notices).singleElement().asString().startsWith("Removing 1 session not used");
  }

  @Test
  void theNextTimeIsADayLater() throws Exception {
    assertThat(clean(NOW)).isTrue();
    Path old = session(1, 31);
    assertThat(clean(NOW.plus(Duration.ofHours(23)))).isFalse();
    assertThat(old).exists();
    assertThat(clean(NOW.plus(Duration.ofHours(24)))).isTrue();
    assertThat(old).doesNotExist();
  }

  @Test
  void aStampFromTheFutureIsNotBelieved() throws Exception {
    clean(NOW.plus(Duration.ofDays(4000)));
    assertThat(clean(NOW)).isTrue();
  }

  @Test
  void whoComesSecondLeavesItToTheFirst() throws Exception {
    Path old = session(1, 31);
    try (SessionLock _ = SessionLock.take(data.resolve("cleaned.lock"))) {
      assertThat(clean(NOW)).isFalse();
    }
    assertThat(old).exists();
    assertThat(clean(NOW)).isTrue();
  }

  @Test
  void directoriesOfSessionsThatAreGoneGoOnceNothingInThemIsNew() throws Exception {
    Path old = SessionFixture.filesOf(sessions.file(CWD, uuid(1)), "scratch");
    aged(Files.writeString(old.resolve("x"), "x"), 40);
    aged(old, 40);
    aged(old.getParent(), 40);
    Path used = SessionFixture.filesOf(sessions.file(CWD, uuid(2)), "scratch");
    aged(Files.writeString(used.resolve("x"), "x"), 2);
    aged(used, 40);
    aged(used.getParent(), 40);
    Path foreign = aged(Files.createDirectory(old.getParent().resolveSibling("notes")), 40);
    clean(NOW);
    assertThat(old.getParent()).doesNotExist();
    assertThat(used.resolve("x")).exists();
    assertThat(foreign).exists();
  }

  @Test
  void aSessionInUseStaysHoweverOldItsFileLooks() throws Exception {
    Path file = session(1, 0);
    try (SessionLog _ = sessions.resume(file, EffectProbe.NONE).log()) {
      aged(file, 400);
      clean(NOW);
      assertThat(file).exists();
      assertThat(file.resolveSibling(uuid(1)).resolve("history/a")).exists();
    }
  }

  @Test
  void recordsOfFaultsGoWithTheirAgeAndLinksAreNotFollowed() throws Exception {
    Path faults = Files.createDirectories(data.resolve("faults"));
    Path old = aged(Files.writeString(faults.resolve("printed.txt"), "x"), 31);
    Path young = aged(Files.writeString(faults.resolve("printed-1.txt"), "x"), 3);
    Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
    Path kept = aged(Files.writeString(elsewhere.resolve("kept.txt"), "x"), 31);
    Files.createSymbolicLink(faults.resolve("link.txt"), kept);
    Path projects = Files.createDirectories(data.resolve("projects/-w-shop"));
    Files.createSymbolicLink(projects.resolve(uuid(9)), elsewhere);
    clean(NOW);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(kept).exists();
  }

  @Test
  void withoutADataDirectoryNothingIsMade() {
    Path none = data.resolve("none");
    assertThat(
            new Cleaning(none, SessionFixture.sessions(none, notices), InstantSource.fixed(NOW))
                .run(30, notices::add))
        .isFalse();
    assertThat(none).doesNotExist();
  }
}
