package dev.agent.tui.input;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at the end and are read as UTF-8. Memory that a large run took is given back. */
final class ByteRun {
  private static final int SMALL = 4096;

  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  byte at(int index) {
    return bytes[index];
  }

  void add(byte value) {
    room(1);
    bytes[size++] = value;
  }

  void add(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  void clear() {
    size = 0;
    if (bytes.length > SMALL) {
      bytes = new byte[256];
    }
  }

  /** The first bytes as text, invalid ones as U+FFFD; they are taken out. */
  String take(int count) {
    String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
    if (count == size) {
      clear();
    } else {
      System.arraycopy(bytes, count, bytes, 0, size - count);
      size -= count;
    }
    return text;
  }

  /** How many bytes stand before a character at the end that more bytes could complete. */
  int complete() {
    for (int back = 1; back <= Math.min(3, size); back++) {
      int value = bytes[size - back] & 0xFF;
      if (value < 0x80) {
        return size;
      }
      if (value >= 0xC0) {
        int needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
        return needed > back && value < 0xF8 ? size - back : size;
      }
    }
    return size;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
