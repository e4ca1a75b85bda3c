package dev.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that takes the whole output of a command, up to a limit, and leaves room on the disk for
 * others. Never throws after it was opened: what can't be kept is dropped, and {@link #fault} says
 * why. Thread-safe.
 */
public final class OutputFile implements AutoCloseable {
  /** Most bytes of one file, unless said otherwise. */
  public static final long DEFAULT_MAX_BYTES = 64L * 1024 * 1024;

  /** Bytes that stay free on the disk. */
  public static final long DEFAULT_MIN_FREE = 256L * 1024 * 1024;

  private static final long CHECK_EVERY = 1024 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final long maxBytes;
  private final long minFree;
  private long written;
  private long nextCheck;
  private long dropped;
  private String fault = "";

  private OutputFile(Path path, FileChannel channel, long maxBytes, long minFree) {
    this.path = path;
    this.channel = channel;
    this.maxBytes = maxBytes;
    this.minFree = minFree;
  }

  /**
   * Makes a new file (0600) in a directory that exists.
   *
   * @throws IOException when it exists or can't be made
   */
  public static OutputFile create(Path path, long maxBytes, long minFree) throws IOException {
    FileChannel channel =
        PrivateFiles.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
    return new OutputFile(path, channel, maxBytes, minFree);
  }

  /** Adds bytes, as far as there is room. */
  public void append(byte[] bytes) {
    append(bytes, 0, bytes.length);
  }

  /** Adds a part of an array, as far as there is room. */
  public synchronized void append(byte[] bytes, int offset, int length) {
    if (!fault.isEmpty() || !channel.isOpen()) {
      dropped += length;
      return;
    }
    int count = (int) Math.min(length, maxBytes - written);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    try {
      if (written + count >= nextCheck) {
        if (Files.getFileStore(path).getUsableSpace() < minFree + count) {
          stop("the disk is nearly full", length);
          return;
        }
        nextCheck = written + count + CHECK_EVERY;
      }
      while (buffer.hasRemaining()) {
        written += channel.write(buffer);
      }
    } catch (IOException e) {
      stop(
          e.getMessage() == null ? e.toString() : e.getMessage(),
          length - (count - buffer.remaining()));
      return;
    }
    if (count < length) {
      stop("the limit of " + maxBytes + " bytes is reached", length - count);
    }
  }

  private void stop(String why, long lost) {
    fault = why;
    dropped += lost;
  }

  /** Where the bytes are. */
  public Path path() {
    return path;
  }

  /** Bytes in the file. */
  public synchronized long size() {
    return written;
  }

  /** Bytes that were not kept. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Why bytes were not kept; empty while all were. */
  public synchronized String fault() {
    return fault;
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      if (fault.isEmpty()) {
        fault = String.valueOf(e.getMessage());
      }
    }
  }
}
