package dev.agent.mode.screen;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The thread that reads what the terminal sends. While another program has the terminal it must not
 * read: it would take every other key from that program. A read that has begun can't be called
 * back, so the terminal is made to say something, which ends it. Thread-safe.
 */
final class KeyReader {
  private static final int READ = 64 * 1024;

  private final InputStream in;
  private final Consumer<byte[]> keys;
  private final Runnable ended;
  private boolean paused;
  private boolean resting;
  private Optional<Runnable> diverted = Optional.empty();

  /**
   * @param keys gets all bytes, on the reading thread
   * @param ended called when nothing will come any more
   */
  KeyReader(InputStream in, Consumer<byte[]> keys, Runnable ended) {
    this.in = in;
    this.keys = keys;
    this.ended = ended;
  }

  void start() {
    Thread.ofPlatform().daemon().name("keys").start(this::read);
  }

  private void read() {
    byte[] buffer = new byte[READ];
    try {
      rest();
      int count = in.read(buffer);
      typedAhead(buffer, count);
      while (count >= 0) {
        accept(Arrays.copyOf(buffer, count));
        rest();
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // The terminal is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.run();
  }

  /**
   * What was typed before the terminal was ours: its driver made line feeds of Enter keys then.
   * More than a line or two is a text that somebody pasted.
   */
  private static void typedAhead(byte[] bytes, int count) {
    int lines = 0;
    for (int i = 0; i < count; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    for (int i = 0; i < count && lines <= 2; i++) {
      bytes[i] = bytes[i] == '\n' ? (byte) '\r' : bytes[i];
    }
  }

  private void accept(byte[] bytes) {
    Optional<Runnable> other;
    synchronized (this) {
      other = diverted;
    }
    other.ifPresentOrElse(Runnable::run, () -> keys.accept(bytes));
  }

  private synchronized void rest() throws InterruptedException {
    while (paused) {
      resting = true;
      notifyAll();
      wait();
    }
    resting = false;
  }

  /**
   * Reads no more until {@link #resume}. Waits until the read that is under way has ended.
   *
   * @param nudge makes the terminal send something
   * @return whether it has ended; else what comes next is taken from whoever reads meanwhile
   */
  boolean pause(Runnable nudge, Duration limit) throws InterruptedException {
    synchronized (this) {
      paused = true;
    }
    nudge.run();
    long until = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      long left = until - System.nanoTime();
      while (!resting && left > 0) {
        wait(left / 1_000_000 + 1);
        left = until - System.nanoTime();
      }
      return resting;
    }
  }

  /** Reads again. */
  synchronized void resume() {
    paused = false;
    notifyAll();
  }

  /** From now on what comes is lost, and this is called for it instead. */
  synchronized void divert(Runnable other) {
    diverted = Optional.of(other);
  }

  /** What comes is for its owner again. */
  synchronized void restore() {
    diverted = Optional.empty();
  }
}
