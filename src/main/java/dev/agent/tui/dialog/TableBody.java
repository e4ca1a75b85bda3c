package dev.agent.tui.dialog;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for a panel: columns where they fit, else each row as a list of {@code Heading: value}.
 */
public final class TableBody implements Body {
  private static final int GAP = 2;

  private final List<String> headings;
  private final List<List<String>> rows;

  public TableBody(Display.Table table) {
    this.headings = table.headings().stream().map(Text::shown).toList();
    this.rows = table.rows().stream().map(row -> row.stream().map(Text::shown).toList()).toList();
  }

  @Override
  public List<Row> rows(int width, Theme theme) {
    int[] widths = widths();
    int sum = GAP * (widths.length - 1);
    for (int each : widths) {
      sum += each;
    }
    return sum <= width ? columns(widths, theme) : list(width, theme);
  }

  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Cells.width(headings.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], i < row.size() ? Cells.width(row.get(i)) : 0);
      }
    }
    return widths;
  }

  private List<Row> columns(int[] widths, Theme theme) {
    List<Row> out = new ArrayList<>();
    out.add(row(headings, widths, theme.style(Token.HEADING)));
    rows.forEach(row -> out.add(row(row, widths, theme.style(Token.TEXT))));
    return out;
  }

  private static Row row(List<String> cells, int[] widths, Style style) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = i < cells.size() ? cells.get(i) : "";
      line.append(Text.padded(cell, widths[i])).append(" ".repeat(GAP));
    }
    return Row.of(line.toString().stripTrailing(), style);
  }

  private List<Row> list(int width, Theme theme) {
    List<Row> out = new ArrayList<>();
    for (List<String> row : rows) {
      if (!out.isEmpty()) {
        out.add(Row.BLANK);
      }
      for (int i = 0; i < Math.min(row.size(), headings.size()); i++) {
        if (!row.get(i).isEmpty()) {
          Span heading = Span.of(headings.get(i) + ": ", theme.style(Token.DIM));
          boolean fits = heading.width() + 8 <= width;
          int room = fits ? width - heading.width() : width;
          List<Row> value = Text.wrap(row.get(i), room, theme.style(Token.TEXT));
          if (!fits) {
            out.addAll(Text.wrap(headings.get(i) + ":", width, theme.style(Token.DIM)));
            out.addAll(value);
          } else {
            for (Row part : value) {
              out.add(
                  part.after(
                      part.continues()
                          ? Span.decoration(" ".repeat(heading.width()), Style.PLAIN)
                          : heading));
            }
          }
        }
      }
    }
    return out;
  }
}
