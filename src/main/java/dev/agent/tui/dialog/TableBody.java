package dev.agent.tui.dialog;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a panel: columns where they fit, else each row as a list of {@code Heading: value}.
 */
public final class TableBody implements Body {
  private static final int GAP = 2;

  private final List<Column> columns;
  private final List<List<String>> rows;

  public TableBody(Section.Table table) {
    this.columns = table.columns();
    this.rows = table.rows().stream().map(row -> row.stream().map(Text::shown).toList()).toList();
  }

  @Override
  public List<Row> rows(int width, Theme theme) {
    int[] widths = new int[columns.size()];
    int sum = GAP * (widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Cells.width(heading(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], Cells.width(row.get(i)));
      }
      sum += widths[i];
    }
    return sum <= width ? beside(widths, theme) : list(width, theme);
  }

  private String heading(int column) {
    return Text.shown(columns.get(column).heading());
  }

  private List<Row> beside(int[] widths, Theme theme) {
    List<Row> out = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      headings.add(heading(i));
    }
    if (headings.stream().anyMatch(heading -> !heading.isBlank())) {
      out.add(row(headings, widths, theme.style(Token.DIM)));
    }
    rows.forEach(row -> out.add(row(row, widths, theme.style(Token.TEXT))));
    return out;
  }

  private Row row(List<String> cells, int[] widths, Style style) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - Cells.width(cells.get(i)));
      line.append(columns.get(i).number() ? padding + cells.get(i) : cells.get(i) + padding);
      line.append(" ".repeat(GAP));
    }
    return Row.of(line.toString().stripTrailing(), style);
  }

  private List<Row> list(int width, Theme theme) {
    List<Row> out = new ArrayList<>();
    for (List<String> row : rows) {
      if (!out.isEmpty()) {
        out.add(Row.BLANK);
      }
      for (int i = 0; i < row.size(); i++) {
        if (!row.get(i).isEmpty()) {
          out.addAll(member(heading(i), row.get(i), width, theme));
        }
      }
    }
    return out;
  }

  private static List<Row> member(String heading, String value, int width, Theme theme) {
    Style dim = theme.style(Token.DIM);
    Style text = theme.style(Token.TEXT);
    Span label = Span.of(heading.isBlank() ? "" : heading + ": ", dim);
    List<Row> out = new ArrayList<>();
    if (label.width() + 8 > width) {
      out.addAll(Text.wrap(heading + ":", width, dim));
      out.addAll(Text.wrap(value, width, text));
      return out;
    }
    for (Row part : Text.wrap(value, width - label.width(), text)) {
      out.add(
          part.after(
              out.isEmpty() ? label : Span.decoration(" ".repeat(label.width()), Style.PLAIN)));
    }
    return out;
  }
}
