package dev.agent.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program in a pseudo-terminal, which {@code script} of util-linux makes. What it writes is
 * collected; {@link #expect} waits for it.
 */
public final class Pty implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private final Process process;
  private final OutputStream keys;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // guarded by itself
  private int from;
  private boolean ended; // guarded by the bytes

  private Pty(Process process) {
    this.process = process;
    this.keys = process.getOutputStream();
    Thread.ofPlatform().daemon().name("pty").start(() -> collect(process.getInputStream()));
  }

  /** Whether pseudo-terminals can be made here. */
  public static boolean isAvailable() {
    return Files.isExecutable(SCRIPT);
  }

  /**
   * Starts a program in a terminal of 100 columns and 30 rows.
   *
   * @param environment nothing else is passed on
   */
  public static Pty start(List<String> command, Map<String, String> environment, Path directory) {
    StringBuilder line = new StringBuilder("stty cols 100 rows 30; exec");
    for (String word : command) {
      line.append(" '").append(word.replace("'", "'\\''")).append('\'');
    }
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString(), "-qefc", line.toString(), "/dev/null")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("SHELL", "/bin/sh");
    try {
      return new Pty(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void collect(InputStream in) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (bytes) {
          bytes.write(buffer, 0, n);
          bytes.notifyAll();
        }
      }
    } catch (IOException e) {
      // The terminal is gone.
    }
    synchronized (bytes) {
      ended = true;
      bytes.notifyAll();
    }
  }

  /** Presses keys. */
  public void type(String text) {
    try {
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the program is gone; it wrote:\n" + screen(), e);
    }
  }

  /** All that was written. */
  public String screen() {
    synchronized (bytes) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /**
   * Waits until a text is written behind the last one that was waited for.
   *
   * @throws AssertionError when it does not come within a minute, or the program ends before
   */
  public void expect(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    synchronized (bytes) {
      while (true) {
        String all = bytes.toString(StandardCharsets.UTF_8);
        int at = all.indexOf(text, from);
        if (at >= 0) {
          from = at + text.length();
          return;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (ended || left <= 0) {
          throw new AssertionError("\"" + text + "\" did not come; there is:\n" + all);
        }
        bytes.wait(left);
      }
    }
  }

  /** The process in the terminal; the first one that is not a shell. */
  public ProcessHandle program() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    return all.stream()
        .filter(it -> it.info().command().map(name -> name.endsWith("java")).orElse(false))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no program runs; there is:\n" + screen()));
  }

  /** Waits for its end; the exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it does not end; there is:\n" + screen());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
