package dev.agent.workspace;

import java.util.Locale;

/** File name patterns of the shell, matched generously: rather a name too many than too few. */
final class ShellPattern {
  private ShellPattern() {}

  /**
   * Whether a name may fit a pattern, both without separators. A class of characters counts as any
   * one character.
   *
   * @param ignoresCase whether the shell may have been told to ignore case, and to know extended
   *     patterns, which count as anything
   */
  static boolean mayMatch(String pattern, String name, boolean ignoresCase) {
    String wanted = ignoresCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
    String have = ignoresCase ? name.toLowerCase(Locale.ROOT) : name;
    if (ignoresCase && hasParenthesis(wanted)) {
      return true;
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int mark = 0;
    while (n < have.length()) {
      int end = p < wanted.length() ? element(wanted, p) : p;
      if (p < wanted.length() && wanted.charAt(p) == '*') {
        star = p++;
        mark = n;
      } else if (p < wanted.length() && fits(wanted, p, have.charAt(n))) {
        p = end;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < wanted.length() && wanted.charAt(p) == '*') {
      p++;
    }
    return p == wanted.length();
  }

  private static boolean hasParenthesis(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
      } else if (pattern.charAt(i) == '(') {
        return true;
      }
    }
    return false;
  }

  /** The index after the element that begins at {@code at}. */
  private static int element(String pattern, int at) {
    char c = pattern.charAt(at);
    if (c == '\\' && at + 1 < pattern.length()) {
      return at + 2;
    }
    if (c == '[') {
      int close = pattern.indexOf(']', at + 2);
      return close < 0 ? at + 1 : close + 1;
    }
    return at + 1;
  }

  private static boolean fits(String pattern, int at, char c) {
    return switch (pattern.charAt(at)) {
      case '?' -> true;
      case '[' -> pattern.indexOf(']', at + 2) >= 0 || c == '[';
      case '\\' -> at + 1 < pattern.length() && pattern.charAt(at + 1) == c;
      default -> pattern.charAt(at) == c;
    };
  }
}
