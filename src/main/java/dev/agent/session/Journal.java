package dev.agent.session;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a journal file: reading them line by line, and cutting a torn end. */
final class Journal {

  /** Takes one line at a time. */
  @FunctionalInterface
  interface Reader {
    /**
     * Takes a line.
     *
     * @param number counts from 1
     * @param bytes without the line break
     * @param whole false for a last line without a line break
     */
    void line(int number, byte[] bytes, boolean whole);
  }

  private Journal() {}

  /** Reads the first {@code limit} bytes; memory is bounded by the longest line. */
  static void read(Path file, long limit, Reader reader) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
      int number = 1;
      long left = limit;
      byte[] chunk = new byte[64 * 1024];
      int count;
      while (left > 0 && (count = in.read(chunk, 0, (int) Math.min(chunk.length, left))) > 0) {
        left -= count;
        int start = 0;
        for (int i = 0; i < count; i++) {
          if (chunk[i] == '\n') {
            line.write(chunk, start, i - start);
            reader.line(number++, line.toByteArray(), true);
            line.reset();
            start = i + 1;
          }
        }
        line.write(chunk, start, count - start);
      }
      if (line.size() > 0) {
        reader.line(number, line.toByteArray(), false);
      }
    }
  }

  /**
   * Makes the file end with a line break, so that the next record stands alone: a last line that is
   * whole but for its line break gets one, a torn one is moved to the end of {@code <file>.torn}.
   *
   * @return how many bytes were moved
   */
  static long mend(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      long size = out.length();
      long start = lastLineStart(out, size);
      if (start == size) {
        return 0;
      }
      byte[] last = new byte[(int) Math.min(size - start, Integer.MAX_VALUE - 16)];
      out.seek(start);
      out.readFully(last);
      if (isLine(last)) {
        out.seek(size);
        out.write('\n');
        return 0;
      }
      Path torn = file.resolveSibling(file.getFileName() + ".torn");
      try (FileChannel keep =
          PrivateFiles.open(
              torn,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        ByteBuffer bytes = ByteBuffer.wrap(last);
        while (bytes.hasRemaining()) {
          keep.write(bytes);
        }
        keep.write(ByteBuffer.wrap(new byte[] {'\n'}));
        keep.force(false);
      }
      out.setLength(start);
      return size - start;
    }
  }

  private static boolean isLine(byte[] bytes) {
    try {
      LineCodec.decode(bytes);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static long lastLineStart(RandomAccessFile file, long size) throws IOException {
    byte[] chunk = new byte[64 * 1024];
    long end = size;
    while (end > 0) {
      int count = (int) Math.min(chunk.length, end);
      file.seek(end - count);
      file.readFully(chunk, 0, count);
      for (int i = count - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          return end - count + i + 1;
        }
      }
      end -= count;
    }
    return 0;
  }
}
