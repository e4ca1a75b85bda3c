package dev.agent.tui.cell;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;

/** Lanterna's characters and colours as ours, and back. */
final class LanternaStyles {
  private LanternaStyles() {}

  static Style style(TextCharacter character) {
    return new Style(
        color(character.getForegroundColor()),
        color(character.getBackgroundColor()),
        Color.DEFAULT,
        flags(character.getModifiers()));
  }

  /** What has no counterpart here (blinking, frames) is left out. */
  static int flags(Collection<SGR> modifiers) {
    int flags = 0;
    for (SGR modifier : modifiers) {
      flags |= flag(modifier);
    }
    return flags;
  }

  static int flag(SGR modifier) {
    return switch (modifier) {
      case BOLD -> Style.BOLD;
      case ITALIC -> Style.ITALIC;
      case UNDERLINE -> Style.UNDERLINE;
      case REVERSE -> Style.INVERSE;
      case CROSSED_OUT -> Style.STRIKE;
      case BLINK, BORDERED, FRAKTUR, CIRCLED -> 0;
    };
  }

  /** A colour by the parameters that it would be sent with, which every implementation has. */
  static Color color(TextColor color) {
    String[] codes =
        new String(color.getForegroundSGRSequence(), StandardCharsets.US_ASCII).split(";");
    int first = Integer.parseInt(codes[0]);
    if (first == 38 && codes[1].equals("5")) {
      return Color.palette(Integer.parseInt(codes[2]));
    }
    if (first == 38) {
      return Color.rgb(
          Integer.parseInt(codes[2]) << 16
              | Integer.parseInt(codes[3]) << 8
              | Integer.parseInt(codes[4]));
    }
    if (first >= 30 && first < 38) {
      return Color.palette(first - 30);
    }
    return first >= 90 && first < 98 ? Color.palette(first - 82) : Color.DEFAULT;
  }

  static TextColor color(Color color) {
    int value = color.value();
    if (color.isRgb()) {
      return new TextColor.RGB(value >> 16, value >> 8 & 0xFF, value & 0xFF);
    }
    if (!color.isPalette()) {
      return TextColor.ANSI.DEFAULT;
    }
    return value < 16 ? named(value) : new TextColor.Indexed(value);
  }

  private static TextColor named(int index) {
    for (TextColor.ANSI named : TextColor.ANSI.values()) {
      if (color(named).equals(Color.palette(index))) {
        return named;
      }
    }
    throw new IllegalArgumentException("no named colour: " + index);
  }

  /** A character; that of a right half of a wide one is a blank. */
  static TextCharacter character(String text, Style style) {
    EnumSet<SGR> modifiers = EnumSet.noneOf(SGR.class);
    for (SGR modifier : SGR.values()) {
      if (flag(modifier) != 0 && style.has(flag(modifier))) {
        modifiers.add(modifier);
      }
    }
    TextColor foreground = color(style.foreground());
    TextColor background = color(style.background());
    TextCharacter[] characters =
        TextCharacter.fromString(text.isEmpty() ? " " : text, foreground, background, modifiers);
    return characters[0];
  }
}
