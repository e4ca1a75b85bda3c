package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import java.util.ArrayList;
import java.util.List;

/** Texts without any form, for tests of what stands around them. */
final class PlainBody implements BodyRows {
  @Override
  public List<Row> answer(Answer answer, int width) {
    List<Row> rows =
        Wrapping.wrap(
            List.of(Span.of(answer.text(), Style.PLAIN)),
            Math.max(1, width - 2),
            Span.decoration("", Style.PLAIN));
    return Rows.cut(Rows.prefixed(rows, answer.first(), answer.rest()), width, "");
  }

  @Override
  public List<Row> lines(String text) {
    return text.lines()
        .map(line -> Row.of(Cells.expandTabs(Cells.visible(line), 8), Style.PLAIN))
        .toList();
  }

  @Override
  public List<Row> diff(Display.Diff diff, int width) {
    List<Row> rows = new ArrayList<>();
    diff.hunks().forEach(hunk -> hunk.lines().forEach(it -> rows.add(Row.of(it, Style.PLAIN))));
    return rows;
  }
}
