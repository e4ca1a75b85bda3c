package dev.agent.tui.dialog;

import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a long body that is in sight. It learns the measures when it is drawn; mutable, owned
 * by its dialog.
 */
final class Scroll {
  private int top;
  private int page = 1;
  private int total;
  private int seen;
  private boolean sawAll;

  /** As many of the lines as fit, and where they stand when those are not all. */
  List<Line> window(List<Line> lines, int height, Canvas canvas) {
    boolean counted = lines.size() > height && height >= 3;
    page = Math.max(0, Math.min(lines.size(), counted ? height - 1 : height));
    if (lines.size() != total) {
      total = lines.size();
      seen = 0;
    }
    clamp();
    if (top <= seen) {
      seen = Math.max(seen, top + page);
    }
    sawAll |= seen >= total;
    List<Line> window = new ArrayList<>(lines.subList(top, top + page));
    if (counted) {
      Style dim = canvas.style(Token.DIM);
      String place = "rows " + (top + 1) + "–" + (top + page) + " of " + total;
      String keys =
          canvas.width() >= 40
              ? " · " + canvas.key(Action.PAGE_UP) + "/" + canvas.hint(Action.PAGE_DOWN, "scroll")
              : "";
      window.add(Line.of(" ".repeat(canvas.margin() * 3) + place + keys, dim));
    }
    return window;
  }

  /** Whether every line was in sight at some time. */
  boolean sawAll() {
    return sawAll;
  }

  /** Another text: it begins at the top and nobody has read it. */
  void reset() {
    top = 0;
    seen = 0;
    total = 0;
    sawAll = false;
  }

  /** Scrolls; whether the key means that. */
  boolean on(Input input) {
    switch (input) {
      case Input.Wheel(int rows) -> move(rows);
      case Input.Pressed pressed when pressed.means(Action.PAGE_UP) -> move(1 - page);
      case Input.Pressed pressed when pressed.means(Action.PAGE_DOWN) -> move(page - 1);
      case Input.Pressed pressed when pressed.means(Action.SCROLL_UP) -> move(-1);
      case Input.Pressed pressed when pressed.means(Action.SCROLL_DOWN) -> move(1);
      case Input.Pressed pressed when pressed.means(Action.TOP) -> move(-total);
      case Input.Pressed pressed when pressed.means(Action.BOTTOM) -> move(total);
      case Input.Pressed _, Input.Pasted _, Input.Clicked _, Input.Edited _ -> {
        return false;
      }
    }
    return true;
  }

  /** Scrolls by rows; a page keeps one row in sight, and moves by one at least. */
  void move(int rows) {
    top += rows == 0 ? 1 : rows;
    clamp();
  }

  private void clamp() {
    top = Math.max(0, Math.min(top, total - page));
  }
}
