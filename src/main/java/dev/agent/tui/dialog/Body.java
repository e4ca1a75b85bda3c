package dev.agent.tui.dialog;

import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Theme;
import java.util.List;

/** Something to read inside a dialog, drawn for a width: a diff, a plan, a preview. */
@FunctionalInterface
public interface Body {
  /** Nothing. */
  Body EMPTY = (_, _) -> List.of();

  /** Its rows, each at most so wide. */
  List<Row> rows(int width, Theme theme);
}
