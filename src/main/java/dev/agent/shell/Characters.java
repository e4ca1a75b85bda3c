package dev.agent.shell;

/** The classes of characters that the grammar of bash knows. */
final class Characters {
  private Characters() {}

  static boolean isNameStart(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isNamePart(int c) {
    return isNameStart(c) || isDigit(c);
  }

  static boolean isName(CharSequence text) {
    if (text.isEmpty() || !isNameStart(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!isNamePart(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isNumber(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether an unquoted word ends in front of it. */
  static boolean endsWord(int c) {
    return switch (c) {
      case Cursor.END, ' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>' -> true;
      default -> false;
    };
  }

  /** Whether it stands for nothing but itself inside an unquoted word, wherever it stands. */
  static boolean isOrdinary(char c) {
    return switch (c) {
      case ' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>', '\\', '\'', '"', '$', '`', '~' ->
          false;
      default -> true;
    };
  }

  /**
   * Whether a person would not see it, or see something else: control characters but tab and line
   * end, direction marks, characters that programs ignore by default, tags, blanks other than the
   * plain one, and what has no agreed look at all.
   */
  static boolean hides(int c) {
    if (c < 0x7F) {
      return c < ' ' && c != '\n' && c != '\t';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default ->
          switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                c >= 0x180B && c <= 0x180F
                    || c >= 0xFE00 && c <= 0xFE0F
                    || c >= 0xE0000 && c <= 0xE0FFF;
          };
    };
  }

  static boolean anyHides(String text) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (hides(c)) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }
}
