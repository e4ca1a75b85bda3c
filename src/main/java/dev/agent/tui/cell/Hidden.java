package dev.agent.tui.cell;

import dev.agent.shell.Analysis;
import java.util.Locale;

/**
 * Brings characters into sight that a person would not see, or would see as others: controls as
 * their symbols ({@code ␛}), all others by number ({@code ⟨U+202E⟩}). Which characters these are is
 * one rule, the one by which commands are judged.
 */
public final class Hidden {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int KEYCAP = 0x20E3;

  private Hidden() {}

  /** For what is decided about, such as a command: each of them is in sight, on one line. */
  public static String exact(String text) {
    return shown(text, false);
  }

  /**
   * For what is read. Left as they are: line ends and tabs, blanks of all kinds, icons of fonts,
   * and what joins or varies characters where writing needs it: in emoji, and in scripts with
   * joined letters.
   */
  public static String prose(String text) {
    return shown(text, true);
  }

  private static String shown(String text, boolean prose) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int length = Character.charCount(c);
      boolean hidden = isHidden(text, i, c, prose);
      if (hidden && out == null) {
        out = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (out != null) {
        append(out, c, hidden);
      }
      i += length;
    }
    return out == null ? text : out.toString();
  }

  private static void append(StringBuilder out, int c, boolean hidden) {
    if (!hidden) {
      out.appendCodePoint(c);
    } else if (c <= 0x7F) {
      out.appendCodePoint(Cells.symbol(c));
    } else {
      out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
    }
  }

  private static boolean isHidden(String text, int at, int c, boolean prose) {
    if (c < 0x7F) {
      return c < ' ' && !(prose && (c == '\n' || c == '\t'));
    }
    return c == 0x7F || Analysis.hides(c) && !(prose && isNeeded(text, at, c));
  }

  private static boolean isNeeded(String text, int at, int c) {
    if (c >= 0xE0000 && c <= 0xE0FFF) {
      return false;
    }
    int before = at == 0 ? ' ' : text.codePointBefore(at);
    if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
      return before >= 0x0590 && !Analysis.hides(before) || isVariation(before);
    }
    if (isVariation(c)) {
      int next = at + 1 < text.length() ? text.codePointAt(at + 1) : ' ';
      return next == KEYCAP || before >= 0xA9 && !Analysis.hides(before);
    }
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
      default -> false;
    };
  }

  private static boolean isVariation(int c) {
    return c >= 0xFE00 && c <= 0xFE0F;
  }
}
