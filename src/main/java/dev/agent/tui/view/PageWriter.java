package dev.agent.tui.view;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes bytes of values for {@link PageReader}; every text comes back char by char as it was. */
final class PageWriter {
  private byte[] bytes = new byte[8 * 1024];
  private int size;

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  private int room(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, bytes.length * 2));
    }
    int at = size;
    size += count;
    return at;
  }

  void number(int value) {
    int at = room(4);
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
  }

  void large(long value) {
    number((int) value);
    number((int) (value >>> 32));
  }

  void flag(boolean value) {
    int at = room(1); // which may be in another array
    bytes[at] = (byte) (value ? 1 : 0);
  }

  @SuppressWarnings("EnumOrdinal") // a page is read by the process that wrote it
  void choice(Enum<?> value) {
    number(value.ordinal());
  }

  /** A byte a char where that is enough, else two. */
  void text(String text) {
    boolean narrow = isNarrow(text);
    number(text.length() << 1 | (narrow ? 0 : 1));
    if (narrow) {
      byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
      int at = room(latin.length);
      System.arraycopy(latin, 0, bytes, at, latin.length);
    } else {
      int at = room(2 * text.length());
      for (int i = 0; i < text.length(); i++) {
        bytes[at + 2 * i] = (byte) text.charAt(i);
        bytes[at + 2 * i + 1] = (byte) (text.charAt(i) >>> 8);
      }
    }
  }

  private static boolean isNarrow(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  void time(Instant time) {
    large(time.getEpochSecond());
    number(time.getNano());
  }

  void time(Duration time) {
    large(time.getSeconds());
    number(time.getNano());
  }

  <T> void list(List<T> items, BiConsumer<PageWriter, T> each) {
    number(items.size());
    items.forEach(item -> each.accept(this, item));
  }

  void texts(List<String> texts) {
    list(texts, PageWriter::text);
  }
}
