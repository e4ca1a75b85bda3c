package dev.agent.mode.screen;

import dev.agent.mode.interactive.Surfaces;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.Capabilities;
import dev.agent.tui.cell.CellBuffer;
import dev.agent.tui.cell.CellScreen;
import dev.agent.tui.cell.FrameSource;
import dev.agent.tui.view.Screen;

/** The full screen: every cell of it is the desk's. UI thread only. */
final class WholeScreen implements Face {
  private final CellScreen cells;
  private final RowPainter painter;

  WholeScreen(int columns, int rows, Capabilities capabilities) {
    this.cells = new CellScreen(columns, rows, capabilities);
    this.painter = new RowPainter(cells);
  }

  /** What was drawn. */
  CellBuffer cells() {
    return cells.buffer();
  }

  @Override
  public String name() {
    return Surfaces.FULLSCREEN;
  }

  @Override
  public boolean ownsScreen() {
    return true;
  }

  @Override
  public long calm() {
    return 0;
  }

  @Override
  public FrameSource frames() {
    return cells;
  }

  @Override
  public Bytes draw(Desk desk, long now) {
    Screen shown = desk.screen(columns(), rows(), now);
    painter.paint(shown, desk.cursorShape());
    return cells.frame(now);
  }

  @Override
  public byte[] parting() {
    return new byte[0];
  }

  @Override
  public Bytes last(Desk desk, boolean isEnd, long now) {
    return new Bytes();
  }

  @Override
  public void skip(long first) {}

  @Override
  public void resized(int columns, int rows) {
    cells.resize(columns, rows);
    painter.forget();
  }

  @Override
  public void forget() {
    painter.forget();
  }

  @Override
  public void repaint() {
    painter.forget();
    cells.repaint();
  }

  @Override
  public void cleared() {
    painter.forget();
    cells.isCleared();
  }
}
