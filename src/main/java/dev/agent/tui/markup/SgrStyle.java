package dev.agent.tui.markup;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What SGR sequences do to a style. Blinking and hiding are left out: nothing shall be there that
 * is not seen.
 */
final class SgrStyle {
  private SgrStyle() {}

  /** A colour, and how many parameters it took. */
  private record Read(Optional<Color> color, int taken) {}

  /**
   * The style after a sequence.
   *
   * @param parameters digits, {@code ;} and {@code :}
   */
  static Style change(Style style, String parameters) {
    Style result = style;
    String[] all = parameters.split(";", -1);
    for (int i = 0; i < all.length; i++) {
      List<Integer> parts = numbers(all[i]);
      int code = parts.getFirst();
      if (code == 38 || code == 48 || code == 58) {
        Read read = parts.size() > 1 ? colons(parts) : semicolons(all, i + 1);
        i += read.taken();
        if (read.color().isPresent()) {
          result = colored(result, code, read.color().get());
        }
      } else {
        result = simple(result, code, parts.size() > 1 ? parts.get(1) : -1);
      }
    }
    return result;
  }

  private static Style simple(Style style, int code, int kind) {
    return switch (code) {
      case 0 -> Style.PLAIN;
      case 1 -> style.plus(Style.BOLD);
      case 2 -> style.plus(Style.DIM);
      case 3 -> style.plus(Style.ITALIC);
      case 4 -> kind == 0 ? without(style, Style.UNDERLINE) : style.plus(Style.UNDERLINE);
      case 7 -> style.plus(Style.INVERSE);
      case 9 -> style.plus(Style.STRIKE);
      case 21 -> style.plus(Style.UNDERLINE);
      case 22 -> without(style, Style.BOLD | Style.DIM);
      case 23 -> without(style, Style.ITALIC);
      case 24 -> without(style, Style.UNDERLINE);
      case 27 -> without(style, Style.INVERSE);
      case 29 -> without(style, Style.STRIKE);
      case 39 -> style.with(Color.DEFAULT);
      case 49 -> style.on(Color.DEFAULT);
      case 59 -> colored(style, 58, Color.DEFAULT);
      default -> named(style, code);
    };
  }

  private static Style named(Style style, int code) {
    if (code >= 30 && code <= 37) {
      return style.with(Color.palette(code - 30));
    }
    if (code >= 40 && code <= 47) {
      return style.on(Color.palette(code - 40));
    }
    if (code >= 90 && code <= 97) {
      return style.with(Color.palette(code - 90 + 8));
    }
    if (code >= 100 && code <= 107) {
      return style.on(Color.palette(code - 100 + 8));
    }
    return style;
  }

  private static Style colored(Style style, int code, Color color) {
    return switch (code) {
      case 38 -> style.with(color);
      case 48 -> style.on(color);
      default -> new Style(style.foreground(), style.background(), color, style.flags());
    };
  }

  private static Style without(Style style, int flags) {
    return new Style(
        style.foreground(), style.background(), style.underline(), style.flags() & ~flags);
  }

  /** {@code 38:5:n}, {@code 38:2:r:g:b} or {@code 38:2:space:r:g:b}. */
  private static Read colons(List<Integer> parts) {
    int kind = parts.get(1);
    if (kind == 5 && parts.size() >= 3) {
      return new Read(palette(parts.get(2)), 0);
    }
    if (kind == 2 && parts.size() >= 5) {
      int first = parts.size() >= 6 ? 3 : 2;
      return new Read(rgb(parts.get(first), parts.get(first + 1), parts.get(first + 2)), 0);
    }
    return new Read(Optional.empty(), 0);
  }

  /** {@code 38;5;n} or {@code 38;2;r;g;b}. */
  private static Read semicolons(String[] all, int at) {
    int kind = number(all, at);
    if (kind == 5) {
      return new Read(palette(number(all, at + 1)), 2);
    }
    if (kind == 2) {
      return new Read(rgb(number(all, at + 1), number(all, at + 2), number(all, at + 3)), 4);
    }
    return new Read(Optional.empty(), 1);
  }

  private static Optional<Color> palette(int index) {
    return index >= 0 && index <= 255 ? Optional.of(Color.palette(index)) : Optional.empty();
  }

  private static Optional<Color> rgb(int red, int green, int blue) {
    if (Math.min(red, Math.min(green, blue)) < 0 || Math.max(red, Math.max(green, blue)) > 255) {
      return Optional.empty();
    }
    return Optional.of(Color.rgb((red << 16) | (green << 8) | blue));
  }

  /** −1 where there is none. */
  private static int number(String[] all, int at) {
    return at < all.length && all[at].indexOf(':') < 0 ? number(all[at]) : -1;
  }

  private static List<Integer> numbers(String parameter) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : parameter.split(":", -1)) {
      numbers.add(number(part));
    }
    return numbers;
  }

  /** Nothing is 0; what no sequence can mean is −1. */
  private static int number(String digits) {
    if (digits.isEmpty()) {
      return 0;
    }
    return digits.length() > 4 ? -1 : Integer.parseInt(digits);
  }
}
