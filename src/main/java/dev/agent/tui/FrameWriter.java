package dev.agent.tui;

import java.io.ByteArrayOutputStream;
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

  /** Where the bytes go. */
  @FunctionalInterface
  public interface Sink {
    /** Writes all of it, however long that takes. */
    void write(byte[] bytes, int offset, int length) throws IOException;
  }

  private final Sink sink;
  private final Runnable whenIdle;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  // Guarded by the lock:
  private byte[] frame = new byte[0];
  private int length;
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
   * Hands a frame over; returns at once. The bytes are copied.
   *
   * @throws IllegalStateException when the writer is not idle
   */
  public void write(byte[] bytes, int count) {
    if (count == 0) {
      return;
    }
    lock.lock();
    try {
      if (busy) {
        throw new IllegalStateException("the frame before is still being written");
      }
      if (frame.length < count) {
        frame = new byte[Math.max(count, 2 * frame.length)];
      }
      System.arraycopy(bytes, 0, frame, 0, count);
      length = count;
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
    while (true) {
      lock.lock();
      try {
        while (!busy && !closed) {
          changed.awaitUninterruptibly();
        }
        if (!busy) {
          return;
        }
      } finally {
        lock.unlock();
      }
      IOException problem = null;
      try {
        sink.write(frame, 0, length);
      } catch (IOException e) {
        problem = e;
      }
      lock.lock();
      try {
        failure = problem == null ? failure : problem;
        busy = false;
        changed.signalAll();
        if (closed || problem != null) {
          closed = true;
          return;
        }
      } finally {
        lock.unlock();
        whenIdle.run();
      }
    }
  }

  /** Waits up to the time for the last frame to be written, and takes no more. */
  public void close(long millis) {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(Math.max(1, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(500);
  }

  /** Small pieces that go out with the next frame: titles, bells, the clipboard. */
  public static final class Extras {
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /** Adds a sequence. */
    public void add(String sequence) {
      pending.writeBytes(sequence.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Whether something waits. */
    public boolean isEmpty() {
      return pending.size() == 0;
    }

    /** Takes what waits. */
    public byte[] take() {
      byte[] bytes = pending.toByteArray();
      pending.reset();
      return bytes;
    }
  }
}
