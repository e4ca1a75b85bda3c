package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agent.message.Conversation;
import dev.agent.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full, read-only or not there: work goes on, is said once, and is saved when it can
 * be.
 */
final class DiskTest {
  private static final Path CWD = Path.of("/w/shop");
  private static final int TRIALS = Integer.getInteger("session.enospc.trials", 25);

  @TempDir Path temp;
  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Test
  void aFullDiskLosesNothingAndShortensNothing() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        Files.isExecutable(Path.of("/bin/mount"))
            && run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
        "no right to mount");
    try {
      for (int trial = 0; trial < TRIALS; trial++) {
        fullDisk(disk, trial);
      }
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private void fullDisk(Path disk, int trial) throws Exception {
    Random random = new Random(trial);
    Sessions sessions =
        new Sessions(disk.resolve("d" + trial), ids(trial), CLOCK, List.of(), notices::add);
    Path file = sessions.file(CWD, uuid(1));
    Path ballast = disk.resolve("ballast");
    notices.clear();
    List<Message> sent = new ArrayList<>();
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      for (int i = random.nextInt(5); i >= 0; i--) {
        Entry.User entry = prompt("before " + i + " " + "b".repeat(random.nextInt(9000)));
        assertThat(log.appendDurably(entry)).isTrue();
        sent.add(entry.message());
      }
      byte[] before = Files.readAllBytes(file);
      fill(ballast, random.nextInt(3000));
      boolean durable = true;
      for (int i = 0; durable; i++) {
        Entry.User entry = prompt("during " + i + " " + "d".repeat(500 + random.nextInt(9000)));
        durable = log.appendDurably(entry);
        sent.add(entry.message());
      }
      log.append(prompt("waits"));
      sent.add(Message.user("waits"));
      assertThat(notices)
          .hasSize(1)
          .first()
          .asString()
          .startsWith("The session can't be saved: ")
          .contains("Work goes on");
      assertThat(Arrays.copyOf(Files.readAllBytes(file), before.length)).isEqualTo(before);
      assertThat(ApiRules.broken(new SessionLoader(EffectProbe.NONE).load(file).conversation()))
          .isEmpty();
      Files.delete(ballast);
      assertThat(log.appendDurably(prompt("after"))).isTrue();
      sent.add(Message.user("after"));
      assertThat(notices).hasSize(2).last().isEqualTo("The session is saved again.");
    }
    LoadedSession session = new SessionLoader(EffectProbe.NONE).load(file);
    assertThat(session.conversation()).isEqualTo(new Conversation(sent));
    assertThat(session.problems()).isEmpty();
    Files.delete(file);
  }

  private static void fill(Path ballast, int leave) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      byte[] chunk = new byte[1024];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException e) {
      try (var channel =
          java.nio.channels.FileChannel.open(ballast, java.nio.file.StandardOpenOption.WRITE)) {
        channel.truncate(Math.max(0, channel.size() - leave));
      }
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaidOnceAndWorkGoesOn() throws Exception {
    // A file where a directory has to be stops root as well.
    Path data = Files.writeString(temp.resolve("data"), "I am a file");
    Sessions sessions = new Sessions(data, ids(1), CLOCK, List.of(), notices::add);
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      for (int i = 0; i < 5; i++) {
        assertThat(log.appendDurably(prompt("x" + i))).isFalse();
      }
      assertThat(notices).hasSize(1).first().asString().contains("can't be saved");
      Files.delete(data);
      assertThat(log.appendDurably(prompt("y"))).isTrue();
    }
    assertThat(
            new SessionLoader(EffectProbe.NONE)
                .load(sessions.file(CWD, uuid(1)))
                .conversation()
                .messages())
        .hasSize(6);
  }

  @Test
  void whatStaysUnsavedIsCountedAtTheEnd() throws Exception {
    Path data = Files.writeString(temp.resolve("data"), "I am a file");
    Sessions sessions = new Sessions(data, ids(1), CLOCK, List.of(), notices::add);
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      log.append(prompt("x"));
      assertThat(log.flush(Duration.ofSeconds(20))).isFalse();
      log.append(prompt("y"));
    }
    assertThat(notices).hasSize(2);
    assertThat(notices.get(1)).startsWith("2 entries of this session could not be saved");
  }

  @Test
  void aReadOnlyDirectoryIsSaidOnce() throws Exception {
    Path data = Files.createDirectory(temp.resolve("ro"));
    data.toFile().setWritable(false);
    assumeTrue(!Files.isWritable(data), "root may write anywhere");
    try (SessionLog log =
        new Sessions(data, ids(1), CLOCK, List.of(), notices::add).create(CWD, uuid(1))) {
      assertThat(log.appendDurably(prompt("x"))).isFalse();
      assertThat(log.appendDurably(prompt("y"))).isFalse();
    }
    assertThat(notices).hasSize(2);
  }

  @Test
  void theFileOnlyEverGrows() throws Exception {
    Sessions sessions = new Sessions(temp, ids(1), CLOCK, List.of(), notices::add);
    Path file = sessions.file(CWD, uuid(1));
    byte[] before = {};
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      for (int i = 0; i < 40; i++) {
        SessionFixture.write(log, new Random(i), 1, new ArrayList<>());
        assertThat(log.flush(Duration.ofSeconds(20))).isTrue();
        byte[] now = Files.readAllBytes(file);
        assertThat(now.length).isGreaterThan(before.length);
        assertThat(Arrays.copyOf(now, before.length)).isEqualTo(before);
        before = now;
      }
    }
  }

  @Test
  void manyThreadsMayAppendAtOnce() throws Exception {
    Sessions sessions = new Sessions(temp, ids(1), CLOCK, List.of(), notices::add);
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int number = t;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < 50; i++) {
                        if (i % 10 == 0) {
                          log.appendDurably(prompt(number + ":" + i));
                        } else {
                          log.append(prompt(number + ":" + i));
                        }
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    LoadedSession session = new SessionLoader(EffectProbe.NONE).load(sessions.file(CWD, uuid(1)));
    assertThat(session.conversation().messages()).hasSize(400);
    assertThat(session.problems()).isEmpty();
    assertThat(session.lines()).extracting(Line::seq).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anInterruptedCallerStillKnowsThatItsEntryIsOnDisk() throws Exception {
    Sessions sessions = new Sessions(temp, ids(1), CLOCK, List.of(), notices::add);
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      Thread.currentThread().interrupt();
      assertThat(log.appendDurably(prompt("x"))).isTrue();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Files.size(sessions.file(CWD, uuid(1)))).isPositive();
    }
  }

  @Test
  void aTwentyFiveMegabyteResultComesBack() throws Exception {
    Sessions sessions = new Sessions(temp, ids(1), CLOCK, List.of(), notices::add);
    String large = "r".repeat(25_000_000);
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      log.append(prompt(large));
    }
    assertThat(
            new SessionLoader(EffectProbe.NONE)
                .load(sessions.file(CWD, uuid(1)))
                .conversation()
                .messages()
                .getFirst()
                .text())
        .hasSize(large.length());
  }
}
