package dev.agent.tui.cell;

import java.util.Arrays;

/**
 * What a terminal must be told so that it shows a buffer: compares it with what is known to be
 * shown and writes the difference. An unchanged frame writes nothing; no frame allocates once the
 * arrays have grown. For one thread.
 */
final class Differ {
  /** Cells between two changes that are written rather than jumped over: a jump costs as much. */
  private static final int JOINED = 5;

  /** Blanks at the end of a row that are erased rather than written. */
  private static final int ERASED = 8;

  /** A cell of which nothing is known; no cell looks like it. */
  static final long UNKNOWN = -1;

  private final int columns;
  private final int rows;
  private final boolean scrolls;
  private final TerminalWriter writer;
  private final ScrollFinder finder;
  private final boolean[] changed;
  final long[] shown;
  private boolean isKnown = true;

  /** The terminal shows nothing. */
  Differ(int columns, int rows, Capabilities capabilities, TerminalWriter writer) {
    this.columns = columns;
    this.rows = rows;
    this.scrolls = capabilities.scrolls();
    this.writer = writer;
    this.finder = new ScrollFinder(rows);
    this.changed = new boolean[rows];
    this.shown = new long[columns * rows];
    Arrays.fill(shown, Cell.BLANK);
  }

  /** The terminal shows nobody knows what. */
  void forget() {
    Arrays.fill(shown, UNKNOWN);
    isKnown = false;
  }

  /** Cells of the shown screen that hold numbers of pools; none while nothing is known of it. */
  long[] numbered() {
    return isKnown ? shown : new long[0];
  }

  /** Whether anything looks different; must come before {@link #write}. */
  boolean isChanged(CellBuffer wanted) {
    boolean any = false;
    for (int y = 0; y < rows; y++) {
      changed[y] = isRowChanged(wanted, y, wanted.damageFrom[y], wanted.damageTo[y]);
      any |= changed[y];
    }
    return any;
  }

  private boolean isRowChanged(CellBuffer wanted, int y, int from, int to) {
    int base = y * columns;
    return from < to
        && Arrays.mismatch(shown, base + from, base + to, wanted.cells, base + from, base + to)
            >= 0;
  }

  /** Writes what changed, and takes it for shown. */
  void write(CellBuffer wanted) {
    if (scrolls && isKnown) {
      scroll(wanted);
    }
    for (int y = 0; y < rows; y++) {
      if (changed[y]) {
        row(wanted, y);
      }
    }
    isKnown = true;
  }

  private void scroll(CellBuffer wanted) {
    int top = 0;
    while (top < rows && !changed[top]) {
      top++;
    }
    int bottom = rows - 1;
    while (bottom > top && !changed[bottom]) {
      bottom--;
    }
    if (!finder.find(shown, wanted.cells, columns, top, bottom)) {
      return;
    }
    int by = finder.distance();
    int first = Math.min(finder.first(), finder.first() + by);
    int last = Math.max(finder.last(), finder.last() + by);
    writer.scroll(first, last, by, wanted.pools());
    int kept = (last - first + 1 - Math.abs(by)) * columns;
    int source = (by > 0 ? first + by : first) * columns;
    int target = (by > 0 ? first : first - by) * columns;
    System.arraycopy(shown, source, shown, target, kept);
    int vacated = (by > 0 ? last + 1 - by : first) * columns;
    Arrays.fill(shown, vacated, vacated + Math.abs(by) * columns, Cell.BLANK);
    for (int y = first; y <= last; y++) {
      changed[y] = isRowChanged(wanted, y, 0, columns);
    }
  }

  private void row(CellBuffer wanted, int y) {
    long[] cells = wanted.cells;
    int base = y * columns;
    int first = Arrays.mismatch(shown, base, base + columns, cells, base, base + columns);
    if (first < 0) {
      return;
    }
    int last = columns - 1;
    while (shown[base + last] == cells[base + last]) {
      last--;
    }
    int tail = columns;
    while (tail > 0 && Cell.isDefaultBlank(cells[base + tail - 1])) {
      tail--;
    }
    if (columns - tail < ERASED) {
      tail = columns;
    }
    int disputed = disputed(cells, base, last);
    int from = Math.min(first, disputed);
    while (from <= last) {
      int to =
          disputed <= from ? columns : endOfRun(cells, base, from, Math.min(last + 1, disputed));
      if (to < columns && Cell.width(cells[base + to]) == 0) {
        to++;
      }
      run(wanted, y, from, to, tail);
      if (to >= columns) {
        break;
      }
      int gap =
          to <= last
              ? Arrays.mismatch(shown, base + to, base + columns, cells, base + to, base + columns)
              : -1;
      // Whatever follows a disputed cluster is written again with it.
      from = gap < 0 ? columns : to + gap;
      if (disputed <= last && from > disputed) {
        from = disputed;
      }
    }
    System.arraycopy(cells, base, shown, base, columns);
  }

  /** The first column, before the last change, whose place on the screen is not certain. */
  private int disputed(long[] cells, int base, int last) {
    for (int x = 0; x <= last; x++) {
      boolean before = Cell.isContested(shown[base + x]) && shown[base + x] != UNKNOWN;
      if (before || Cell.isContested(cells[base + x])) {
        return x;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Where changes end for at least so many cells that a jump is cheaper. */
  private int endOfRun(long[] cells, int base, int from, int limit) {
    int end = from + 1;
    int same = 0;
    for (int x = from + 1; x < limit && same < JOINED; x++) {
      if (shown[base + x] == cells[base + x]) {
        same++;
      } else {
        same = 0;
        end = x + 1;
      }
    }
    return end;
  }

  private void run(CellBuffer wanted, int y, int from, int to, int tail) {
    long[] cells = wanted.cells;
    Pools pools = wanted.pools();
    int base = y * columns;
    int start = Cell.width(cells[base + from]) == 0 ? from - 1 : from;
    boolean erases = to - Math.max(start, tail) >= ERASED;
    int end = erases ? tail : to;
    int x = start;
    while (x < end) {
      writer.moveTo(x, y);
      x = writer.write(cells, base, x, end, pools);
    }
    if (erases) {
      writer.moveTo(Math.max(start, tail), y);
      writer.eraseTail(pools);
    }
  }
}
