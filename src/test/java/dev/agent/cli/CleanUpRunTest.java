package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old sessions are removed by runs, as the settings say. */
final class CleanUpRunTest {
  @TempDir Path temp;
  private RunFixture run;
  private Path data;

  @BeforeEach
  void prepare() throws IOException {
    run = new RunFixture(temp);
    data = run.home.resolve(".local/share/agent");
  }

  @AfterEach
  void end() {
    run.close();
  }

  /** A session that ended, as if it had been some days ago. */
  private Path session(String id, int daysAgo) throws IOException {
    run.server.reply(Reply.text("ok"));
    run.agent("-p", "hello", "--session-id", id);
    Path file = data.resolve("projects").resolve(name()).resolve(id + ".jsonl");
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofDays(daysAgo))));
  }

  private String name() {
    return run.project.toString().replaceAll("[^a-zA-Z0-9]", "-");
  }

  private void again(String... args) throws IOException {
    Files.deleteIfExists(data.resolve("cleaned"));
    run.server.reply(Reply.text("ok"));
    assertThat(run.agent(args)).isZero();
  }

  @Test
  void aRunRemovesWhatIsOlderThanTheSettingSaysAndNothingElse() throws Exception {
    run.settings("{\"cleanupPeriodDays\": 7}");
    Path old = session("11111111-1111-4111-8111-111111111111", 8);
    Path young = session("22222222-2222-4222-8222-222222222222", 6);
    again("-p", "next");
    assertThat(old).doesNotExist();
    assertThat(old.resolveSibling("11111111-1111-4111-8111-111111111111")).doesNotExist();
    assertThat(young).exists();
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void onceADayIsEnough() throws Exception {
    Path old = session("11111111-1111-4111-8111-111111111111", 40);
    run.server.reply(Reply.text("ok"));
    run.agent("-p", "next");
    assertThat(old).exists();
  }

  @Test
  void aSessionThatIsResumedStays() throws Exception {
    Path old = session("11111111-1111-4111-8111-111111111111", 40);
    again("-p", "next", "--resume", "11111111-1111-4111-8111-111111111111");
    assertThat(old).exists();
  }

  @Test
  void runsThatLeaveNoTraceRemoveNothing() throws Exception {
    Path old = session("11111111-1111-4111-8111-111111111111", 40);
    again("-p", "next", "--no-session-persistence");
    again("-p", "next", "--read-only");
    assertThat(old).exists();
    assertThat(data.resolve("cleaned")).doesNotExist();
  }

  @Test
  void aProjectCannotHaveSessionsRemoved() throws Exception {
    Path old = session("11111111-1111-4111-8111-111111111111", 10);
    Files.createDirectories(run.project.resolve(".agent"));
    Files.writeString(run.project.resolve(".agent/settings.json"), "{\"cleanupPeriodDays\": 1}");
    again("-p", "next");
    assertThat(old).exists();
  }
}
