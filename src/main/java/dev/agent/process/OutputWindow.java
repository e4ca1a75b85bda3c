package dev.agent.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The beginning and the end of an output of any length, in memory that is bounded and no larger
 * than the output needs: most commands print little, whatever they may print. Thread-safe.
 */
final class OutputWindow {
  private static final int FIRST_BYTES = 8 * 1024;

  private final int headCapacity;
  private final int tailCapacity;
  private byte[] head;
  private byte[] tail = new byte[0];
  private int headLength;
  private long total;

  OutputWindow(int capacity) {
    headCapacity = capacity / 2;
    tailCapacity = capacity - headCapacity;
    head = new byte[Math.min(headCapacity, FIRST_BYTES)];
  }

  synchronized void append(byte[] bytes, int offset, int length) {
    int toHead = Math.min(length, headCapacity - headLength);
    if (headLength + toHead > head.length) {
      head =
          Arrays.copyOf(
              head, Math.min(headCapacity, Math.max(head.length * 2, headLength + toHead)));
    }
    System.arraycopy(bytes, offset, head, headLength, toHead);
    headLength += toHead;
    int from = offset + toHead;
    int left = length - toHead;
    if (left > 0 && tail.length == 0) {
      tail = new byte[tailCapacity];
    }
    if (left > tail.length) {
      total += left - tail.length;
      from += left - tail.length;
      left = tail.length;
    }
    for (int i = 0; i < left; i++) {
      tail[(int) ((total + i) % tail.length)] = bytes[from + i];
    }
    total += left;
  }

  /** All bytes that ever came. */
  synchronized long length() {
    return headLength + total;
  }

  /**
   * The text; what was left out in the middle is said in its place. Bytes that are no UTF-8 become
   * U+FFFD.
   */
  synchronized String text() {
    if (total <= tail.length) {
      byte[] all = new byte[headLength + (int) total];
      System.arraycopy(head, 0, all, 0, headLength);
      System.arraycopy(tail, 0, all, headLength, (int) total);
      return new String(all, StandardCharsets.UTF_8);
    }
    byte[] end = new byte[tail.length];
    for (int i = 0; i < end.length; i++) {
      end[i] = tail[(int) ((total + i) % tail.length)];
    }
    return new String(head, 0, headLength, StandardCharsets.UTF_8)
        + "\n[… "
        + (total - tail.length)
        + " bytes left out …]\n"
        + new String(end, StandardCharsets.UTF_8);
  }
}
