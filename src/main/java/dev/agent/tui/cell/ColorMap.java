package dev.agent.tui.cell;

/**
 * The nearest colour that a terminal of less depth has. Distance is that of CIELAB (1976), where
 * equal distances look equal. Colours are the {@link Color#bits} of the vocabulary.
 */
final class ColorMap {
  /** Xterm's own values of the 16 named colours; what a person has set there, nobody can know. */
  private static final int[] NAMED = {
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF
  };

  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

  private final ColorDepth depth;

  /** L, a and b of each colour of the palette; made when the first colour has to be mapped. */
  private double[] palette = {};

  ColorMap(ColorDepth depth) {
    this.depth = depth;
  }

  /** What to send for a colour, in the same form; 0 is the terminal's own. */
  int map(Color color) {
    return switch (depth) {
      case NONE -> 0;
      case RGB -> color.bits();
      case PALETTE ->
          color.isRgb() ? Color.palette(nearest(color.value(), 16, 256)).bits() : color.bits();
      case ANSI16 ->
          color.isDefault() || (color.isPalette() && color.value() < 16)
              ? color.bits()
              : Color.palette(nearest(rgb(color), 0, 16)).bits();
    };
  }

  private static int rgb(Color color) {
    return color.isRgb() ? color.value() : paletteRgb(color.value());
  }

  /** The value of a colour of xterm's palette. */
  static int paletteRgb(int index) {
    if (index < 16) {
      return NAMED[index];
    }
    if (index >= 232) {
      return (8 + 10 * (index - 232)) * 0x010101;
    }
    int cube = index - 16;
    return CUBE[cube / 36] << 16 | CUBE[cube / 6 % 6] << 8 | CUBE[cube % 6];
  }

  private int nearest(int rgb, int from, int to) {
    if (palette.length == 0) {
      palette = new double[3 * 256];
      for (int i = 0; i < 256; i++) {
        lab(paletteRgb(i), palette, 3 * i);
      }
    }
    double[] wanted = new double[3];
    lab(rgb, wanted, 0);
    int best = from;
    double least = Double.MAX_VALUE;
    for (int i = from; i < to; i++) {
      double l = palette[3 * i] - wanted[0];
      double a = palette[3 * i + 1] - wanted[1];
      double b = palette[3 * i + 2] - wanted[2];
      double distance = l * l + a * a + b * b;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  /** From sRGB over XYZ (white D65) to CIELAB. */
  private static void lab(int rgb, double[] into, int at) {
    double r = linear(rgb >> 16 & 0xFF);
    double g = linear(rgb >> 8 & 0xFF);
    double b = linear(rgb & 0xFF);
    double x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    into[at] = 116 * y - 16;
    into[at + 1] = 500 * (x - y);
    into[at + 2] = 200 * (y - z);
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double curve(double value) {
    return value > 216.0 / 24389 ? Math.cbrt(value) : (24389.0 / 27 * value + 16) / 116;
  }
}
