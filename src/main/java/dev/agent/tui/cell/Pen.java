package dev.agent.tui.cell;

import java.util.Arrays;

/**
 * The style in which a terminal writes now, and the fewest bytes that change it (SGR). Colours are
 * mapped once per style. For one thread.
 */
final class Pen {
  private final boolean underlineColors;
  private final ColorMap colors;
  private int generation = -1;

  /** Foreground, background, underline colour and flags of each style; flags of -1: not mapped. */
  private int[] mapped = {};

  private int style;
  private int foreground;
  private int background;
  private int underline;
  private int flags;

  Pen(Capabilities capabilities) {
    this.underlineColors = capabilities.underlineColors();
    this.colors = new ColorMap(capabilities.depth());
  }

  /** The terminal writes in its own style now, whatever it was. */
  void reset(Bytes out) {
    out.ascii("\33[m");
    isPlain();
  }

  /** Notes that the terminal writes in its own style. */
  void isPlain() {
    style = 0;
    foreground = 0;
    background = 0;
    underline = 0;
    flags = 0;
  }

  /** Whether a blank that is written or erased now looks like the terminal's own. */
  boolean blanksPlainly() {
    return background == 0 && (flags & (Style.UNDERLINE | Style.INVERSE | Style.STRIKE)) == 0;
  }

  /** Writes in the style of a number from now on. */
  void use(int id, Pools pools, Bytes out) {
    if (pools.generation() != generation) {
      generation = pools.generation();
      Arrays.fill(mapped, -1);
      style = -1;
    }
    if (id == style) {
      return;
    }
    int at = (id >> 1) * 4;
    if (at + 3 >= mapped.length || mapped[at + 3] < 0) {
      map(id, at, pools);
    }
    change(mapped[at], mapped[at + 1], mapped[at + 2], mapped[at + 3], out);
    style = id;
  }

  private void map(int id, int at, Pools pools) {
    if (at + 3 >= mapped.length) {
      int old = mapped.length;
      mapped = Arrays.copyOf(mapped, Math.max(2 * (at + 4), 256));
      Arrays.fill(mapped, old, mapped.length, -1);
    }
    Style meant = pools.styleOf(id);
    mapped[at] = colors.map(meant.foreground());
    mapped[at + 1] = colors.map(meant.background());
    mapped[at + 2] =
        underlineColors && meant.has(Style.UNDERLINE) ? colors.map(meant.underline()) : 0;
    mapped[at + 3] = meant.flags();
  }

  private void change(
      int newForeground, int newBackground, int newUnderline, int newFlags, Bytes out) {
    boolean same =
        newForeground == foreground
            && newBackground == background
            && newUnderline == underline
            && newFlags == flags;
    if (!same) {
      int start = out.length();
      out.ascii("\33[");
      int first = out.length();
      switchOff(flags & ~newFlags, out);
      int lost = flags & ~newFlags;
      // One code ends both bold and dim.
      boolean weight = (lost & (Style.BOLD | Style.DIM)) != 0;
      switchOn(newFlags & ~(weight ? flags & ~(Style.BOLD | Style.DIM) : flags), out);
      color(newForeground, foreground, 30, out);
      color(newBackground, background, 40, out);
      underlineColor(newUnderline, underline, out);
      end(first, out);
      int middle = out.length();
      out.ascii("\33[");
      first = out.length();
      if (newForeground != 0 || newBackground != 0 || newUnderline != 0 || newFlags != 0) {
        out.ascii("0;");
      }
      switchOn(newFlags, out);
      color(newForeground, 0, 30, out);
      color(newBackground, 0, 40, out);
      underlineColor(newUnderline, 0, out);
      end(first, out);
      if (out.length() - middle < middle - start) {
        out.remove(start, middle);
      } else {
        out.cut(middle);
      }
    }
    foreground = newForeground;
    background = newBackground;
    underline = newUnderline;
    flags = newFlags;
  }

  private static void end(int first, Bytes out) {
    if (out.length() > first) {
      out.cut(out.length() - 1);
    }
    out.put('m');
  }

  private static void switchOff(int lost, Bytes out) {
    if ((lost & (Style.BOLD | Style.DIM)) != 0) {
      out.ascii("22;");
    }
    if ((lost & Style.ITALIC) != 0) {
      out.ascii("23;");
    }
    if ((lost & Style.UNDERLINE) != 0) {
      out.ascii("24;");
    }
    if ((lost & Style.INVERSE) != 0) {
      out.ascii("27;");
    }
    if ((lost & Style.STRIKE) != 0) {
      out.ascii("29;");
    }
  }

  private static void switchOn(int gained, Bytes out) {
    if ((gained & Style.BOLD) != 0) {
      out.ascii("1;");
    }
    if ((gained & Style.DIM) != 0) {
      out.ascii("2;");
    }
    if ((gained & Style.ITALIC) != 0) {
      out.ascii("3;");
    }
    if ((gained & Style.UNDERLINE) != 0) {
      out.ascii("4;");
    }
    if ((gained & Style.INVERSE) != 0) {
      out.ascii("7;");
    }
    if ((gained & Style.STRIKE) != 0) {
      out.ascii("9;");
    }
  }

  /** One colour, if it changes: 30 and 40 are the bases of foreground and background. */
  private static void color(int wanted, int present, int base, Bytes out) {
    if (wanted == present) {
      return;
    }
    int value = wanted & 0xFFFFFF;
    switch (wanted >>> 24) {
      case 0 -> out.number(base + 9).put(';');
      case 1 -> {
        if (value < 16) {
          out.number(value < 8 ? base + value : base + 52 + value).put(';');
        } else {
          out.number(base + 8).ascii(";5;").number(value).put(';');
        }
      }
      default -> {
        out.number(base + 8).ascii(";2;").number(value >> 16).put(';');
        out.number(value >> 8 & 0xFF).put(';').number(value & 0xFF).put(';');
      }
    }
  }

  private static void underlineColor(int wanted, int present, Bytes out) {
    if (wanted == present) {
      return;
    }
    int value = wanted & 0xFFFFFF;
    switch (wanted >>> 24) {
      case 0 -> out.ascii("59;");
      case 1 -> out.ascii("58:5:").number(value).put(';');
      default -> {
        out.ascii("58:2::").number(value >> 16).put(':');
        out.number(value >> 8 & 0xFF).put(':').number(value & 0xFF).put(';');
      }
    }
  }
}
