package dev.agent.tui.cell;

/**
 * A colour as the program means it; how it is sent depends on the depth of the terminal.
 *
 * @param bits kind in bits 24 and 25 (0 = the terminal's own, 1 = one of the 256 of the palette, 2
 *     = RGB), value below
 */
public record Color(int bits) {
  /** The terminal's own foreground or background. */
  public static final Color DEFAULT = new Color(0);

  private static final int PALETTE = 1 << 24;
  private static final int RGB = 2 << 24;

  /** A colour of the palette: 0 to 15 are the terminal's named ones, to 255 the xterm cube. */
  public static Color palette(int index) {
    if (index < 0 || index > 255) {
      throw new IllegalArgumentException("not a palette index: " + index);
    }
    return new Color(PALETTE | index);
  }

  /** A colour of 24 bits, 0xRRGGBB. */
  public static Color rgb(int value) {
    return new Color(RGB | (value & 0xFFFFFF));
  }

  /** Whether it is the terminal's own. */
  public boolean isDefault() {
    return bits == 0;
  }

  /** Whether it is an index of the palette. */
  public boolean isPalette() {
    return (bits & PALETTE) != 0;
  }

  /** Whether it is an RGB value. */
  public boolean isRgb() {
    return (bits & RGB) != 0;
  }

  /** The index or the RGB value. */
  public int value() {
    return bits & 0xFFFFFF;
  }
}
