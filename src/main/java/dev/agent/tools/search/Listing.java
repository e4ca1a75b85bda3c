package dev.agent.tools.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The entries of one directory, by number from 0, without itself and its parent. Owned by one
 * thread; gives nothing any more once it is closed.
 */
interface Listing extends Closeable {
  /** What an entry is; links are not followed. */
  enum Kind {
    FILE,
    DIRECTORY,
    /** A link, device, pipe or socket, or gone meanwhile. */
    OTHER
  }

  /** Opens the listings of directories. Owned by one thread, but for its making. */
  interface Source extends AutoCloseable {
    /**
     * All entries of a directory.
     *
     * @throws IOException when it can't be read
     */
    Listing list(Path directory) throws IOException;

    @Override
    void close();
  }

  /** The bytes of one file, from its beginning. One at a time may be open per listing. */
  interface Content extends Closeable {
    /** As {@link java.io.InputStream#read(byte[], int, int)}: −1 at the end. */
    int read(byte[] into, int offset, int length) throws IOException;

    /** Bytes, as the system has them now. */
    long size() throws IOException;

    @Override
    void close() throws IOException;
  }

  int count();

  /** The entry's name as {@link Path} would spell it. */
  String name(int index);

  Kind kind(int index);

  Path path(int index);

  /** Milliseconds since 1970. */
  long modified(int index) throws IOException;

  Content open(int index) throws IOException;

  @Override
  void close();
}
