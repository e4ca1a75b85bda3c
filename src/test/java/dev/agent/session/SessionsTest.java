package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.message.ContentBlock;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsTest {
  private static final Path CWD = Path.of("/w/shop");

  @TempDir Path data;
  private Sessions sessions;

  @BeforeEach
  void open() {
    sessions = SessionFixture.sessions(data, new ArrayList<>());
  }

  private Path make(long id, Path cwd, String prompt, Entry... more) throws IOException {
    try (SessionLog log = sessions.create(cwd, uuid(id))) {
      log.append(new Entry.Meta(cwd.toString(), "0.1.0", "claude-x", "main", ""));
      log.append(prompt(prompt));
      for (Entry entry : more) {
        log.append(entry);
      }
    }
    Path file = sessions.file(cwd, uuid(id));
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(id * 60)));
    return file;
  }

  @Test
  void aListShowsWhatPeopleLookFor() throws Exception {
    make(
        1,
        CWD,
        "Fix  the\nlogin bug",
        reply(new ContentBlock.Text("ok")),
        new Entry.UsageLedger(2, new BigDecimal("0.42"), Map.of()));
    make(2, CWD, "second", new Entry.Title("Named"));
    make(3, Path.of("/w/other"), "elsewhere");
    List<SessionInfo> list = sessions.list(CWD);
    assertThat(list).extracting(SessionInfo::id).containsExactly(uuid(2), uuid(1));
    assertThat(list).extracting(SessionInfo::title).containsExactly("Named", "Fix the login bug");
    SessionInfo first = list.get(1);
    assertThat(first.turns()).isEqualTo(2);
    assertThat(first.costUsd()).isEqualByComparingTo("0.42");
    assertThat(first.cwd()).isEqualTo("/w/shop");
    assertThat(first.gitBranch()).isEqualTo("main");
    assertThat(first.isDamaged()).isFalse();
    assertThat(sessions.list()).hasSize(3);
  }

  @Test
  void aFirstPromptOfMegabytesStillGivesATitle() throws Exception {
    make(
        1,
        CWD,
        "Look at \"this\"\n" + "log line ".repeat(200_000),
        new Entry.UsageLedger(1, BigDecimal.ONE, Map.of()));
    SessionInfo info = sessions.list(CWD).getFirst();
    assertThat(info.title()).startsWith("Look at \"this\" log line").hasSizeLessThanOrEqualTo(120);
    assertThat(info.turns()).isEqualTo(1);
  }

  @Test
  void damagedFilesAreListedWithAMark() throws Exception {
    Path file = make(1, CWD, "hello");
    Files.writeString(file, Files.readString(file).replace("hello", "hallo"));
    Files.writeString(file.resolveSibling(uuid(2) + ".jsonl"), "\0\0\0\0garbage");
    assertThat(sessions.list(CWD)).hasSize(2).allMatch(SessionInfo::isDamaged);
  }

  @Test
  void theLatestSessionOfTheDirectoryIsContinued() throws Exception {
    assertThat(sessions.latest(CWD)).isEmpty();
    make(1, CWD, "one");
    Path two = make(2, CWD, "two");
    make(3, Path.of("/w/other"), "elsewhere");
    assertThat(sessions.latest(CWD)).contains(two);
  }

  @Test
  void aSessionIsFoundByIdPrefixAndTitle() throws Exception {
    Path one = make(0x1234, CWD, "Fix the login bug");
    make(0x9999, CWD, "other", new Entry.Title("Billing"));
    Path elsewhere = make(0x5555, Path.of("/w/other"), "x");
    assertThat(sessions.find(uuid(0x1234), CWD)).isEqualTo(one);
    assertThat(sessions.find(uuid(0x1234).toUpperCase(java.util.Locale.ROOT), CWD)).isEqualTo(one);
    assertThat(sessions.find("00001234", CWD)).isEqualTo(one);
    assertThat(sessions.find("fix the LOGIN bug", CWD)).isEqualTo(one);
    assertThat(sessions.find("billing", CWD).getFileName().toString()).startsWith("00009999");
    assertThat(sessions.find(uuid(0x5555), CWD)).isEqualTo(elsewhere);
    assertThatThrownBy(() -> sessions.find("0000", CWD))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("fits 2 sessions");
    for (String unknown : List.of("nope", "", "../../x", "a\u0000b", uuid(7))) {
      assertThatThrownBy(() -> sessions.find(unknown, CWD))
          .isInstanceOf(UserError.class)
          .hasMessage("No conversation found with session ID: " + unknown);
    }
  }

  @Test
  void deepDirectoriesGetNamesOfTheirOwn() {
    Path one = Path.of("/" + "d".repeat(250) + "/a");
    Path two = Path.of("/" + "d".repeat(250) + "/b");
    assertThat(sessions.directory(one)).isNotEqualTo(sessions.directory(two));
    assertThat(sessions.directory(one).getFileName().toString()).hasSizeLessThan(256);
    assertThat(sessions.directory(Path.of("/w/ü x/../y.z")).getFileName().toString())
        .isEqualTo("-w-y-z");
  }

  @Test
  void fiveThousandSessionsAreListedAll() throws Exception {
    Path file =
        make(
            1,
            CWD,
            "Fix it",
            reply(new ContentBlock.Text("x".repeat(20_000))),
            new Entry.UsageLedger(3, BigDecimal.TEN, Map.of()));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 2; i <= 5000; i++) {
      Files.write(file.resolveSibling(uuid(i) + ".jsonl"), bytes);
    }
    sessions.list(CWD);
    long start = System.nanoTime();
    List<SessionInfo> list = sessions.list(CWD);
    System.out.println(
        "5,000 sessions listed in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    assertThat(list)
        .hasSize(5000)
        .allMatch(info -> info.title().equals("Fix it") && info.turns() == 3);
  }

  @Test
  void oldSessionsGoWithNoticeAndTakeTheirFilesAlong() throws Exception {
    Path old = make(1, CWD, "old");
    Files.writeString(SessionFixture.filesOf(old, "tool-results").resolve("x.txt"), "x");
    // As commands leave them: the sandbox hides places behind such a directory, module caches are
    // read-only.
    Path scratch = SessionFixture.filesOf(old, "scratch");
    Files.writeString(Files.createDirectory(scratch.resolve("cache")).resolve("x.txt"), "x");
    Files.setPosixFilePermissions(
        scratch.resolve("cache"), PosixFilePermissions.fromString("r-x------"));
    Files.setPosixFilePermissions(
        Files.createDirectory(scratch.resolve("hidden")),
        PosixFilePermissions.fromString("---------"));
    Path young = make(2, CWD, "young");
    Instant now = Instant.parse("2026-01-01T00:01:30Z").plus(Duration.ofDays(30));
    Retention retention = new Retention(sessions, InstantSource.fixed(now));
    Retention.Plan plan = retention.plan(30);
    assertThat(plan.expired()).extracting(SessionInfo::id).containsExactly(uuid(1));
    assertThat(old).exists();
    List<String> notices = new ArrayList<>();
    assertThat(
            retention.carryOut(
                plan,
                notice -> {
                  notices.add(notice);
                  assertThat(old).exists();
                }))
        .isEqualTo(1);
    assertThat(notices)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("Removing 1 session not used for 30 days")
        .contains("cleanupPeriodDays");
    assertThat(old).doesNotExist();
    assertThat(old.resolveSibling(uuid(1))).doesNotExist();
    assertThat(young).exists();
    assertThat(retention.carryOut(retention.plan(30), notices::add)).isZero();
    assertThat(notices).hasSize(1);
  }

  @Test
  void aSessionThatAForkContinuesStays() throws Exception {
    Path parent = make(1, CWD, "parent");
    sessions.fork(parent, uuid(2), EffectProbe.NONE).log().close();
    Files.setLastModifiedTime(
        sessions.file(CWD, uuid(2)), FileTime.from(Instant.parse("2026-06-01T00:00:00Z")));
    Retention retention =
        new Retention(sessions, InstantSource.fixed(Instant.parse("2026-06-02T00:00:00Z")));
    assertThat(retention.plan(30).expired()).isEmpty();
    assertThat(sessions.list(CWD)).extracting(SessionInfo::title).containsOnly("parent");
    assertThat(retention.plan(1).expired()).isEmpty();
    assertThat(
            new Retention(sessions, InstantSource.fixed(Instant.parse("2027-06-02T00:00:00Z")))
                .plan(30)
                .expired())
        .hasSize(2);
  }

  @Test
  void aSessionInUseStays() throws Exception {
    Path file = make(1, CWD, "x");
    Retention retention =
        new Retention(sessions, InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z")));
    Retention.Plan plan = retention.plan(30);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-12-31T00:00:00Z")));
    assertThat(retention.carryOut(plan, _ -> {})).isZero();
    assertThat(file).exists();
  }

  @Test
  void aSessionThatThisProcessHasOpenStaysAndStaysLocked() throws Exception {
    Path file = make(1, CWD, "x");
    Retention retention =
        new Retention(sessions, InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z")));
    try (SessionLog _ = sessions.resume(file, EffectProbe.NONE).log()) {
      assertThat(retention.carryOut(retention.plan(30), _ -> {})).isZero();
      assertThat(Sessions.lockFile(file)).exists();
    }
    assertThat(file).exists();
  }
}
