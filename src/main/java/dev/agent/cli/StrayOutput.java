package dev.agent.cli;

import dev.agent.session.OutputFile;
import dev.agent.session.SpillFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What libraries print while a screen is up: it goes to a file instead of over the screen. Between
 * making and closing one, {@code System.out} and {@code System.err} lead there; the program itself
 * writes to the terminal by other ways. Thread-safe.
 */
final class StrayOutput implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Sink sink;

  /**
   * @param files take what is printed, once there is something
   */
  StrayOutput(SpillFiles files) {
    this.sink = new Sink(files);
    PrintStream stream = new PrintStream(sink, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    sink.close();
  }

  private static final class Sink extends OutputStream {
    private final SpillFiles files;
    private Optional<OutputFile> file = Optional.empty();
    private boolean tried;

    Sink(SpillFiles files) {
      this.files = files;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      if (!tried) {
        tried = true;
        try {
          file = Optional.of(files.open("printed"));
        } catch (IOException e) {
          return; // nowhere is still better than over the screen
        }
      }
      file.ifPresent(it -> it.append(Arrays.copyOfRange(bytes, from, from + count)));
    }

    @Override
    public synchronized void close() {
      file.ifPresent(OutputFile::close);
      file = Optional.empty();
      tried = true;
    }
  }
}
