package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalInputTest {
  private static final String END = "end";

  @TempDir Path temp;
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();

  /** A pipe with a name, as a terminal without one. */
  private Path pipe() throws IOException, InterruptedException {
    Path pipe = temp.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0, "there is no mkfifo");
    return pipe;
  }

  private Thread reader(TerminalInput input) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              byte[] bytes = new byte[100];
              try {
                for (int n = input.read(bytes); n >= 0; n = input.read(bytes)) {
                  read.add(new String(bytes, 0, n, StandardCharsets.UTF_8));
                }
                read.add(END);
              } catch (IOException e) {
                read.add(String.valueOf(e));
              }
            });
  }

  private String next() throws InterruptedException {
    return String.valueOf(read.poll(60, TimeUnit.SECONDS));
  }

  @Test
  void keysThatComeAfterTheEndAreLeftToOthers() throws Exception {
    Path pipe = pipe();
    try (RandomAccessFile keys = new RandomAccessFile(pipe.toFile(), "rw");
        TerminalInput input = new TerminalInput(InputStream.nullInputStream(), List.of(pipe))) {
      Thread reader = reader(input);
      keys.writeBytes("ours");
      assertThat(next()).isEqualTo("ours");

      input.close();
      keys.writeBytes("theirs");
      byte[] theirs = new byte[6];
      keys.readFully(theirs);
      assertThat(new String(theirs, StandardCharsets.UTF_8)).isEqualTo("theirs");
      assertThat(next()).isEqualTo(END);
      reader.join();
    }
  }

  @Test
  void standardInputIsReadWhereTheTerminalCannotBeOpened() throws Exception {
    InputStream standard = new ByteArrayInputStream("keys".getBytes(StandardCharsets.UTF_8));
    try (TerminalInput input =
        new TerminalInput(standard, List.of(temp.resolve("none"), temp.resolve("neither")))) {
      Thread reader = reader(input);
      assertThat(next()).isEqualTo("keys");
      assertThat(next()).isEqualTo(END);
      reader.join();
    }
  }
}
