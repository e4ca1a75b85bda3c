package dev.agent.tui.cell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes for a terminal, in one array that is used again and again. For one thread. */
public final class Bytes {
  private byte[] data = new byte[16 * 1024];
  private int length;

  /** Empties it. */
  public void clear() {
    length = 0;
  }

  /** How many bytes it holds. */
  public int length() {
    return length;
  }

  /** Forgets what was added since it had this length. */
  void cut(int newLength) {
    length = newLength;
  }

  /** Forgets the bytes between two places. */
  void remove(int from, int to) {
    System.arraycopy(data, to, data, from, length - to);
    length -= to - from;
  }

  private void room(int more) {
    if (length + more > data.length) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, length + more));
    }
  }

  /** Adds one byte. */
  public Bytes put(int value) {
    room(1);
    data[length++] = (byte) value;
    return this;
  }

  /** Adds characters below U+0080. */
  public Bytes ascii(String text) {
    int count = text.length();
    room(count);
    for (int i = 0; i < count; i++) {
      data[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  /** Adds the letters of cells that hold nothing above U+007F. */
  void letters(long[] cells, int from, int to) {
    room(to - from);
    for (int i = from; i < to; i++) {
      data[length++] = (byte) cells[i];
    }
  }

  /** Adds a number that is not negative, in decimal. */
  public Bytes number(int value) {
    room(10);
    int divisor = 1;
    while (value / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      data[length++] = (byte) ('0' + value / divisor % 10);
    }
    return this;
  }

  /** Adds a code point as UTF-8. */
  public Bytes point(int point) {
    room(4);
    if (point < 0x80) {
      data[length++] = (byte) point;
    } else if (point < 0x800) {
      data[length++] = (byte) (0xC0 | point >> 6);
      data[length++] = (byte) (0x80 | point & 0x3F);
    } else if (point < 0x10000) {
      data[length++] = (byte) (0xE0 | point >> 12);
      data[length++] = (byte) (0x80 | point >> 6 & 0x3F);
      data[length++] = (byte) (0x80 | point & 0x3F);
    } else {
      data[length++] = (byte) (0xF0 | point >> 18);
      data[length++] = (byte) (0x80 | point >> 12 & 0x3F);
      data[length++] = (byte) (0x80 | point >> 6 & 0x3F);
      data[length++] = (byte) (0x80 | point & 0x3F);
    }
    return this;
  }

  /** Adds a text as UTF-8. */
  public Bytes text(String text) {
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      point(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point);
      at += Character.charCount(point);
    }
    return this;
  }

  /** Adds other bytes. */
  public Bytes add(Bytes other) {
    room(other.length);
    System.arraycopy(other.data, 0, data, length, other.length);
    length += other.length;
    return this;
  }

  /** Adds other bytes. */
  public Bytes add(byte[] other) {
    room(other.length);
    System.arraycopy(other, 0, data, length, other.length);
    length += other.length;
    return this;
  }

  /** Hands all of it to a stream in one call. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(data, 0, length);
  }

  /** The array itself, for {@link #length} bytes and until more are added. */
  public byte[] array() {
    return data;
  }

  /** A copy. */
  public byte[] toArray() {
    return Arrays.copyOf(data, length);
  }

  @Override
  public String toString() {
    return new String(data, 0, length, StandardCharsets.UTF_8);
  }
}
