package dev.agent.tools.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds one text in bytes of UTF-8. It looks at the last byte of each place first, which tells how
 * far to move on (Horspool's way), so most bytes are never looked at. Immutable.
 */
final class Needle {
  private final byte[] lower;
  private final byte[] upper;
  private final int[] steps = new int[256];
  private final int again;

  /**
   * @param text not empty
   * @param ignoreCase whether case does not matter; for ASCII letters only
   */
  Needle(String text, boolean ignoreCase) {
    this.lower = text.getBytes(StandardCharsets.UTF_8);
    this.upper = lower.clone();
    for (int i = 0; ignoreCase && i < lower.length; i++) {
      byte b = lower[i];
      lower[i] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
      upper[i] = b >= 'a' && b <= 'z' ? (byte) (b - 32) : b;
    }
    int last = lower.length - 1;
    Arrays.fill(steps, lower.length);
    for (int i = 0; i < last; i++) {
      steps[lower[i] & 255] = last - i;
      steps[upper[i] & 255] = last - i;
    }
    this.again = Math.min(steps[lower[last] & 255], steps[upper[last] & 255]);
    steps[lower[last] & 255] = 0;
    steps[upper[last] & 255] = 0;
  }

  /** Where it begins, at or after {@code from} and wholly before {@code to}; −1 = nowhere. */
  int indexIn(byte[] in, int from, int to) {
    int[] table = steps;
    int last = lower.length - 1;
    int at = from + last;
    while (at < to) {
      int step = table[in[at] & 255];
      if (step == 0) {
        if (isAt(in, at - last)) {
          return at - last;
        }
        step = again;
      }
      at += step;
    }
    return -1;
  }

  private boolean isAt(byte[] in, int start) {
    for (int i = 0; i < lower.length; i++) {
      byte b = in[start + i];
      if (b != lower[i] && b != upper[i]) {
        return false;
      }
    }
    return true;
  }
}
