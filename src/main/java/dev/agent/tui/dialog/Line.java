package dev.agent.tui.dialog;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row on its way into a {@link Picture}.
 *
 * @param target what a click on it means
 * @param cursor the column of the cursor; -1 = it is not here
 * @param focus whether it has to be seen, however little room there is
 */
record Line(Row row, int target, int cursor, boolean focus) {
  static final Line BLANK = of(Row.BLANK);

  static Line of(Row row) {
    return new Line(row, Picture.NOTHING, -1, false);
  }

  static Line of(String text, Style style) {
    return of(text.isEmpty() ? Row.BLANK : Row.of(text, style));
  }

  static List<Line> of(List<Row> rows) {
    return rows.stream().map(Line::of).toList();
  }

  Line target(int newTarget) {
    return new Line(row, newTarget, cursor, focus);
  }

  Line cursor(int column) {
    return new Line(row, target, column, true);
  }

  Line focus(boolean newFocus) {
    return new Line(row, target, cursor, newFocus);
  }

  /** With something in front of it. */
  Line after(Span first) {
    return new Line(row.after(first), target, cursor < 0 ? cursor : cursor + first.width(), focus);
  }

  /** Shifted to the right. */
  Line indented(int columns) {
    return columns == 0 ? this : after(Span.decoration(" ".repeat(columns), Style.PLAIN));
  }

  static List<Line> indented(List<Line> lines, int columns) {
    return lines.stream().map(line -> line.indented(columns)).toList();
  }

  /** So many of the lines, those with focus among them. */
  static List<Line> window(List<Line> lines, int height) {
    if (lines.size() <= height) {
      return lines;
    }
    int first = -1;
    for (int i = 0; i < lines.size() && first < 0; i++) {
      first = lines.get(i).focus ? i : -1;
    }
    int from = Math.clamp(first - height / 2L, 0, lines.size() - height);
    return lines.subList(from, from + height);
  }

  static Picture picture(List<Line> lines, int width) {
    List<Row> rows = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    Optional<Picture.Spot> cursor = Optional.empty();
    for (Line line : lines) {
      if (line.cursor >= 0 && cursor.isEmpty()) {
        cursor = Optional.of(new Picture.Spot(rows.size(), Math.min(line.cursor, width - 1)));
      }
      rows.add(Text.cut(line.row, width));
      targets.add(line.target);
    }
    return new Picture(rows, targets, cursor);
  }
}
