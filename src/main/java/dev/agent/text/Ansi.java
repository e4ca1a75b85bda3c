package dev.agent.text;

/** Terminal control sequences in plain text. */
public final class Ansi {
  private static final char ESC = 27;
  private static final char BEL = 7;

  private Ansi() {}

  /**
   * The text without escape sequences and other control characters; tabs and line ends stay, a
   * carriage return drops what it overwrites.
   */
  public static String strip(String text) {
    if (text.chars().noneMatch(c -> (c < ' ' && c != '\n' && c != '\t') || c == 127)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ESC) {
        i = skipSequence(text, i);
      } else if (c == '\n') {
        out.append(c);
        lineStart = out.length();
      } else if (c == '\r') {
        boolean endOfLine = i + 1 >= text.length() || text.charAt(i + 1) == '\n';
        if (!endOfLine) {
          out.setLength(lineStart);
        }
      } else if (c == '\b') {
        if (out.length() > lineStart) {
          out.setLength(out.length() - 1);
        }
      } else if (c == '\t' || (c >= ' ' && c != 127)) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The text with each control character but tabs and line ends in sight: none is an order. */
  public static String shown(String text) {
    if (text.chars().noneMatch(Ansi::isOrder)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c -> out.append(!isOrder(c) ? (char) c : c < ' ' ? (char) (0x2400 + c) : '\u2421'));
    return out.toString();
  }

  private static boolean isOrder(int c) {
    return c < ' ' && c != '\n' && c != '\t' || c >= 127 && c < 160;
  }

  /** The index of the last character of the sequence that begins at {@code start}. */
  private static int skipSequence(String text, int start) {
    int i = start + 1;
    if (i >= text.length()) {
      return start;
    }
    char kind = text.charAt(i);
    if (kind == '[') {
      for (i++; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c >= '@' && c <= '~') {
          return i;
        }
        if (c < ' ' || c > '?') {
          return i - 1;
        }
      }
      return text.length() - 1;
    }
    if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') {
      for (i++; i < text.length(); i++) {
        if (text.charAt(i) == BEL) {
          return i;
        }
        if (text.charAt(i) == ESC && i + 1 < text.length() && text.charAt(i + 1) == '\\') {
          return i + 1;
        }
        if (text.charAt(i) == '\n') {
          return i - 1; // an unfinished one must not swallow the rest of the output
        }
      }
      return text.length() - 1;
    }
    if (kind == '(' || kind == ')' || kind == '#') {
      return Math.min(i + 1, text.length() - 1);
    }
    return i;
  }
}
