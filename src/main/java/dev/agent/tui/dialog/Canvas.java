package dev.agent.tui.dialog;

import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;

/**
 * Where a dialog is drawn.
 *
 * @param width columns, at least 1
 * @param height the most rows that it may take, at least 1
 * @param armed whether keys answer; see {@link Armed}
 * @param keymap which keys the hints name
 */
public record Canvas(int width, int height, Theme theme, boolean armed, Keymap keymap) {
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

  /** The key that does something in a dialog; empty when none does. */
  String key(Action action) {
    return keymap.keys(KeyContext.DIALOG, action).stream()
        .findFirst()
        .map(keys -> keys.toString().replace("pageup", "pgup").replace("pagedown", "pgdn"))
        .orElse("");
  }

  /** A hint such as "esc cancel"; empty when no key does it. */
  String hint(Action action, String what) {
    String key = key(action);
    return key.isEmpty() ? "" : key + " " + what;
  }
}
