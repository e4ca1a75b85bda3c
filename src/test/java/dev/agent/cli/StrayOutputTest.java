package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.session.SpillFiles;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrayOutputTest {
  @TempDir Path dir;

  private SpillFiles files() {
    return new SpillFiles(dir.resolve("faults"), 1_000_000, 100, 0);
  }

  @Test
  void whatLibrariesPrintGoesToAFileUntilTheScreenIsGone() throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream kept;
    try (StrayOutput _ = new StrayOutput(files())) {
      kept = System.err;
      System.out.println("WARNING: é");
      System.err.print("more");
    }
    kept.print("too late");

    assertThat(System.out).isSameAs(out);
    assertThat(System.err).isSameAs(err);
    assertThat(Files.readString(dir.resolve("faults/printed.txt"))).isEqualTo("WARNING: é\nmore");
  }

  @Test
  void nothingIsMadeWhereNothingIsPrinted() {
    try (StrayOutput _ = new StrayOutput(files())) {
      assertThat(dir.resolve("faults")).doesNotExist();
    }
    assertThat(dir.resolve("faults")).doesNotExist();
  }
}
