package dev.agent.session;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file of parts, one behind the other, that are read back in any order for as long as it is open.
 * Thread-safe.
 */
public final class PartsFile implements AutoCloseable {
  private final OutputFile out;
  private final FileChannel in;

  /** A part, by the place of its first byte. */
  public record Part(long at, int length) {}

  private PartsFile(OutputFile out, FileChannel in) {
    this.out = out;
    this.in = in;
  }

  /**
   * A new file.
   *
   * @throws IOException when it can't be made
   */
  public static PartsFile create(SpillFiles files, String name) throws IOException {
    OutputFile out = files.open(name);
    return new PartsFile(out, FileChannel.open(out.path(), StandardOpenOption.READ));
  }

  /** Adds a part; empty when the file does not take the whole of it, and then it takes no other. */
  public synchronized Optional<Part> add(byte[] bytes) {
    long at = out.size();
    out.append(bytes);
    return out.dropped() > 0 ? Optional.empty() : Optional.of(new Part(at, bytes.length));
  }

  /**
   * Reads a part back.
   *
   * @throws IOException when the file is closed, or not what it was
   */
  public byte[] read(Part part) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(part.length());
    while (bytes.hasRemaining()) {
      if (in.read(bytes, part.at() + bytes.position()) < 0) {
        throw new EOFException(out.path() + " is shorter than it was");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    out.close();
    in.close();
  }
}
