package dev.agent.tui.dialog;

import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;

/**
 * Where a dialog is drawn.
 *
 * @param width columns, at least 1
 * @param height the most rows that it may take, at least 1
 * @param armed whether keys answer; see {@link Armed}
 */
public record Canvas(int width, int height, Theme theme, boolean armed) {
  public Canvas {
    width = Math.max(1, width);
    height = Math.max(1, height);
  }

  Style style(Token token) {
    return theme.style(token);
  }

  /** Columns that stay free at the left. */
  int margin() {
    return width < 24 ? 0 : 1;
  }

  /** The same with other measures. */
  Canvas sized(int newWidth, int newHeight) {
    return new Canvas(newWidth, newHeight, theme, armed);
  }
}
