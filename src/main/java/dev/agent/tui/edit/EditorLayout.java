package dev.agent.tui.edit;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * An editor's text in rows, and where the cursor is among them. Immutable.
 *
 * @param rows at least one
 * @param cursorRow from 0
 * @param cursorColumn from 0, the prompt included
 */
public record EditorLayout(List<Row> rows, int cursorRow, int cursorColumn) {
  public EditorLayout {
    rows = List.copyOf(rows);
  }

  /** The layout of a state without a selection. */
  public static EditorLayout of(TextEditor.State state, EditorLook look, int width) {
    return of(state, look, width, 0, 0);
  }

  /**
   * The layout of a state.
   *
   * @param width all columns, those of the prompt included
   * @param selectedFrom the first selected position
   * @param selectedTo behind the last one; the same as the first = nothing is selected
   */
  public static EditorLayout of(
      TextEditor.State state, EditorLook look, int width, int selectedFrom, int selectedTo) {
    Wrap wrap = new Wrap(state.passage(), look.columns(width));
    Painter painter = new Painter(state.passage(), look, wrap, selectedFrom, selectedTo);
    List<Row> rows = new ArrayList<>();
    for (Wrap.Line line : wrap.lines()) {
      rows.add(painter.row(line, rows.isEmpty()));
    }
    int row = wrap.rowOf(state.cursor());
    return new EditorLayout(rows, row, look.prompt().width() + wrap.columnOf(row, state.cursor()));
  }

  /** The position in the text where a cell of the layout is: where a click puts the cursor. */
  public static int position(
      TextEditor.State state, EditorLook look, int width, int row, int column) {
    Wrap wrap = new Wrap(state.passage(), look.columns(width));
    return wrap.positionAt(
        Math.clamp(row, 0, wrap.lines().size() - 1), Math.max(0, column - look.prompt().width()));
  }

  /**
   * At most so many rows of it, the cursor's among them.
   *
   * @param first the first row that was shown before: it moves no farther than it must
   */
  public Window window(int height, int first) {
    int most = Math.max(1, height);
    int top = Math.clamp(first, 0, Math.max(0, rows.size() - most));
    if (cursorRow < top) {
      top = cursorRow;
    } else if (cursorRow >= top + most) {
      top = cursorRow - most + 1;
    }
    return new Window(
        new EditorLayout(
            rows.subList(top, Math.min(rows.size(), top + most)), cursorRow - top, cursorColumn),
        top);
  }

  /**
   * A part of a layout.
   *
   * @param first which row of the whole its first one is
   */
  public record Window(EditorLayout layout, int first) {}

  private record Painter(
      Passage passage, EditorLook look, Wrap wrap, int selectedFrom, int selectedTo) {

    Row row(Wrap.Line line, boolean first) {
      List<Span> spans = new ArrayList<>();
      spans.add(first ? look.prompt() : look.indent());
      if (passage.isEmpty() && !look.placeholder().text().isEmpty()) {
        spans.add(look.placeholder());
        return new Row(spans, false, Style.PLAIN);
      }
      int at = line.from();
      while (at < line.to()) {
        int end = styledEnd(at, line.to());
        spans.add(Span.of(shown(line.from(), at, end), style(at)));
        at = end;
      }
      return new Row(spans, line.continues(), Style.PLAIN);
    }

    private Style style(int at) {
      boolean inset = passage.pieces().stream().anyMatch(p -> p.from() <= at && at < p.to());
      Style style = inset ? look.inset() : look.text();
      return selectedFrom <= at && at < selectedTo ? look.selection().over(style) : style;
    }

    private int styledEnd(int at, int limit) {
      int end = limit;
      for (Piece piece : passage.pieces()) {
        end = nearer(nearer(end, at, piece.from()), at, piece.to());
      }
      return nearer(nearer(end, at, selectedFrom), at, selectedTo);
    }

    private static int nearer(int end, int at, int edge) {
      return edge > at && edge < end ? edge : end;
    }

    /** Tabs as the blanks that they are wide. */
    private String shown(int lineStart, int from, int to) {
      String text = passage.text().substring(from, to);
      if (text.indexOf('\t') < 0) {
        return text;
      }
      StringBuilder shown = new StringBuilder();
      int column = 0;
      for (int at = lineStart; at < to; ) {
        int next = Math.min(to, Cells.next(passage.text(), at));
        int width = wrap.width(at, next, column);
        if (at >= from) {
          shown.append(
              passage.text().charAt(at) == '\t'
                  ? " ".repeat(width)
                  : passage.text().substring(at, next));
        }
        column += width;
        at = next;
      }
      return shown.toString();
    }
  }
}
