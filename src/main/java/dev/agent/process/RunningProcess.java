package dev.agent.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One command. Its output is read on a thread of its own, so that it never blocks on a full pipe;
 * memory holds only the beginning and the end. Thread-safe.
 */
public final class RunningProcess {
  /**
   * How long output is waited for once the command itself has ended: a grandchild may hold the pipe
   * for ever.
   */
  private static final Duration DRAIN = Duration.ofMillis(300);

  private final Process process;
  private final ProcessTree tree;
  private final OutputWindow window;
  private final OutputSink sink;
  private final OutputWindow errors;
  private final CountDownLatch drained;
  private volatile boolean capped;
  private volatile boolean deaf;

  /**
   * @param errorsApart whether standard error is a stream of its own
   */
  RunningProcess(
      Process process,
      ProcessTree tree,
      boolean errorsApart,
      int windowBytes,
      OutputSink sink,
      Consumer<String> progress) {
    this.process = process;
    this.tree = tree;
    this.window = new OutputWindow(windowBytes);
    this.errors = new OutputWindow(errorsApart ? windowBytes : 0);
    this.drained = new CountDownLatch(errorsApart ? 2 : 1);
    this.sink = sink;
    // A platform thread: a read may block for as long as a grandchild holds the pipe.
    Thread.ofPlatform()
        .daemon()
        .name("output-" + process.pid())
        .start(() -> drain(process.getInputStream(), progress));
    if (errorsApart) {
      Thread.ofVirtual().name("errors-" + process.pid()).start(this::drainErrors);
    }
  }

  /** Gives it something to read, in the background: it may read slowly, or not at all. */
  void feed(byte[] input) {
    Thread.ofVirtual()
        .name("input-" + process.pid())
        .start(
            () -> {
              try (OutputStream out = process.getOutputStream()) {
                out.write(input);
              } catch (IOException e) {
                // It ended, or closed its input: it does not want to know.
              }
            });
  }

  private void drainErrors() {
    byte[] buffer = new byte[16 * 1024];
    try (InputStream in = process.getErrorStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        errors.append(buffer, 0, n);
      }
    } catch (IOException e) {
      // The pipe was closed under us: the command was ended.
    } finally {
      drained.countDown();
    }
  }

  private void drain(InputStream in, Consumer<String> progress) {
    byte[] buffer = new byte[16 * 1024];
    Utf8Stream characters = new Utf8Stream();
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        window.append(buffer, 0, n);
        if (!capped && !sink.append(buffer, 0, n)) {
          capped = true;
          tree.kill();
        }
        tell(progress, characters.decode(buffer, n));
      }
      tell(progress, characters.end());
    } catch (IOException e) {
      // The pipe was closed under us: the command was ended.
    } finally {
      drained.countDown();
      sink.close();
    }
  }

  /** A listener that fails must not stop the reading: the command would block on a full pipe. */
  private void tell(Consumer<String> progress, String text) {
    if (text.isEmpty() || deaf) {
      return;
    }
    try {
      progress.accept(text);
    } catch (RuntimeException e) {
      deaf = true;
    }
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end; false when the limit passed first. */
  public boolean await(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    if (!drained.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
      closePipe();
    }
    return true;
  }

  private void closePipe() {
    try {
      process.getInputStream().close();
      process.getErrorStream().close();
    } catch (IOException e) {
      // it is closed, which is what we want
    }
  }

  /** Its exit code, as a shell gives it (128 + signal); −1 while it runs. */
  public int exitCode() {
    return process.isAlive() ? -1 : process.exitValue();
  }

  /** What it printed: everything while that is little, else the beginning and the end. */
  public String output() {
    return window.text();
  }

  /** What it printed as errors, where these are kept apart; bounded in the same way. */
  public String errors() {
    return errors.text();
  }

  /** How many bytes it has printed. */
  public long outputBytes() {
    return window.length();
  }

  /** Whether it was ended because its output grew over the cap. */
  public boolean isCapped() {
    return capped;
  }

  /** The whole output, where it is kept. */
  public java.util.Optional<java.nio.file.Path> outputFile() {
    return sink.path();
  }

  /**
   * Ends it with everything it started. Returns when all are gone, or after about half a second
   * with the most stubborn ones.
   */
  public void kill() {
    tree.kill();
    closePipe();
    sink.close();
  }

  /** Runs something once the command itself has ended; at once when it has already. */
  public void onExit(Runnable action) {
    var _ = process.onExit().thenRun(action);
  }

  /** To be called once it has ended by itself: closes what is kept open for it. */
  public void close() {
    sink.close();
  }
}
