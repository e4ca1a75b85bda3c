package dev.agent.tui.view;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the values that a {@link PageWriter} has written. Bytes that are none of a page end in an
 * {@link IndexOutOfBoundsException} or {@link IllegalArgumentException}.
 */
final class PageReader {
  private final byte[] bytes;
  private int at;

  PageReader(byte[] bytes) {
    this.bytes = bytes;
  }

  private int take(int count) {
    if (count < 0 || count > bytes.length - at) {
      throw new IndexOutOfBoundsException("the page ends at " + bytes.length);
    }
    int from = at;
    at += count;
    return from;
  }

  int number() {
    int from = take(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (bytes[from + i] & 0xFF) << 8 * i;
    }
    return value;
  }

  long large() {
    long low = number() & 0xFFFF_FFFFL;
    return low | (long) number() << 32;
  }

  boolean flag() {
    return bytes[take(1)] != 0;
  }

  <E> E choice(E[] values) {
    return values[number()];
  }

  String text() {
    int head = number();
    int length = head >>> 1;
    if ((head & 1) == 0) {
      return new String(bytes, take(length), length, StandardCharsets.ISO_8859_1);
    }
    int from = take(Math.multiplyExact(length, 2));
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) (bytes[from + 2 * i] & 0xFF | (bytes[from + 2 * i + 1] & 0xFF) << 8);
    }
    return new String(chars);
  }

  Instant instant() {
    return Instant.ofEpochSecond(large(), number());
  }

  Duration duration() {
    return Duration.ofSeconds(large(), number());
  }

  <T> List<T> list(Function<PageReader, T> each) {
    int count = number();
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(each.apply(this));
    }
    return items;
  }

  List<String> texts() {
    return list(PageReader::text);
  }
}
