package dev.agent.tui.cell;

/**
 * How many columns text takes, and text cut to columns. Never splits what a person takes for one
 * character ({@link Clusters}). All methods are pure.
 */
public final class Cells {
  /**
   * Name of the system property that says how many columns a character of ambiguous East Asian
   * width gets. It holds for the whole process: whoever reads the setting sets it before the first
   * text is measured.
   */
  public static final String AMBIGUOUS_WIDTH_PROPERTY = "agent.ambiguousWidth";

  /** Columns of a character of ambiguous East Asian width: 1, or 2 where the setting says so. */
  public static final int AMBIGUOUS_WIDTH =
      "2".equals(System.getProperty(AMBIGUOUS_WIDTH_PROPERTY)) ? 2 : 1;

  private static final String ELLIPSIS = "…";

  private Cells() {}

  /** The columns of a text; a control character counts as the symbol that is shown for it. */
  public static int width(String text) {
    int length = text.length();
    for (int at = 0; at < length; at++) {
      if (text.charAt(at) >= 0x7F) {
        return widthOfAny(text, new Clusters());
      }
    }
    return length;
  }

  /** The same with an own opinion about ambiguous characters, 1 or 2 columns. */
  public static int width(String text, int ambiguousWidth) {
    return widthOfAny(text, new Clusters(ambiguousWidth));
  }

  private static int widthOfAny(String text, Clusters clusters) {
    int width = 0;
    clusters.reset(text);
    while (clusters.next()) {
      width += clusters.width();
    }
    return width;
  }

  /**
   * The text if it fits, else its beginning with {@code …} at the end; at most this many columns.
   */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    int room = columns - width(ELLIPSIS);
    return room < 0 ? "" : truncate(text, room) + ELLIPSIS;
  }

  /** The longest beginning of a text that takes at most this many columns. */
  public static String truncate(String text, int columns) {
    return text.substring(0, indexAt(text, columns));
  }

  /** Length in {@code char}s of the longest beginning that takes at most this many columns. */
  public static int indexAt(String text, int columns) {
    Clusters clusters = new Clusters().reset(text);
    int width = 0;
    while (clusters.next()) {
      width += clusters.width();
      if (width > columns) {
        return clusters.start();
      }
    }
    return text.length();
  }

  /** Where the cluster ends that begins at an index; the text's length at its end. */
  public static int next(String text, int index) {
    Clusters clusters = new Clusters().reset(text, index, text.length());
    return clusters.next() ? clusters.end() : text.length();
  }

  /** Where the cluster begins that ends at an index; 0 at the beginning. */
  public static int previous(String text, int index) {
    // From a place that is a boundary whatever stands around it, which is near in most texts.
    int from = index;
    while (from > 0) {
      int after = from;
      from -= Character.charCount(text.codePointBefore(from));
      if (after < index && Clusters.isBoundary(text, after)) {
        from = after;
        break;
      }
    }
    int start = from;
    Clusters clusters = new Clusters().reset(text, from, index);
    while (clusters.next()) {
      start = clusters.start();
    }
    return start;
  }

  /** The text filled with blanks on the right up to this many columns; cut if it is longer. */
  public static String pad(String text, int columns) {
    String cut = cut(text, columns);
    return cut + " ".repeat(Math.max(0, columns - width(cut)));
  }

  /** The text with all in sight that a reader would not see; see {@link Hidden#prose}. */
  public static String visible(String text) {
    return Hidden.prose(text);
  }

  /** What is shown in the place of a code point that must not reach the terminal. */
  static int symbol(int point) {
    if (point < ' ') {
      return 0x2400 + point;
    }
    if (point == 0x7F) {
      return 0x2421;
    }
    if (point < 0xA0) {
      return 0x2426; // SYMBOL FOR SUBSTITUTE FORM TWO
    }
    return point == 0x2028 || point == 0x2029 ? 0x2424 : 0xFFFD;
  }

  /** The text with blanks up to the next multiple of so many columns in place of each TAB. */
  public static String expandTabs(String text, int columns) {
    if (text.indexOf('\t') < 0) {
      return text;
    }
    StringBuilder expanded = new StringBuilder(text.length() + 16);
    int column = 0;
    Clusters clusters = new Clusters().reset(text);
    while (clusters.next()) {
      int point = clusters.codePoint();
      if (point == '\t') {
        int blanks = columns - column % columns;
        expanded.repeat(' ', blanks);
        column += blanks;
      } else {
        expanded.append(text, clusters.start(), clusters.end());
        column = point == '\n' ? 0 : column + clusters.width();
      }
    }
    return expanded.toString();
  }
}
