package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** The task list below the spinner: the last one done, the current one, the next three. */
final class TodoRows {
  static final String DONE = "completed";
  static final String CURRENT = "in_progress";
  private static final int MAX_ROWS = 5;
  private static final int NEXT = 3;

  private TodoRows() {}

  /** At most five rows; none when nothing is left to do. */
  static List<Row> rows(List<Display.Todo> todos, int width, Look look) {
    int current = current(todos);
    if (current < 0) {
      return List.of();
    }
    List<Integer> shown = new ArrayList<>();
    int lastDone = lastDone(todos);
    if (lastDone >= 0) {
      shown.add(lastDone);
    }
    shown.add(current);
    int next = 0;
    for (int i = 0; i < todos.size() && next < NEXT && shown.size() < MAX_ROWS; i++) {
      if (i != current && !todos.get(i).status().equals(DONE)) {
        shown.add(i);
        next++;
      }
    }
    shown.sort(null);
    return rows(todos, shown, width, look);
  }

  private static List<Row> rows(
      List<Display.Todo> todos, List<Integer> shown, int width, Look look) {
    long done = todos.stream().filter(it -> it.status().equals(DONE)).count();
    long hiddenDone = done - shown.stream().filter(i -> todos.get(i).status().equals(DONE)).count();
    long hiddenOpen = todos.size() - shown.size() - hiddenDone;
    String more =
        (hiddenOpen > 0 ? " +" + hiddenOpen + " more" : "")
            + (hiddenDone > 0 ? " +" + hiddenDone + " done" : "");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      Row row = row(todos.get(shown.get(i)), look).after(Span.decoration("  ", Style.PLAIN));
      boolean last = i == shown.size() - 1;
      String tail = last && !more.isEmpty() ? "   " + look.glyphs().ellipsis() + more : "";
      Row cut = Rows.cut(row, Math.max(1, width - Cells.width(tail)), look.glyphs().ellipsis());
      List<Span> spans = new ArrayList<>(cut.spans());
      spans.add(Span.decoration(tail, look.style(Token.DIM)));
      rows.add(Row.of(spans.toArray(Span[]::new)));
    }
    return rows;
  }

  /** The task in progress, else the first open one; -1 when all are done. */
  private static int current(List<Display.Todo> todos) {
    int open = -1;
    for (int i = 0; i < todos.size(); i++) {
      if (todos.get(i).status().equals(CURRENT)) {
        return i;
      }
      if (open < 0 && !todos.get(i).status().equals(DONE)) {
        open = i;
      }
    }
    return open;
  }

  private static int lastDone(List<Display.Todo> todos) {
    for (int i = todos.size() - 1; i >= 0; i--) {
      if (todos.get(i).status().equals(DONE)) {
        return i;
      }
    }
    return -1;
  }

  /** One task with its sign. */
  static Row row(Display.Todo todo, Look look) {
    String text = Cells.visible(todo.content().replace('\n', ' '));
    return switch (todo.status()) {
      case DONE ->
          Row.of(
              Span.decoration(look.glyphs().done() + " ", look.sign(Token.SUCCESS)),
              Span.of(text, look.style(Token.DIM)));
      case CURRENT ->
          Row.of(
              Span.decoration(look.glyphs().current() + " ", look.sign(Token.ACCENT)),
              Span.of(text, look.bold(Token.TEXT)));
      default ->
          Row.of(
              Span.decoration(look.glyphs().open() + " ", look.style(Token.DIM)),
              Span.of(text, look.style(Token.TEXT)));
    };
  }
}
