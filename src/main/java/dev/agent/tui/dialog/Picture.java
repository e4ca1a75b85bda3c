package dev.agent.tui.dialog;

import dev.agent.tui.cell.Row;
import java.util.List;
import java.util.Optional;

/**
 * A drawn dialog.
 *
 * @param rows from top to bottom, none wider than the canvas
 * @param targets for each row what a click on it means, for {@link Input.Clicked}; {@link #NOTHING}
 *     where it means nothing
 * @param cursor where text is typed; empty = no text row has the keys
 */
public record Picture(List<Row> rows, List<Integer> targets, Optional<Spot> cursor) {
  /** The target of a row that a click does nothing on. */
  public static final int NOTHING = -1;

  public Picture {
    rows = List.copyOf(rows);
    targets = List.copyOf(targets);
    if (rows.size() != targets.size()) {
      throw new IllegalArgumentException("each row has a target");
    }
  }

  /** A place, both from 0. */
  public record Spot(int row, int column) {}
}
