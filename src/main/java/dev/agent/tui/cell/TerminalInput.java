package dev.agent.tui.cell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the terminal sends, read so that a waiting reader can be called off: a read that waits while
 * a child, the shell behind us or a stopped job has the terminal would take keys that are theirs.
 *
 * <p>Nothing stops a read of standard input itself, so the terminal is opened once more, by its
 * name. Where that is not allowed (after {@code su}, say), standard input it is. One platform
 * thread reads (virtual ones can't be called off); the other methods are for any thread.
 */
final class TerminalInput extends InputStream {
  /** Names of the terminal on standard input, the surer one first. */
  private static final List<Path> DEVICES = List.of(Path.of("/dev/stdin"), Path.of("/dev/tty"));

  private final InputStream standard;
  private final List<Path> devices;
  private final Object state = new Object();

  // Guarded by state.
  private @Nullable FileChannel channel;
  private boolean isPlain;
  private boolean isPaused;
  private boolean isEnded;

  /** The terminal on standard input. */
  TerminalInput(InputStream standard) {
    this(standard, DEVICES);
  }

  /**
   * @param devices names that are tried in this order; none = {@code standard} alone
   */
  TerminalInput(InputStream standard, List<Path> devices) {
    this.standard = standard;
    this.devices = devices;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Waits for bytes, and while it is paused; -1 once it was closed. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (true) {
      FileChannel open;
      synchronized (state) {
        if (!awaitTurn()) {
          return -1;
        }
        open = open();
      }
      if (open == null) {
        return standard.read(bytes, offset, length);
      }
      try {
        return open.read(ByteBuffer.wrap(bytes, offset, length));
      } catch (ClosedChannelException e) {
        // Called off: look again what is wanted now.
        continue;
      }
    }
  }

  /** Waits until reading is allowed; false at the end. */
  private boolean awaitTurn() throws IOException {
    try {
      while (isPaused && !isEnded) {
        state.wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the terminal was given away", e);
    }
    return !isEnded;
  }

  private @Nullable FileChannel open() {
    for (int i = 0; channel == null && !isPlain && i < devices.size(); i++) {
      try {
        channel = FileChannel.open(devices.get(i), StandardOpenOption.READ);
      } catch (IOException e) {
        // The next name, or standard input.
        continue;
      }
    }
    isPlain = channel == null;
    return channel;
  }

  /** Lets no read take bytes until {@link #resume}; one that waits is called off. */
  void pause() {
    synchronized (state) {
      isPaused = true;
    }
    callOff();
  }

  /** Lets reads go on. */
  void resume() {
    synchronized (state) {
      isPaused = false;
      state.notifyAll();
    }
  }

  /** Ends reading for good. Standard input stays open: the terminal is still set through it. */
  @Override
  public void close() {
    synchronized (state) {
      isEnded = true;
      state.notifyAll();
    }
    callOff();
  }

  private void callOff() {
    FileChannel open;
    synchronized (state) {
      open = channel;
      channel = null;
    }
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It was only read from.
        return;
      }
    }
  }
}
