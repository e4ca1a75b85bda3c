package dev.agent.tui.edit;

import dev.agent.tui.input.Key;

/** Keys by the names that vim's commands have for them. */
final class VimKeys {
  static final String ESCAPE = "esc";
  static final String ENTER = "enter";
  static final String REDO = "redo";

  private VimKeys() {}

  /** A key as vim names it; empty when it is none of vim's. */
  static String name(Key key) {
    String text = key.text();
    if (key.types()) {
      return text;
    }
    if (key.isCtrlDown() && !key.isAltDown() && !text.isEmpty()) {
      return text.equals("[") ? ESCAPE : text.equals("r") ? REDO : "";
    }
    if (key.isCtrlDown() || key.isAltDown() || key.isShiftDown()) {
      return "";
    }
    return switch (key.getKeyType()) {
      case Escape -> ESCAPE;
      case Enter -> ENTER;
      case ArrowLeft, Backspace -> "h";
      case ArrowRight -> "l";
      case ArrowUp -> "k";
      case ArrowDown -> "j";
      case Home -> "0";
      case End -> "$";
      case Delete -> "x";
      default -> "";
    };
  }
}
