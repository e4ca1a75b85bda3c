package dev.agent.tools.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of one file after another as UTF-8, in one buffer. Owned by one thread.
 *
 * <p>Whether a file is binary is asked late: most files are out of question before that.
 */
final class FileBytes {
  /** Larger files are data, not sources. */
  static final long MAX_FILE = 256L * 1024 * 1024;

  private static final int FIRST_LOOK = 8 * 1024;

  /** A buffer that grew beyond this is not kept for the next file. */
  private static final int KEPT = 1024 * 1024;

  private byte[] buffer = new byte[64 * 1024];
  private int length;
  private boolean knownText;

  /** Reads the file; false when it is too large, or binary already at its beginning. */
  boolean load(WalkedFile file) throws IOException {
    length = 0;
    knownText = false;
    if (buffer.length > KEPT) {
      buffer = new byte[64 * 1024];
    }
    try (Listing.Content content = file.open()) {
      int read = content.read(buffer, 0, FIRST_LOOK);
      while (read > 0) {
        boolean isFirst = length == 0;
        length += read;
        if (isFirst && read == FIRST_LOOK && !isUtf16() && hasNul(0, length)) {
          return false;
        }
        if (length == buffer.length) {
          long size = content.size();
          if (Math.max(size, length) > MAX_FILE) {
            return false;
          }
          // One more than its size, so that the end is seen without growing once more.
          buffer = Arrays.copyOf(buffer, (int) Math.max(size + 1, length * 2L));
        }
        read = content.read(buffer, length, buffer.length - length);
      }
    }
    if (isUtf16()) {
      // The mark at the beginning names the byte order and is dropped by this very decoder.
      String text = new String(buffer, 0, length, StandardCharsets.UTF_16);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      length = bytes.length;
      if (length > buffer.length) {
        buffer = bytes;
      } else {
        System.arraycopy(bytes, 0, buffer, 0, length);
      }
      knownText = true;
    } else if (length >= 3
        && (buffer[0] & 255) == 0xEF
        && (buffer[1] & 255) == 0xBB
        && (buffer[2] & 255) == 0xBF) {
      length -= 3; // the mark of UTF-8 is no text
      System.arraycopy(buffer, 3, buffer, 0, length);
    }
    return true;
  }

  /** Only what stands before {@link #length} counts. */
  byte[] bytes() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Whether no byte is NUL. */
  boolean isText() {
    return knownText || !hasNul(0, length);
  }

  /** All of it as characters. */
  String text() {
    return new String(buffer, 0, length, StandardCharsets.UTF_8);
  }

  private boolean isUtf16() {
    return length >= 2
        && ((buffer[0] & 255) == 0xFF && (buffer[1] & 255) == 0xFE
            || (buffer[0] & 255) == 0xFE && (buffer[1] & 255) == 0xFF);
  }

  private boolean hasNul(int from, int to) {
    byte[] in = buffer;
    for (int i = from; i < to; i++) {
      if (in[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
