package dev.agent.tui.dialog;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A text row in a dialog. Mutable, owned by its dialog. */
final class Field {
  private final String placeholder;
  private final StringBuilder text = new StringBuilder();
  private int cursor;

  /**
   * @param placeholder shown while it is empty
   */
  Field(String placeholder) {
    this.placeholder = placeholder;
  }

  String text() {
    return text.toString();
  }

  /** Replaces the text; the cursor goes to its end. */
  void text(String newText) {
    text.setLength(0);
    text.append(newText);
    cursor = text.length();
  }

  /** Takes what edits text; whether it was that. */
  boolean on(Input input) {
    return switch (input) {
      case Input.Pasted(String pasted) -> insert(pasted);
      case Input.Pressed(var key, var action) ->
          action.isPresent() ? edit(action.get()) : key.types() && insert(key.text());
      case Input.Wheel _, Input.Clicked _, Input.Edited _ -> false;
    };
  }

  private boolean insert(String more) {
    text.insert(cursor, more);
    cursor += more.length();
    return true;
  }

  private boolean edit(Action action) {
    switch (action) {
      case NEWLINE -> insert("\n");
      case LEFT -> cursor = before();
      case RIGHT -> cursor = after();
      case LINE_START -> cursor = text.lastIndexOf("\n", cursor - 1) + 1;
      case LINE_END -> {
        int end = text.indexOf("\n", cursor);
        cursor = end < 0 ? text.length() : end;
      }
      case DELETE_BACKWARD -> {
        int from = before();
        text.delete(from, cursor);
        cursor = from;
      }
      case DELETE_FORWARD, DELETE_FORWARD_OR_EXIT -> text.delete(cursor, after());
      case KILL_TO_START -> {
        text.delete(0, cursor);
        cursor = 0;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private int before() {
    return cursor == 0 ? 0 : Math.max(0, clusters().preceding(cursor));
  }

  private int after() {
    return cursor == text.length() ? cursor : clusters().following(cursor);
  }

  private BreakIterator clusters() {
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text.toString());
    return clusters;
  }

  /** Its rows in so many columns. */
  List<Line> lines(Canvas canvas, int width, boolean hasKeys) {
    Style style = canvas.style(Token.TEXT);
    if (text.isEmpty()) {
      Line line = Line.of(Text.head(placeholder, width), canvas.style(Token.DIM));
      return List.of(hasKeys ? line.cursor(0) : line);
    }
    List<Line> lines = new ArrayList<>();
    int at = 0;
    for (String paragraph : text.toString().split("\n", -1)) {
      String rest = paragraph;
      do {
        // The last column stays free for the cursor.
        String part = Text.parts(rest, Math.max(1, width - 1)).getFirst();
        rest = rest.substring(part.length());
        boolean last = rest.isEmpty();
        Line line = Line.of(part, style);
        boolean here =
            cursor >= at && (last ? cursor <= at + part.length() : cursor < at + part.length());
        lines.add(
            hasKeys && here
                ? line.cursor(Cells.width(text.substring(at, Math.max(at, cursor))))
                : line);
        at += part.length();
      } while (!rest.isEmpty());
      at++;
    }
    return lines;
  }

  /** Its rows behind a label. */
  List<Line> lines(Canvas canvas, Span label, int width, boolean hasKeys) {
    List<Line> labelled = new ArrayList<>();
    for (Line line : lines(canvas, Math.max(1, width - label.width()), hasKeys)) {
      labelled.add(labelled.isEmpty() ? line.after(label) : line.indented(label.width()));
    }
    return labelled;
  }
}
