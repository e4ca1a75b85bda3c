package dev.agent.tui.cell;

/**
 * A cell of the screen in one {@code long}: bits 0 to 20 what is shown (a code point, or {@link
 * #CLUSTERS} + index in the pool of clusters), 21 and 22 its columns (0 = the right half of the
 * wide cell before it), 23 to 43 the style, 44 to 62 the link, 63 whether terminals disagree about
 * its columns. Ids mean something only together with the {@link Pools} that gave them.
 */
final class Cell {
  /** First number behind the code points. */
  static final int CLUSTERS = 0x110000;

  /** Most clusters that a cell can tell apart. */
  static final int MAX_CLUSTERS = (1 << 21) - CLUSTERS;

  /** Most styles; one of the bits says whether a style shows on a blank. */
  static final int MAX_STYLES = 1 << 20;

  static final int MAX_LINKS = 1 << 19;

  private static final int WIDTH_SHIFT = 21;
  private static final int STYLE_SHIFT = 23;
  private static final int LINK_SHIFT = 44;
  private static final long CONTESTED = 1L << 63;

  /** A blank in the terminal's own colours. */
  static final long BLANK = of(' ', 1, 0, 0, false);

  private Cell() {}

  static long of(int glyph, int width, int style, int link, boolean contested) {
    return glyph
        | (long) width << WIDTH_SHIFT
        | (long) style << STYLE_SHIFT
        | (long) link << LINK_SHIFT
        | (contested ? CONTESTED : 0);
  }

  /** The cell behind a wide one. */
  static long rightHalf(int style, int link, boolean contested) {
    return of(0, 0, style, link, contested);
  }

  static int glyph(long cell) {
    return (int) cell & 0x1FFFFF;
  }

  static int width(long cell) {
    return (int) (cell >>> WIDTH_SHIFT) & 3;
  }

  static int style(long cell) {
    return (int) (cell >>> STYLE_SHIFT) & 0x1FFFFF;
  }

  static int link(long cell) {
    return (int) (cell >>> LINK_SHIFT) & 0x7FFFF;
  }

  static boolean isContested(long cell) {
    return cell < 0;
  }

  /** Whether it looks like the terminal's own blank: erasing leaves the same. */
  static boolean isDefaultBlank(long cell) {
    return glyph(cell) == ' ' && link(cell) == 0 && (style(cell) & 1) == 0;
  }
}
