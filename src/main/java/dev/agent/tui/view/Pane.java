package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import java.util.List;
import java.util.Optional;

/** A part of the screen that somebody else draws: the composer, a dialog, a list of completions. */
@FunctionalInterface
public interface Pane {
  /** Nothing. */
  Pane NONE = (width, maxRows) -> new Drawn(List.of(), Optional.empty());

  /** Draws it in at most so many rows; fewer rows are fine. */
  Drawn draw(int width, int maxRows);

  /**
   * What was drawn.
   *
   * @param cursor where the text cursor stands; empty when no text is edited
   */
  record Drawn(List<Row> rows, Optional<Cursor> cursor) {
    public Drawn {
      rows = List.copyOf(rows);
    }

    /** Rows without a cursor. */
    public static Drawn of(List<Row> rows) {
      return new Drawn(rows, Optional.empty());
    }
  }

  /** A cell, both from 0. */
  record Cursor(int row, int column) {}
}
