package dev.agent.session;

import static dev.agent.session.SessionFixture.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompt history, spilled results and output files. */
final class SideFilesTest {
  @TempDir Path data;

  @Test
  void promptsComeBackNewestFirstOnceEachAndByDirectory() throws Exception {
    PromptHistory history = new PromptHistory(data, CLOCK);
    assertThat(history.latest(10, null)).isEmpty();
    history.add("one", Path.of("/a"), "s1");
    history.add("two\nlines ü", Path.of("/b"), "s2");
    history.add("  \n", Path.of("/a"), "s1");
    history.add("one", Path.of("/b"), "s2");
    history.add("three", Path.of("/a"), "s1");
    assertThat(history.latest(10, null))
        .extracting(PromptHistory.Prompt::text)
        .containsExactly("three", "one", "two\nlines ü");
    assertThat(history.latest(10, Path.of("/a")))
        .extracting(PromptHistory.Prompt::text)
        .containsExactly("three", "one");
    assertThat(history.latest(1, null))
        .containsExactly(new PromptHistory.Prompt("three", "/a", "s1", CLOCK.instant()));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("history.jsonl"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aLongHistoryIsReadAcrossChunks() throws Exception {
    PromptHistory history = new PromptHistory(data, CLOCK);
    for (int i = 0; i < 500; i++) {
      history.add(i + " " + "ü".repeat(i * 7 % 3000), Path.of("/a"), "s");
    }
    List<PromptHistory.Prompt> all = history.latest(1000, null);
    assertThat(all).hasSize(500);
    for (int i = 0; i < 500; i++) {
      assertThat(all.get(499 - i).text()).isEqualTo(i + " " + "ü".repeat(i * 7 % 3000));
    }
  }

  @Test
  void aTornHistoryLineHarmsNoOther() throws Exception {
    PromptHistory history = new PromptHistory(data, CLOCK);
    history.add("one", Path.of("/a"), "s");
    Files.writeString(
        data.resolve("history.jsonl"), "{\"display\":\"tor", StandardOpenOption.APPEND);
    history.add("two", Path.of("/a"), "s");
    Files.writeString(
        data.resolve("history.jsonl"), "\n[]\n{\"display\":5}\n\0\0\n", StandardOpenOption.APPEND);
    assertThat(history.latest(10, null))
        .extracting(PromptHistory.Prompt::text)
        .containsExactly("two", "one");
  }

  @Test
  void manyWritersShareOneHistory() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int number = t;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    PromptHistory mine = new PromptHistory(data, CLOCK);
                    for (int i = 0; i < 50; i++) {
                      try {
                        mine.add(number + ":" + i + "x".repeat(3000), Path.of("/a"), "s");
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(new PromptHistory(data, CLOCK).latest(1000, null)).hasSize(400);
  }

  @Test
  void aSpilledResultIsAFileOfTheSession() throws Exception {
    SpillFiles files = SpillFiles.ofScreen(data.resolve("p").resolve("id.jsonl"));
    Path first = files.keep("toolu_1", "text ü").orElseThrow();
    Path second = files.keep("toolu_1", "other").orElseThrow();
    assertThat(first).isEqualTo(data.resolve("p/id/screen/toolu_1.txt"));
    assertThat(Files.readString(first)).isEqualTo("text ü");
    assertThat(Files.readString(second)).isEqualTo("other");
    assertThat(files.keep("../../../etc/x y", "z").orElseThrow().getParent())
        .isEqualTo(files.directory());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.directory())))
        .isEqualTo("rwx------");
  }

  @Test
  void theQuotaOfASessionHolds() throws Exception {
    SpillFiles files = new SpillFiles(data.resolve("spill"), 1000, 600, 0);
    assertThat(Files.size(files.keep("a", "x".repeat(5000)).orElseThrow())).isEqualTo(600);
    assertThat(Files.size(files.keep("b", "x".repeat(5000)).orElseThrow())).isEqualTo(400);
    assertThat(files.keep("c", "x")).isEmpty();
    assertThatThrownBy(() -> files.open("d"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 1000 bytes");
  }

  @Test
  void outputStopsAtItsLimitAndCountsTheRest() throws Exception {
    OutputFile out = OutputFile.create(data.resolve("o.txt"), 10, 0);
    out.append("12345678".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(out.fault()).isEmpty();
    out.append("90abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    out.append(new byte[100]);
    out.close();
    out.append(new byte[1]);
    assertThat(Files.readString(out.path())).isEqualTo("1234567890");
    assertThat(out.size()).isEqualTo(10);
    assertThat(out.dropped()).isEqualTo(104);
    assertThat(out.fault()).isEqualTo("the limit of 10 bytes is reached");
  }

  @Test
  void outputLeavesRoomOnTheDisk() throws Exception {
    try (OutputFile out = OutputFile.create(data.resolve("o.txt"), 1000, Long.MAX_VALUE / 2)) {
      out.append(new byte[10]);
      assertThat(out.fault()).isEqualTo("the disk is nearly full");
      assertThat(out.dropped()).isEqualTo(10);
      assertThat(out.size()).isZero();
    }
  }

  @Test
  void anExistingFileIsNeverWrittenOver() throws Exception {
    Path there = Files.writeString(data.resolve("o.txt"), "mine");
    assertThatThrownBy(() -> OutputFile.create(there, 10, 0))
        .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
    assertThat(Files.readString(there)).isEqualTo("mine");
  }

  @Test
  void aRecordingThatCanNotBeWrittenIsToldOnce() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full));
    List<IOException> told = new ArrayList<>();
    try (LineFile file = new LineFile(full, told::add)) {
      file.accept("one");
      file.accept("two");
      assertThat(told).hasSize(1);
    } catch (IOException e) {
      // Closing writes what is left, which fails as well.
    }
  }
}
