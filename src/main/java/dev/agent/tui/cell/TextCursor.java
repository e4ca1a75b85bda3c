package dev.agent.tui.cell;

/**
 * The terminal's text cursor: where it is wanted, and what is known of how it is shown. For one
 * thread.
 */
final class TextCursor {
  private int x;
  private int y;
  private boolean wanted;
  private CursorShape shape = CursorShape.DEFAULT;
  private boolean shown = true;
  private CursorShape shapeShown = CursorShape.DEFAULT;

  /** It is to be seen on a cell. */
  void want(int column, int row, CursorShape newShape) {
    x = column;
    y = row;
    wanted = true;
    shape = newShape;
  }

  /** It is not to be seen. */
  void wantNone() {
    wanted = false;
  }

  /** The terminal shows it in its usual shape, as it does when it was reset. */
  void isReset() {
    shown = true;
    shapeShown = CursorShape.DEFAULT;
  }

  /** Hides it while something is drawn. */
  void hide(Bytes out) {
    if (shown) {
      out.ascii("\33[?25l");
      shown = false;
    }
  }

  /** Puts it where it is wanted, or hides it. */
  void place(TerminalWriter writer, Bytes out) {
    if (!wanted) {
      hide(out);
      return;
    }
    writer.moveTo(x, y);
    if (shapeShown != shape) {
      out.ascii("\33[").number(shape.code()).ascii(" q");
      shapeShown = shape;
    }
    if (!shown) {
      out.ascii("\33[?25h");
      shown = true;
    }
  }
}
