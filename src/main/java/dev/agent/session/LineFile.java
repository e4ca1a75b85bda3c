package dev.agent.session;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A file that takes one line at a time, for recordings. Thread-safe. A line that can't be written
 * is lost and counted.
 */
public final class LineFile implements Consumer<String>, AutoCloseable {
  private final Writer out;
  private int lost;

  /**
   * @throws IOException when the file can't be written
   */
  public LineFile(Path file) throws IOException {
    out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void accept(String line) {
    try {
      out.write(line);
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      lost++;
    }
  }

  /** Lines that could not be written. */
  public synchronized int lost() {
    return lost;
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
