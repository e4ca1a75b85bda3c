package dev.agent.tui.cell;

import java.util.Arrays;

/**
 * A screen of packed cells that is painted and then shown by {@link CellScreen}. What is painted
 * outside of it is cut off, so any size may be painted, down to 1x1. A wide character is whole or
 * not there: one that finds no room for its right half, or loses a half, leaves a blank. Rows
 * remember between which columns they were painted. Painting known text allocates nothing. For one
 * thread.
 */
public final class CellBuffer {
  private final int columns;
  private final int rows;
  private final Clusters clusters = new Clusters();
  private Pools pools;
  final long[] cells;
  final int[] damageFrom;
  final int[] damageTo;
  private Style lastStyle = Style.PLAIN;
  private int lastStyleId;

  /** A buffer of its own, for what is rendered without a terminal. */
  public CellBuffer(int columns, int rows) {
    this(columns, rows, new Pools());
  }

  CellBuffer(int columns, int rows, Pools pools) {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("no such size: " + columns + "x" + rows);
    }
    this.columns = columns;
    this.rows = rows;
    this.pools = pools;
    this.cells = new long[columns * rows];
    this.damageFrom = new int[rows];
    this.damageTo = new int[rows];
    Arrays.fill(cells, Cell.BLANK);
    undamage();
  }

  /** Columns of the screen. */
  public int columns() {
    return columns;
  }

  /** Rows of the screen. */
  public int rows() {
    return rows;
  }

  Pools pools() {
    return pools;
  }

  /** Takes pools to which its cells have been moved. */
  void adopt(Pools newPools) {
    pools = newPools;
    lastStyle = Style.PLAIN;
    lastStyleId = 0;
  }

  /** Forgets what was painted since the last time. */
  void undamage() {
    Arrays.fill(damageFrom, columns);
    Arrays.fill(damageTo, 0);
  }

  /** Takes every cell for painted. */
  void damageAll() {
    Arrays.fill(damageFrom, 0);
    Arrays.fill(damageTo, columns);
  }

  /** Paints a row into a strip and fills the rest of the strip with the row's fill style. */
  public void paint(Row row, int x, int y, int width) {
    int end = Math.min(columns, x + width);
    if (y < 0 || y >= rows || end <= 0) {
      return;
    }
    int at = x;
    var spans = row.spans();
    for (int i = 0; i < spans.size() && at < end; i++) {
      Span span = spans.get(i);
      at = text(span.text(), style(span.style()), pools.link(span.link()), at, y, end);
    }
    if (at < end) {
      blank(Math.max(0, at), y, end, style(row.fill()));
    }
  }

  /**
   * Paints text without filling what stands behind it.
   *
   * @return the column behind it
   */
  public int paint(String text, Style style, int x, int y, int width) {
    if (y < 0 || y >= rows) {
      return x;
    }
    return text(text, style(style), 0, x, y, Math.min(columns, x + width));
  }

  private int style(Style style) {
    if (!style.equals(lastStyle)) {
      lastStyleId = pools.style(style);
      lastStyle = style;
    }
    return lastStyleId;
  }

  private int text(String text, int style, int link, int x, int y, int end) {
    int at = x;
    int index = 0;
    while (at < end && index < text.length()) {
      int letters = at < 0 ? 0 : letters(text, index, end - at);
      if (letters > 0) {
        letters(text, index, letters, Cell.of(0, 1, style, link, false), at, y);
        index += letters;
        at += letters;
        continue;
      }
      clusters.reset(text, index, text.length()).next();
      index = clusters.end();
      int width = clusters.width();
      if (width > 0 && at >= 0 && at + width <= end) {
        put(at, y, glyph(text), width, style, link, clusters.isContested());
      } else {
        // Half of a wide character on either edge.
        blank(Math.max(0, at), y, Math.min(end, at + width), style);
      }
      at += width;
    }
    return at;
  }

  /** How many letters below U+007F follow that are clusters of their own; at most so many. */
  private static int letters(String text, int from, int most) {
    int limit = Math.min(text.length(), from + most);
    int at = from;
    while (at < limit && text.charAt(at) >= ' ' && text.charAt(at) < 0x7F) {
      at++;
    }
    // A mark may follow, which belongs to the last one.
    return at > from && at < text.length() && text.charAt(at) >= 0x7F ? at - from - 1 : at - from;
  }

  /** Most text is letters, and those need no look at clusters. */
  private void letters(String text, int from, int count, long look, int x, int y) {
    makeRoom(x, y, x + count);
    int base = y * columns + x;
    for (int i = 0; i < count; i++) {
      cells[base + i] = look | text.charAt(from + i);
    }
    damage(y, x, x + count);
  }

  private int glyph(String text) {
    int point = clusters.codePoint();
    if (!clusters.isSingle()) {
      return pools.cluster(text, clusters.start(), clusters.end());
    }
    boolean shown =
        point < 0x7F
            ? point >= ' '
            : point >= 0xA0 && !(point >= 0xD800 && point <= 0xDFFF) && point >> 1 != 0x1014;
    return shown ? point : Cells.symbol(point);
  }

  private void put(int x, int y, int glyph, int width, int style, int link, boolean contested) {
    int index = y * columns + x;
    makeRoom(x, y, x + width);
    cells[index] = Cell.of(glyph, width, style, link, contested);
    if (width == 2) {
      cells[index + 1] = Cell.rightHalf(style, link, contested);
    }
    damage(y, x, x + width);
  }

  private void blank(int x, int y, int end, int style) {
    if (x >= end) {
      return;
    }
    makeRoom(x, y, end);
    Arrays.fill(cells, y * columns + x, y * columns + end, Cell.of(' ', 1, style, 0, false));
    damage(y, x, end);
  }

  /** Blanks the other half of wide characters that lie across an edge of what is overwritten. */
  private void makeRoom(int x, int y, int end) {
    int base = y * columns;
    if (x > 0 && Cell.width(cells[base + x]) == 0) {
      cells[base + x - 1] = Cell.of(' ', 1, Cell.style(cells[base + x - 1]), 0, false);
      damage(y, x - 1, x);
    }
    if (end < columns && Cell.width(cells[base + end]) == 0) {
      cells[base + end] = Cell.of(' ', 1, Cell.style(cells[base + end]), 0, false);
      damage(y, end, end + 1);
    }
  }

  private void damage(int y, int from, int to) {
    if (from < damageFrom[y]) {
      damageFrom[y] = from;
    }
    if (to > damageTo[y]) {
      damageTo[y] = to;
    }
  }

  /** Fills a rectangle with blanks of a style. */
  public void fill(int x, int y, int width, int height, Style style) {
    int from = Math.max(0, x);
    int to = Math.min(columns, x + width);
    int id = style(style);
    for (int row = Math.max(0, y); row < Math.min(rows, y + height); row++) {
      blank(from, row, to, id);
    }
  }

  /**
   * Copies a rectangle of another buffer that was made by the same screen, or of this one. What
   * lies outside of either is left out.
   */
  public void blit(
      CellBuffer source, int sourceX, int sourceY, int width, int height, int x, int y) {
    if (source.pools != pools) {
      throw new IllegalArgumentException("the buffers belong to different screens");
    }
    int skipX = Math.max(0, Math.max(-sourceX, -x));
    int copied = Math.min(width, Math.min(source.columns - sourceX, columns - x)) - skipX;
    if (copied <= 0) {
      return;
    }
    boolean upwards = source != this || y <= sourceY;
    for (int i = 0; i < height; i++) {
      int row = upwards ? i : height - 1 - i;
      int from = sourceY + row;
      int to = y + row;
      if (from >= 0 && from < source.rows && to >= 0 && to < rows) {
        int left = x + skipX;
        makeRoom(left, to, left + copied);
        System.arraycopy(
            source.cells,
            from * source.columns + sourceX + skipX,
            cells,
            to * columns + left,
            copied);
        mendEdges(to, left, left + copied);
        damage(to, left, left + copied);
      }
    }
  }

  /** Blanks halves of wide characters that were cut in two by copying. */
  private void mendEdges(int y, int from, int to) {
    int base = y * columns;
    if (Cell.width(cells[base + from]) == 0) {
      cells[base + from] = Cell.of(' ', 1, Cell.style(cells[base + from]), 0, false);
    }
    if (Cell.width(cells[base + to - 1]) == 2) {
      cells[base + to - 1] = Cell.of(' ', 1, Cell.style(cells[base + to - 1]), 0, false);
    }
  }

  /** What a cell shows; empty for the right half of a wide character. */
  public String textAt(int x, int y) {
    long cell = at(x, y);
    return Cell.width(cell) == 0 ? "" : pools.textOf(Cell.glyph(cell));
  }

  /** The style of a cell. */
  public Style styleAt(int x, int y) {
    return pools.styleOf(Cell.style(at(x, y)));
  }

  /** Where a cell leads; empty = nowhere. */
  public String linkAt(int x, int y) {
    return pools.linkOf(Cell.link(at(x, y)));
  }

  /** Columns of the character in a cell: 1, 2, or 0 for the right half of a wide one. */
  public int widthAt(int x, int y) {
    return Cell.width(at(x, y));
  }

  /** The characters of a row, blanks at its end included. */
  public String text(int y) {
    StringBuilder text = new StringBuilder(columns);
    for (int x = 0; x < columns; x++) {
      text.append(textAt(x, y));
    }
    return text.toString();
  }

  private long at(int x, int y) {
    if (x < 0 || x >= columns || y < 0 || y >= rows) {
      throw new IndexOutOfBoundsException("no cell " + x + "," + y);
    }
    return cells[y * columns + x];
  }
}
