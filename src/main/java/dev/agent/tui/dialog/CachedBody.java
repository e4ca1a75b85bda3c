package dev.agent.tui.dialog;

import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Theme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of a body as long as width and theme stay the same. Belongs to one thread. */
final class CachedBody implements Body {
  private final Body body;
  private List<Row> rows = List.of();
  private int width = -1;
  private @Nullable Theme theme;

  CachedBody(Body body) {
    this.body = body;
  }

  @Override
  public List<Row> rows(int newWidth, Theme newTheme) {
    if (newWidth != width || newTheme != theme) {
      rows = List.copyOf(body.rows(newWidth, newTheme));
      width = newWidth;
      theme = newTheme;
    }
    return rows;
  }
}
