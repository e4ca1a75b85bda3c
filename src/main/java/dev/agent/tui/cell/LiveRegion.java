package dev.agent.tui.cell;

import java.util.Arrays;
import java.util.List;

/**
 * The last rows of a terminal's normal screen, below what was printed: the region alone is painted
 * again and again, and printed rows go in above it and are never touched afterwards. It does not
 * know where on the screen it is: the cursor only moves relative to where it is, and new rows come
 * from line feeds, so that the terminal scrolls by itself. Nothing is erased but the region and
 * what is below it. It knows no stream: who owns the terminal writes the bytes. For one thread.
 */
public final class LiveRegion implements FrameSource {
  /** Where a prompt begins, where what the person wrote, and where what came of it (OSC 133). */
  private static final String PROMPT = "\33]133;A\33\\";

  private static final String INPUT = "\33]133;B\33\\";
  private static final String OUTPUT = "\33]133;C\33\\";

  private final Bytes out = new Bytes();
  private final TextCursor cursor = new TextCursor();
  private final RenewalClock renewal = new RenewalClock();
  private Capabilities capabilities;
  private Pools pools = new Pools();

  /** As large as the screen; the region's rows are its first ones, the others are blank. */
  private CellBuffer buffer;

  /** A row on its way to be printed. */
  private CellBuffer line;

  private TerminalWriter writer;
  private Differ differ;

  /** Rows that surely exist from the region's first one on. */
  private int made = 1;

  private int height;
  private int cursorX;
  private int cursorRow = -1;
  private boolean lost = true;
  private boolean opened;

  /**
   * Rows that stay.
   *
   * @param isPrompt whether the person wrote them: they are marked, so that terminals can jump to
   *     them; the first span of the first row that is not blank is the prompt's sign
   */
  public record Printed(List<Row> rows, boolean isPrompt) {
    public Printed {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A region of no rows, whose first one is the row that the cursor is in.
   *
   * @param columns of the terminal
   * @param rows of the terminal: the region is to stay smaller
   */
  public LiveRegion(int columns, int rows, Capabilities capabilities) {
    this.capabilities = capabilities;
    this.buffer = new CellBuffer(columns, rows, pools);
    this.line = new CellBuffer(columns, 1, pools);
    this.writer = TerminalWriter.relative(out, capabilities, columns);
    this.differ = new Differ(columns, rows, capabilities.withoutScrolls(), writer);
    writer.isInRow(0);
  }

  @Override
  public int columns() {
    return buffer.columns();
  }

  @Override
  public int rows() {
    return buffer.rows();
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void capabilities(Capabilities now) {
    if (!now.equals(capabilities)) {
      capabilities = now;
      int row = writer.row();
      writer = TerminalWriter.relative(out, capabilities, buffer.columns());
      writer.isInRow(row);
      lost = true;
    }
  }

  /**
   * The terminal has another size. How it took that is not known: rows may have been wrapped anew.
   * The next frame erases from where the region begins and writes it again.
   *
   * @param reflows whether rows that became too long were wrapped; if unsure, false: then a part of
   *     the old region may stay above, but nothing that was printed is lost
   */
  public void resize(int columns, int rows, boolean reflows) {
    int row = writer.row();
    if (reflows && columns < buffer.columns()) {
      row = reflowedRow(columns);
    }
    buffer = new CellBuffer(columns, rows, pools);
    line = new CellBuffer(columns, 1, pools);
    differ = new Differ(columns, rows, capabilities.withoutScrolls(), writer);
    writer.isInRow(row);
    lost = true;
  }

  /** In how many rows the cursor is below the region's first one, where they were wrapped anew. */
  private int reflowedRow(int columns) {
    int row = cursorX > 0 ? (cursorX - 1) / columns : 0;
    for (int y = 0; y < writer.row() && y < buffer.rows(); y++) {
      row += Math.max(1, (tail(differ.shown, y * buffer.columns()) + columns - 1) / columns);
    }
    return row;
  }

  /** How many cells of a row are more than blanks behind its text. */
  private int tail(long[] cells, int base) {
    int tail = buffer.columns();
    while (tail > 0
        && (Cell.isDefaultBlank(cells[base + tail - 1])
            || cells[base + tail - 1] == Differ.UNKNOWN)) {
      tail--;
    }
    return tail;
  }

  /** The next frame writes the whole region again. */
  public void repaint() {
    lost = true;
  }

  /**
   * The terminal was given away and is back, with its cursor somewhere new: the region begins
   * there.
   */
  public void isCleared() {
    writer.isInRow(0);
    cursor.isReset();
    cursorX = 0;
    lost = true;
  }

  /** Puts the cursor on a cell of the region and shows it, from the next frame on. */
  public void cursor(int x, int y, CursorShape shape) {
    cursorX = Math.clamp(x, 0, buffer.columns() - 1);
    cursorRow = Math.clamp(y, 0, buffer.rows() - 1);
    cursor.want(cursorX, cursorRow, shape);
  }

  /** Shows no cursor from the next frame on. */
  public void hideCursor() {
    cursorX = 0;
    cursorRow = -1;
    cursor.wantNone();
  }

  /**
   * The bytes of the next frame: none if nothing changed. They are taken for written; they stay
   * until the next call.
   *
   * @param printed goes above the region, for good
   * @param live the region from now on, fewer rows than the terminal has
   * @param nanos now, on any clock that runs evenly
   */
  public Bytes frame(List<Printed> printed, List<Row> live, long nanos) {
    out.clear();
    opened = false;
    renewWhenDue(nanos);
    if (lost) {
      begin();
      writer.forget(buffer.columns());
      eraseAll();
      lost = false;
    }
    if (printed.stream().anyMatch(it -> !it.rows().isEmpty())) {
      begin();
      print(printed);
    }
    paint(live);
    boolean changed = differ.isChanged(buffer);
    int needed = Math.max(live.size(), cursorRow + 1);
    if (changed || needed > made) {
      begin();
      grow(needed);
      differ.write(buffer);
      writer.link(0, pools);
    }
    buffer.undamage();
    if (cursorRow < 0) {
      // Where nobody looks for it, it waits in the one row that no reflow can move away from.
      cursor.hide(out);
      writer.moveTo(0, 0);
    } else {
      cursor.place(writer, out);
    }
    if (opened && capabilities.synchronizes()) {
      out.ascii("\33[?2026l");
    }
    return out;
  }

  /**
   * What takes the region away again and leaves the cursor where it began; right until the next
   * frame, if the last one was written.
   */
  public byte[] parting() {
    Bytes bytes = new Bytes();
    bytes.ascii("\33[m\r");
    if (writer.row() > 0) {
      bytes.ascii("\33[").number(writer.row()).put('A');
    }
    return bytes.ascii("\33[J").toArray();
  }

  private void begin() {
    if (opened) {
      return;
    }
    opened = true;
    if (capabilities.synchronizes()) {
      out.ascii("\33[?2026h");
    } else {
      cursor.hide(out);
    }
  }

  private void eraseAll() {
    writer.moveTo(0, 0);
    writer.eraseTail(pools);
    // Not from the first cell: where that is the screen's, some terminals take it for clearing the
    // screen and keep what was on it as history.
    if (buffer.columns() > 1) {
      writer.moveTo(1, 0);
    }
    writer.eraseBelow(pools);
    differ = new Differ(buffer.columns(), buffer.rows(), capabilities.withoutScrolls(), writer);
    buffer.damageAll();
    made = 1;
  }

  private void print(List<Printed> printed) {
    writer.moveTo(0, 0);
    int y = 0;
    for (Printed part : printed) {
      boolean marked = !part.isPrompt();
      for (Row row : part.rows()) {
        boolean first = !marked && row.width() > 0;
        marked |= first;
        print(row, y, first);
        nextRow(y);
        y++;
      }
      if (part.isPrompt() && marked) {
        out.ascii(OUTPUT);
      }
    }
    shift(y);
  }

  private void print(Row row, int y, boolean isPrompt) {
    line.paint(row, 0, 0, line.columns());
    int end = tail(line.cells, 0);
    if (y < buffer.rows() && tail(differ.shown, y * buffer.columns()) > 0) {
      // First, not behind the text: some terminals keep the length of a row that is cut shorter,
      // and wrap its blanks when they get narrower.
      writer.eraseTail(pools);
    }
    if (isPrompt) {
      out.ascii(PROMPT);
      int sign = row.spans().isEmpty() ? 0 : Math.min(end, row.spans().getFirst().width());
      write(y, 0, sign);
      out.ascii(INPUT);
      write(y, sign, end);
    } else {
      write(y, 0, end);
    }
    writer.link(0, pools);
  }

  private void write(int y, int from, int end) {
    int x = from;
    while (x < end) {
      writer.moveTo(x, y);
      x = writer.write(line.cells, 0, x, end, pools);
    }
  }

  private void nextRow(int y) {
    if (y + 1 < made) {
      writer.moveTo(0, y + 1);
    } else {
      writer.newRow(pools);
      made++;
    }
  }

  /** The region begins further down. */
  private void shift(int by) {
    int cells = differ.shown.length;
    int moved = (int) Math.min(cells, (long) by * buffer.columns());
    System.arraycopy(differ.shown, moved, differ.shown, 0, cells - moved);
    Arrays.fill(differ.shown, cells - moved, cells, Cell.BLANK);
    buffer.damageAll();
    writer.shift(by);
    made -= by;
  }

  private void paint(List<Row> live) {
    int count = Math.min(live.size(), buffer.rows());
    for (int y = 0; y < Math.max(count, height); y++) {
      buffer.paint(y < count ? live.get(y) : Row.BLANK, 0, y, buffer.columns());
    }
    height = count;
  }

  private void grow(int needed) {
    if (needed > made) {
      writer.moveTo(0, made - 1);
      while (made < needed) {
        writer.newRow(pools);
        made++;
      }
    }
  }

  private void renewWhenDue(long nanos) {
    if (renewal.isDue(pools, nanos)) {
      pools = pools.renewed(buffer.cells, differ.numbered());
      buffer.adopt(pools);
      line = new CellBuffer(line.columns(), 1, pools);
    }
  }
}
