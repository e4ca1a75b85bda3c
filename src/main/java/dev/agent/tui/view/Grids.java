package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws rows under headings in columns; too wide ones give way first. */
final class Grids {
  private static final String GAP = "  ";

  private Grids() {}

  static List<Row> rows(Display.Table table, int width, Look look) {
    int columns =
        Math.max(
            table.headings().size(), table.rows().stream().mapToInt(List::size).max().orElse(0));
    if (columns == 0) {
      return List.of();
    }
    int[] widths = new int[columns];
    measure(table.headings(), widths);
    table.rows().forEach(row -> measure(row, widths));
    int room = Math.max(columns, width - (columns - 1) * GAP.length());
    while (Arrays.stream(widths).sum() > room) {
      int widest = 0;
      for (int i = 1; i < columns; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      widths[widest]--;
    }
    List<Row> rows = new ArrayList<>();
    if (!table.headings().isEmpty()) {
      rows.add(row(table.headings(), widths, look.bold(Token.TEXT)));
    }
    table.rows().forEach(row -> rows.add(row(row, widths, look.style(Token.TEXT))));
    return rows;
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < cells.size(); i++) {
      widths[i] = Math.max(widths[i], Math.min(200, Cells.width(clean(cells.get(i)))));
    }
  }

  private static Row row(List<String> cells, int[] widths, Style style) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      text.append(i > 0 ? GAP : "").append(Cells.pad(clean(cells.get(i)), widths[i]));
    }
    return Row.of(Span.of(text.toString().stripTrailing(), style));
  }

  private static String clean(String text) {
    return Cells.visible(text.replace('\n', ' ').replace('\t', ' '));
  }
}
