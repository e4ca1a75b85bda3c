package dev.agent.tui.edit;

/** Where words begin and end. Pure. */
final class Words {
  private Words() {}

  /** The end of the word at or behind a position: letters, digits and underscores. */
  static int end(String text, int at) {
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
  static int start(String text, int at) {
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
  static int startBehindBlank(String text, int at) {
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
}
