package dev.agent.mode.screen;

import dev.agent.tui.cell.CellScreen;
import dev.agent.tui.cell.CursorShape;
import dev.agent.tui.cell.Row;
import dev.agent.tui.view.Pane;
import dev.agent.tui.view.Screen;
import java.util.List;
import java.util.Optional;

/**
 * Brings rows onto the cells. A row that stood there in the frame before is on them already:
 * laid-out rows are kept, so most of a screen costs nothing, and to compare the others costs a
 * tenth of painting them.
 */
final class RowPainter {
  private final CellScreen cells;
  private List<Row> painted = List.of();

  RowPainter(CellScreen cells) {
    this.cells = cells;
  }

  /** The cells show something else now: everything is painted the next time. */
  void forget() {
    painted = List.of();
  }

  /** Paints a screen of the cells' size. */
  void paint(Screen screen, CursorShape shape) {
    List<Row> rows = screen.rows();
    int width = cells.buffer().columns();
    int count = Math.min(rows.size(), cells.buffer().rows());
    for (int y = 0; y < count; y++) {
      if (y >= painted.size() || !rows.get(y).equals(painted.get(y))) {
        cells.buffer().paint(rows.get(y), 0, y, width);
      }
    }
    painted = rows;
    Optional<Pane.Cursor> cursor = screen.cursor();
    if (cursor.isPresent()) {
      cells.cursor(cursor.get().column(), cursor.get().row(), shape);
    } else {
      cells.hideCursor();
    }
  }
}
