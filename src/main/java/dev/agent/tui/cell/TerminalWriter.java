package dev.agent.tui.cell;

/**
 * Where a terminal's cursor is and in which style it writes, and the fewest bytes that move and
 * change it. For one thread.
 */
final class TerminalWriter {
  private static final int UNKNOWN = -1;
  private static final int LONGEST_LINK = 2083;

  private final Bytes out;
  private final Capabilities capabilities;
  private final Pen pen;
  private final boolean isRelative;
  private int columns;
  private int x = UNKNOWN;
  private int y = UNKNOWN;
  private int link;
  private int linkGeneration;

  /** A writer for the whole screen: rows count from its first one. */
  TerminalWriter(Bytes out, Capabilities capabilities, int columns) {
    this(out, capabilities, columns, false);
  }

  private TerminalWriter(Bytes out, Capabilities capabilities, int columns, boolean isRelative) {
    this.out = out;
    this.capabilities = capabilities;
    this.pen = new Pen(capabilities);
    this.columns = columns;
    this.isRelative = isRelative;
  }

  /**
   * A writer that does not know where on the screen it is: rows count from one that it was told,
   * and the cursor only moves from where it is. Its row is always known, since nothing that is
   * written here wraps.
   */
  static TerminalWriter relative(Bytes out, Capabilities capabilities, int columns) {
    return new TerminalWriter(out, capabilities, columns, true);
  }

  /** Nothing is known of the terminal any more, but that it has this many columns. */
  void forget(int newColumns) {
    columns = newColumns;
    lose();
    pen.reset(out);
  }

  /** The terminal's cursor is somewhere; a relative one is still in its row. */
  void lose() {
    x = UNKNOWN;
    if (!isRelative) {
      y = UNKNOWN;
    }
  }

  /** The cursor is in this row, whatever its column. */
  void isInRow(int row) {
    x = UNKNOWN;
    y = row;
  }

  /** Rows count from one that is this much further down. */
  void shift(int by) {
    y -= by;
  }

  /** The row that the cursor is in. */
  int row() {
    return y;
  }

  /** Makes a new row below the one that the cursor is in, which is the last one, and goes there. */
  void newRow(Pools pools) {
    if (!pen.blanksPlainly()) {
      pen.use(0, pools, out);
    }
    out.ascii("\r\n");
    x = 0;
    y++;
  }

  /** Erases all that stands behind and below the cursor. */
  void eraseBelow(Pools pools) {
    if (!pen.blanksPlainly()) {
      pen.use(0, pools, out);
    }
    link(0, pools);
    out.ascii("\33[J");
  }

  boolean isAt(int column, int row) {
    return x == column && y == row;
  }

  void moveTo(int column, int row) {
    if (isAt(column, row)) {
      return;
    }
    if (isRelative) {
      step(column, row);
    } else if (x == UNKNOWN || y == UNKNOWN) {
      place(column, row);
    } else if (row == y) {
      moveInRow(column);
    } else if (column == 0 && row > y && row - y <= 3) {
      out.put('\r');
      for (int i = y; i < row; i++) {
        out.put('\n');
      }
    } else {
      place(column, row);
    }
    x = column;
    y = row;
  }

  /** To an existing row, from the one that the cursor is in. */
  private void step(int column, int row) {
    // Behind the last column some terminals take a step up or down for the end of the line.
    if (x == UNKNOWN) {
      out.put('\r');
      x = 0;
    }
    if (row != y) {
      int by = Math.abs(row - y);
      out.ascii("\33[");
      if (by > 1) {
        out.number(by);
      }
      out.put(row < y ? 'A' : 'B');
    }
    if (column != x) {
      moveInRow(column);
    }
  }

  private void moveInRow(int column) {
    int by = column - x;
    if (column == 0) {
      out.put('\r');
    } else if (by < 0 && by >= -3) {
      for (int i = by; i < 0; i++) {
        out.put('\b');
      }
    } else if (by == 1) {
      out.ascii("\33[C");
    } else if (by > 0 && by < column + 1) {
      out.ascii("\33[").number(by).put('C');
    } else {
      out.ascii("\33[").number(column + 1).put('G');
    }
  }

  private void place(int column, int row) {
    out.ascii("\33[");
    if (column > 0) {
      out.number(row + 1).put(';').number(column + 1);
    } else if (row > 0) {
      out.number(row + 1);
    }
    out.put('H');
  }

  /**
   * Writes cells of a row where the cursor is, up to one behind which its place is not known.
   *
   * @param base index of the row's first cell
   * @return the column behind the last one that was written
   */
  int write(long[] cells, int base, int from, int to, Pools pools) {
    int at = from;
    while (at < to) {
      long cell = cells[base + at];
      int glyph = Cell.glyph(cell);
      int style = Cell.style(cell);
      link(Cell.link(cell), pools);
      if (glyph == ' ' && (style & 1) == 0 && pen.blanksPlainly()) {
        // It looks the same in the style that the terminal writes in now.
        out.put(' ');
        x++;
        at++;
        continue;
      }
      pen.use(style, pools, out);
      if (Cell.isContested(cell)) {
        contested(cell, pools);
        return at + Cell.width(cell);
      }
      if (glyph < 0x80) {
        int end = sameLook(cells, base, at, to);
        out.letters(cells, base + at, base + end);
        x += end - at;
        at = end;
      } else {
        glyph(glyph, pools);
        int width = Math.max(1, Cell.width(cell));
        x += width;
        at += width;
      }
    }
    if (x >= columns) {
      // Behind the last column, terminals have the cursor in different places.
      lose();
    }
    return at;
  }

  /** Where letters end that differ from the first one in nothing but the letter. */
  private static int sameLook(long[] cells, int base, int from, int to) {
    long first = cells[base + from];
    int at = from + 1;
    while (at < to && ((cells[base + at] ^ first) & ~0x7FL) == 0) {
      at++;
    }
    return at;
  }

  private void glyph(int glyph, Pools pools) {
    if (glyph >= Cell.CLUSTERS) {
      out.text(pools.textOf(glyph));
    } else {
      out.point(capabilities.unicode() ? glyph : AsciiSigns.of(glyph));
    }
  }

  /**
   * Leaves the cells right whatever the terminal takes for the width: they are blank below the
   * cluster, what it draws too much is overwritten by what follows, and where the cursor went does
   * not matter.
   */
  private void contested(long cell, Pools pools) {
    int column = x;
    int row = y;
    for (int i = 0; i < Cell.width(cell); i++) {
      out.put(' ');
    }
    lose();
    moveTo(column, row);
    int widest = 2;
    if (Cell.glyph(cell) >= Cell.CLUSTERS) {
      widest = 2 * pools.textOf(Cell.glyph(cell)).length();
    }
    boolean wraps = column + widest > columns;
    if (wraps) {
      out.ascii("\33[?7l");
    }
    glyph(Cell.glyph(cell), pools);
    if (wraps) {
      out.ascii("\33[?7h");
    }
    lose();
  }

  /** Erases from the cursor to the end of its row. */
  void eraseTail(Pools pools) {
    if (!pen.blanksPlainly()) {
      pen.use(0, pools, out);
    }
    link(0, pools);
    out.ascii("\33[K");
  }

  /** Moves rows inside of a region by a distance, upwards if it is positive; leaves blanks. */
  void scroll(int top, int bottom, int distance, Pools pools) {
    if (!pen.blanksPlainly()) {
      pen.use(0, pools, out);
    }
    out.ascii("\33[").number(top + 1).put(';').number(bottom + 1).put('r');
    out.ascii("\33[");
    if (Math.abs(distance) > 1) {
      out.number(Math.abs(distance));
    }
    out.put(distance > 0 ? 'S' : 'T');
    out.ascii("\33[r");
    lose();
  }

  /** Makes what follows lead there. */
  void link(int id, Pools pools) {
    if (!capabilities.hyperlinks() || (id == link && pools.generation() == linkGeneration)) {
      return;
    }
    linkGeneration = pools.generation();
    String target = id == 0 ? "" : pools.linkOf(id);
    if (!isSafe(target)) {
      target = "";
    }
    out.ascii("\33]8;");
    if (!target.isEmpty()) {
      // Cells of one link that don't touch are highlighted together.
      out.ascii("id=").number(id);
    }
    out.put(';').ascii(target).ascii("\33\\");
    link = id;
  }

  /** What is not an address could end the sequence early and act. */
  private static boolean isSafe(String target) {
    if (target.length() > LONGEST_LINK) {
      return false;
    }
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return true;
  }
}
