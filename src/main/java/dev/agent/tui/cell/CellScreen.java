package dev.agent.tui.cell;

/**
 * The screen of one terminal: a buffer to paint into, a cursor, and for each frame the bytes that
 * bring the terminal from what it shows to what was painted. It knows no stream: who owns the
 * terminal writes the bytes. For one thread.
 *
 * <p>What is not painted again stays as it was in the frame before.
 */
public final class CellScreen implements FrameSource {
  private final Bytes out = new Bytes();
  private final RenewalClock renewal = new RenewalClock();
  private final TextCursor cursor = new TextCursor();
  private Capabilities capabilities;
  private Pools pools = new Pools();
  private CellBuffer buffer;
  private TerminalWriter writer;
  private Differ differ;
  private boolean opened;
  private boolean lost;

  /**
   * The screen of a terminal that shows nothing yet, in its own colours, with a visible cursor: as
   * it is after entering the alternate screen.
   */
  public CellScreen(int columns, int rows, Capabilities capabilities) {
    this.capabilities = capabilities;
    this.buffer = new CellBuffer(columns, rows, pools);
    this.writer = new TerminalWriter(out, capabilities, columns);
    this.differ = new Differ(columns, rows, capabilities, writer);
  }

  /** Where to paint. Another one after {@link #resize}. */
  public CellBuffer buffer() {
    return buffer;
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
  public void capabilities(Capabilities newCapabilities) {
    if (!newCapabilities.equals(capabilities)) {
      capabilities = newCapabilities;
      writer = new TerminalWriter(out, capabilities, buffer.columns());
      differ = new Differ(buffer.columns(), buffer.rows(), capabilities, writer);
      repaint();
    }
  }

  /**
   * Another size: a new buffer with what both sizes have; the next frame writes everything again,
   * without erasing.
   */
  public void resize(int columns, int rows) {
    if (columns != buffer.columns() || rows != buffer.rows()) {
      CellBuffer old = buffer;
      buffer = new CellBuffer(columns, rows, pools);
      buffer.blit(old, 0, 0, columns, rows, 0, 0);
      differ = new Differ(columns, rows, capabilities, writer);
      repaint();
    }
  }

  /** The terminal may show anything: the next frame writes everything again. */
  public void repaint() {
    differ.forget();
    buffer.damageAll();
    lost = true;
  }

  /** The terminal was reset and shows nothing, with a visible cursor of the usual shape. */
  public void isCleared() {
    differ = new Differ(buffer.columns(), buffer.rows(), capabilities, writer);
    buffer.damageAll();
    lost = true;
    cursor.isReset();
  }

  /** Puts the cursor on a cell and shows it, from the next frame on. */
  public void cursor(int x, int y, CursorShape shape) {
    cursor.want(Math.clamp(x, 0, buffer.columns() - 1), Math.clamp(y, 0, buffer.rows() - 1), shape);
  }

  /** Shows no cursor from the next frame on. */
  public void hideCursor() {
    cursor.wantNone();
  }

  /**
   * The bytes of the next frame: none if nothing changed. They are taken for written; they stay
   * until the next call.
   *
   * @param nanos now, on any clock that runs evenly
   */
  public Bytes frame(long nanos) {
    out.clear();
    renewWhenDue(nanos);
    opened = false;
    if (lost) {
      open();
      writer.forget(buffer.columns());
      lost = false;
    }
    if (differ.isChanged(buffer)) {
      open();
      if (!capabilities.synchronizes()) {
        // A cursor that runs about while the frame is drawn flickers.
        cursor.hide(out);
      }
      differ.write(buffer);
      writer.link(0, pools);
    }
    buffer.undamage();
    cursor.place(writer, out);
    if (opened) {
      out.ascii("\33[?2026l");
    }
    return out;
  }

  /** What the terminal shows in a cell; a blank where nobody knows. */
  String shownText(int x, int y) {
    long cell = differ.shown[y * buffer.columns() + x];
    return cell == Differ.UNKNOWN ? " " : pools.textOf(Cell.glyph(cell));
  }

  /** The style in which the terminal shows a cell. */
  Style shownStyle(int x, int y) {
    long cell = differ.shown[y * buffer.columns() + x];
    return cell == Differ.UNKNOWN ? Style.PLAIN : pools.styleOf(Cell.style(cell));
  }

  private void open() {
    if (capabilities.synchronizes() && !opened) {
      out.ascii("\33[?2026h");
      opened = true;
    }
  }

  private void renewWhenDue(long nanos) {
    if (renewal.isDue(pools, nanos)) {
      pools = pools.renewed(buffer.cells, differ.numbered());
      buffer.adopt(pools);
    }
  }
}
