package dev.agent.session;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A file that takes one line at a time, for recordings. Thread-safe. Lines that can't be written
 * are lost, which is told once.
 */
public final class LineFile implements Consumer<String>, AutoCloseable {
  private final Writer out;
  private final Consumer<IOException> onLoss;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param onLoss told why the first line that is lost could not be written
   * @throws IOException when the file can't be written
   */
  public LineFile(Path file, Consumer<IOException> onLoss) throws IOException {
    this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    this.onLoss = onLoss;
  }

  @Override
  public void accept(String line) {
    try {
      write(line);
    } catch (IOException e) {
      if (told.compareAndSet(false, true)) {
        onLoss.accept(e);
      }
    }
  }

  private synchronized void write(String line) throws IOException {
    out.write(line);
    out.write('\n');
    out.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
