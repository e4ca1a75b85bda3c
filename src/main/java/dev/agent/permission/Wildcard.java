package dev.agent.permission;

/** Patterns of {@code *} over flat text. Pure; never more than the product of both lengths. */
final class Wildcard {
  private Wildcard() {}

  /**
   * Whether the whole text fits.
   *
   * @param single whether {@code ?} stands for one character
   */
  static boolean matches(String pattern, String text, boolean single) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == text.charAt(t) || single && pattern.charAt(p) == '?')) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
