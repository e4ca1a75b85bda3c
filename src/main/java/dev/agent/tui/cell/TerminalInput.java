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
 * What the terminal sends, read so that a waiting reader can be called off. A read that still waits
 * when the terminal was given back takes keys that are meant for the shell.
 *
 * <p>Nothing stops a read of standard input itself, so the terminal is opened once more, by its
 * name. Where that is not allowed (after {@code su}, say), standard input it is. One platform
 * thread reads, since a virtual one can't be called off; any thread closes.
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

  /** Waits for bytes; -1 once it was closed. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    FileChannel open;
    synchronized (state) {
      if (isEnded) {
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
      return -1;
    }
  }

  private @Nullable FileChannel open() {
    for (int i = 0; channel == null && !isPlain && i < devices.size(); i++) {
      try {
        channel = FileChannel.open(devices.get(i), StandardOpenOption.READ);
      } catch (IOException e) {
        channel = null; // the next name, or standard input
      }
    }
    isPlain = channel == null;
    return channel;
  }

  /** Ends reading for good. Standard input stays open: the terminal is still set through it. */
  @Override
  public void close() {
    FileChannel open;
    synchronized (state) {
      isEnded = true;
      open = channel;
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
