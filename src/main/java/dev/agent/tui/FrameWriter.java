package dev.agent.tui;

import dev.agent.tui.cell.Bytes;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames to the terminal on a thread of its own, one at a time and each with one write. A
 * terminal that takes no bytes stops frames and nothing else: whoever draws asks {@link #isIdle}
 * first and draws the newest state once it is told to.
 */
public final class FrameWriter implements AutoCloseable {
  /** How long the end waits for the last frame, in milliseconds. */
  private static final long PATIENCE_MILLIS = 300;

  /** Where the bytes go. */
  @FunctionalInterface
  public interface Sink {
    /** Writes all of it, however long that takes. */
    void write(Bytes bytes) throws IOException;
  }

  private final Sink sink;
  private final Runnable whenIdle;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Bytes frame = new Bytes();
  private final Thread thread;
  // Guarded by the lock:
  private boolean busy;
  private boolean closed;
  private @Nullable IOException failure;

  /**
   * @param whenIdle called from the writing thread each time that it can take the next frame
   */
  public FrameWriter(Sink sink, Runnable whenIdle) {
    this.sink = sink;
    this.whenIdle = whenIdle;
    this.thread = Thread.ofPlatform().daemon().name("screen").start(this::run);
  }

  /** Whether {@link #write} may be called. */
  public boolean isIdle() {
    lock.lock();
    try {
      return !busy;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands a frame over, what goes before it and the frame itself; returns at once. The bytes are
   * copied.
   *
   * @throws IllegalStateException when the writer is not idle
   */
  public void write(Bytes before, Bytes drawn) {
    if (before.length() + drawn.length() == 0) {
      return;
    }
    lock.lock();
    try {
      if (busy) {
        throw new IllegalStateException("the frame before is still being written");
      }
      frame.clear();
      frame.add(before).add(drawn);
      busy = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What went wrong with the terminal, if something did: then nothing is written any more. */
  public @Nullable IOException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitFrame()) {
      IOException problem = null;
      try {
        sink.write(frame);
      } catch (IOException e) {
        problem = e;
      }
      lock.lock();
      try {
        failure = problem == null ? failure : problem;
        closed |= problem != null;
        busy = false;
      } finally {
        lock.unlock();
      }
      whenIdle.run();
    }
  }

  /** Waits for a frame; false at the end. */
  private boolean awaitFrame() {
    lock.lock();
    try {
      while (!busy && !closed) {
        changed.awaitUninterruptibly();
      }
      return busy;
    } finally {
      lock.unlock();
    }
  }

  /** Waits a moment for the last frame to be written, and takes no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
