package dev.agent.tui.theme;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a terminal writes on dark or on light ground. */
public enum Background {
  DARK,
  LIGHT;

  private static final Pattern RGB =
      Pattern.compile("rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?");
  private static final Pattern HEX = Pattern.compile("#((?:[0-9a-f]{3}){1,4})");

  /**
   * What is known, the surest first: the terminal's own answer, what its variable says, dark.
   *
   * @param answer the colour of an OSC 11 reply, such as {@code rgb:ffff/ffff/ffff}; empty = none
   * @param colorFgBg the variable {@code COLORFGBG}; empty = not set
   */
  public static Background of(String answer, String colorFgBg) {
    return ofAnswer(answer).or(() -> ofVariable(colorFgBg)).orElse(DARK);
  }

  /** From the colour of an OSC 11 reply; empty when it is none. */
  public static Optional<Background> ofAnswer(String answer) {
    String colour = answer.strip().toLowerCase(Locale.ROOT);
    Matcher rgb = RGB.matcher(colour);
    if (rgb.matches()) {
      return Optional.of(of(share(rgb.group(1)), share(rgb.group(2)), share(rgb.group(3))));
    }
    Matcher hex = HEX.matcher(colour);
    if (hex.matches()) {
      String digits = hex.group(1);
      int each = digits.length() / 3;
      return Optional.of(
          of(
              share(digits.substring(0, each)),
              share(digits.substring(each, 2 * each)),
              share(digits.substring(2 * each))));
    }
    return Optional.empty();
  }

  /**
   * From {@code COLORFGBG}: {@code 15;0} or {@code 15;default;0}, the last number is the background
   * in the palette; empty when it says nothing.
   */
  public static Optional<Background> ofVariable(String colorFgBg) {
    String last = colorFgBg.substring(colorFgBg.lastIndexOf(';') + 1).strip();
    if (!last.matches("[0-9]{1,2}") || Integer.parseInt(last) > 15) {
      return Optional.empty();
    }
    int index = Integer.parseInt(last);
    return Optional.of(index == 7 || index > 8 ? LIGHT : DARK);
  }

  private static double share(String hex) {
    return Integer.parseInt(hex, 16) / (double) ((1 << (4 * hex.length())) - 1);
  }

  private static Background of(double red, double green, double blue) {
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 ? LIGHT : DARK;
  }
}
