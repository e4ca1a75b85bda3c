package dev.agent.tui.edit;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Where characters as people see them (grapheme clusters, UAX 29) and words begin and end. Pure; no
 * call looks farther than a few hundred characters beyond what it skips.
 */
final class Clusters {
  /** No cluster that people write is longer; those that are get cut. */
  private static final int WINDOW = 256;

  private Clusters() {}

  /** The end of the cluster that begins at a position; the length at the end. */
  static int next(String text, int at) {
    int length = text.length();
    if (at + 1 >= length) {
      return length;
    }
    char first = text.charAt(at);
    char second = text.charAt(at + 1);
    if (isPlain(first) && isPlain(second)) {
      return at + 1;
    }
    // The iterator looks at all that it is given, so it is given little as long as that is enough.
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    int window = 8;
    while (true) {
      int limit = Math.min(length, at + window);
      breaks.setText(text.substring(at, limit));
      int end = at + breaks.following(0);
      if (end < limit - 1 || limit == length || window >= WINDOW) {
        return end;
      }
      window *= 2;
    }
  }

  /** The begin of the cluster that ends at a position; 0 at the begin. */
  static int previous(String text, int at) {
    if (at <= 1) {
      return 0;
    }
    char last = text.charAt(at - 1);
    if (isPlain(last) && isPlain(text.charAt(at - 2))) {
      return at - 1;
    }
    // At a plain character a cluster begins, so the walk may start there.
    int start = at - 1;
    while (start > 0 && at - start < WINDOW && !isPlain(text.charAt(start))) {
      start--;
    }
    if (Character.isLowSurrogate(text.charAt(start)) && start > 0) {
      start--;
    }
    int begin = start;
    for (int end = next(text, begin); end < at; end = next(text, end)) {
      begin = end;
    }
    return begin;
  }

  /** The end of the word at or behind a position: letters, digits and underscores. */
  static int wordEnd(String text, int at) {
    int end = at;
    while (end < text.length() && !isWord(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    while (end < text.length() && isWord(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  /** The begin of the word at or before a position. */
  static int wordStart(String text, int at) {
    int start = at;
    while (start > 0 && !isWord(text.codePointBefore(start))) {
      start -= Character.charCount(text.codePointBefore(start));
    }
    while (start > 0 && isWord(text.codePointBefore(start))) {
      start -= Character.charCount(text.codePointBefore(start));
    }
    return start;
  }

  /** The begin of what stands between blanks at or before a position. */
  static int blankWordStart(String text, int at) {
    int start = at;
    while (start > 0 && Character.isWhitespace(text.codePointBefore(start))) {
      start -= Character.charCount(text.codePointBefore(start));
    }
    while (start > 0 && !Character.isWhitespace(text.codePointBefore(start))) {
      start -= Character.charCount(text.codePointBefore(start));
    }
    return start;
  }

  /** Whether a code point belongs to a word; marks do, since they sit on letters. */
  static boolean isWord(int point) {
    int type = Character.getType(point);
    return Character.isLetterOrDigit(point)
        || point == '_'
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /**
   * Whether a character is a cluster of its own beside others of these: ASCII, letters of Europe,
   * kana, Han and Hangul. Most text consists of them.
   */
  private static boolean isPlain(char c) {
    return c < 0x7F
        ? c >= ' ' || c == '\n' || c == '\t'
        : c >= 0xC0 && c < 0x300
            || c >= 0x370 && c < 0x483
            || c >= 0x3041 && c < 0x3097
            || c >= 0x30A1 && c < 0x3100
            || c >= 0x4E00 && c < 0xA000
            || c >= 0xAC00 && c < 0xD7A4;
  }
}
