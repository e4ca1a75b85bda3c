package dev.agent.tui.cell;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** What is written to a terminal: whole writes, one after another. Thread-safe. */
final class TerminalOutput {
  /** How long the last write waits for one that hangs. */
  private static final long PATIENCE_MILLIS = 300;

  private final OutputStream out;
  private final long stuckMillis;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean isStuck;

  /**
   * @param stuckMillis how long the last write may take until the terminal is given up
   */
  TerminalOutput(OutputStream out, long stuckMillis) {
    this.out = out;
    this.stuckMillis = stuckMillis;
  }

  void send(Bytes bytes) throws IOException {
    send(bytes.array(), 0, bytes.length());
  }

  void send(byte[] bytes, int offset, int length) throws IOException {
    writing.lock();
    try {
      out.write(bytes, offset, length);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** The same, but a frame that hangs in a slow line must not keep it from being written. */
  void sendInSpiteOfWrites(Bytes bytes) {
    boolean locked = false;
    try {
      locked = writing.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Thread writer = Thread.ofPlatform().daemon().name("terminal-last").start(() -> last(bytes));
    try {
      writer.join(stuckMillis);
      isStuck = writer.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (locked) {
        writing.unlock();
      }
    }
  }

  private void last(Bytes bytes) {
    try {
      bytes.writeTo(out);
      out.flush();
    } catch (IOException e) {
      // The terminal is gone: there is nothing left to restore.
      return;
    }
  }

  /** Whether it did not take its last write: what is written to it may hang. */
  boolean isStuck() {
    return isStuck;
  }
}
