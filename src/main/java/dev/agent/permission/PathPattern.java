package dev.agent.permission;

import java.util.ArrayList;
import java.util.List;

/**
 * Gitignore-like patterns over path segments: {@code *} and {@code ?} within one, {@code **}
 * across. Pure.
 */
final class PathPattern {
  private PathPattern() {}

  /**
   * @param below whether everything below a path that fits counts as well
   */
  static boolean matches(String pattern, String path, boolean below) {
    List<String> wanted =
        new ArrayList<>(
            List.of(
                (pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern)
                    .split("/")));
    List<String> have = List.of(path.split("/"));
    return matches(wanted, 0, have, 0, below);
  }

  private static boolean matches(
      List<String> wanted, int w, List<String> have, int h, boolean below) {
    if (w == wanted.size()) {
      return h == have.size() || below;
    }
    if (wanted.get(w).equals("**")) {
      if (w + 1 == wanted.size()) {
        return h < have.size();
      }
      for (int i = h; i <= have.size(); i++) {
        if (matches(wanted, w + 1, have, i, below)) {
          return true;
        }
      }
      return false;
    }
    return h < have.size()
        && segment(wanted.get(w), 0, have.get(h), 0)
        && matches(wanted, w + 1, have, h + 1, below);
  }

  private static boolean segment(String pattern, int p, String text, int t) {
    if (p == pattern.length()) {
      return t == text.length();
    }
    char c = pattern.charAt(p);
    if (c == '*') {
      for (int i = t; i <= text.length(); i++) {
        if (segment(pattern, p + 1, text, i)) {
          return true;
        }
      }
      return false;
    }
    return t < text.length()
        && (c == '?' || c == text.charAt(t))
        && segment(pattern, p + 1, text, t + 1);
  }
}
