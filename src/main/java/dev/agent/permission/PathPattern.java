package dev.agent.permission;

import java.util.List;

/**
 * Gitignore-like patterns over path segments: {@code *} and {@code ?} within one, {@code **}
 * across. Pure; linear in the product of the lengths, whatever the pattern.
 */
final class PathPattern {
  private PathPattern() {}

  /**
   * @param below whether everything below a path that fits counts as well
   */
  static boolean matches(String pattern, String path, boolean below) {
    List<String> wanted =
        List.of(
            (pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern)
                .split("/"));
    List<String> have = List.of(path.split("/"));
    // reached[h]: the pattern so far fits the first h segments
    boolean[] reached = new boolean[have.size() + 1];
    reached[0] = true;
    for (int w = 0; w < wanted.size(); w++) {
      boolean[] next = new boolean[have.size() + 1];
      String segment = wanted.get(w);
      if (segment.equals("**")) {
        boolean last = w == wanted.size() - 1;
        boolean any = false;
        for (int h = 0; h <= have.size(); h++) {
          next[h] = last ? any : any || reached[h];
          any |= reached[h];
        }
      } else {
        for (int h = 0; h < have.size(); h++) {
          next[h + 1] = reached[h] && Wildcard.matches(segment, have.get(h), true);
        }
      }
      reached = next;
    }
    if (!below) {
      return reached[have.size()];
    }
    for (boolean fits : reached) {
      if (fits) {
        return true;
      }
    }
    return false;
  }
}
