package dev.agent.tui.markup;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;

/** A table in a box whose columns share the room by need; where there is too little, a list. */
final class TableRows {
  /** A column need not be wider than this for the sake of a long word. */
  private static final int WORD_CAP = 14;

  private static final Span NO_HANG = Span.decoration("", Style.PLAIN);
  private static final Span HANG = Span.decoration("  ", Style.PLAIN);

  private final Theme theme;
  private final boolean links;
  private final Style rule;

  /** One cell: its spans, and how its column stands. */
  private record Cell(List<Span> spans, TableCell.Alignment alignment) {}

  TableRows(Theme theme, boolean links) {
    this.theme = theme;
    this.links = links;
    this.rule = theme.style(Token.RULE);
  }

  List<Row> rows(TableBlock table, int columns, Style base) {
    List<List<Cell>> cells = new ArrayList<>();
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        cells.add(cells(row, base));
      }
    }
    int count = cells.isEmpty() ? 0 : cells.getFirst().size();
    if (count == 0) {
      return List.of();
    }
    int[] widths = widths(cells, count, columns - 3 * count - 1);
    return widths.length == 0 ? list(cells, columns) : box(cells, widths);
  }

  private List<Cell> cells(Node row, Style base) {
    List<Cell> cells = new ArrayList<>();
    for (Node node = row.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof TableCell cell) {
        Style style = cell.isHeader() ? theme.style(Token.HEADING).over(base) : base;
        TableCell.Alignment alignment = cell.getAlignment();
        cells.add(
            new Cell(
                InlineText.of(cell, style, theme, links),
                alignment == null ? TableCell.Alignment.LEFT : alignment));
      }
    }
    return cells;
  }

  /** The columns' widths, in all at most {@code room}; empty where a box makes no sense. */
  private static int[] widths(List<List<Cell>> cells, int count, int room) {
    int[] natural = new int[count];
    int[] least = new int[count];
    for (List<Cell> row : cells) {
      for (int i = 0; i < Math.min(count, row.size()); i++) {
        measure(row.get(i).spans(), i, natural, least);
      }
    }
    if (Arrays.stream(least).sum() > room) {
      return new int[0];
    }
    int level = Arrays.stream(natural).max().orElse(1);
    if (Arrays.stream(natural).sum() > room) {
      level = 1;
      while (sum(natural, least, level + 1) <= room) {
        level++;
      }
    }
    int[] widths = new int[count];
    for (int i = 0; i < count; i++) {
      widths[i] = Math.max(least[i], Math.min(natural[i], level));
    }
    int rest = room - Arrays.stream(widths).sum();
    for (int i = 0; i < count && rest > 0; i++) {
      if (widths[i] < natural[i]) {
        widths[i]++;
        rest--;
      }
    }
    return widths;
  }

  private static int sum(int[] natural, int[] least, int level) {
    int sum = 0;
    for (int i = 0; i < natural.length; i++) {
      sum += Math.max(least[i], Math.min(natural[i], level));
    }
    return sum;
  }

  private static void measure(List<Span> spans, int column, int[] natural, int[] least) {
    int line = 0;
    int word = 0;
    natural[column] = Math.max(natural[column], 1);
    least[column] = Math.max(least[column], 1);
    for (Span span : spans) {
      if (span.text().equals("\n")) {
        line = 0;
        word = 0;
        continue;
      }
      line += span.width();
      natural[column] = Math.max(natural[column], line);
      String[] words = span.text().split(" ", -1);
      for (int i = 0; i < words.length; i++) {
        int width = Span.of(words[i], span.style()).width();
        word = i == 0 ? word + width : width;
        least[column] = Math.max(least[column], Math.min(word, WORD_CAP));
      }
    }
  }

  private List<Row> box(List<List<Cell>> cells, int[] widths) {
    List<List<List<Row>>> wrapped = new ArrayList<>();
    boolean tall = false;
    for (List<Cell> row : cells) {
      List<List<Row>> line = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        List<Span> spans = i < row.size() ? row.get(i).spans() : List.of();
        line.add(Wrapping.wrap(spans, widths[i], NO_HANG));
        tall |= wrapped.size() > 0 && line.getLast().size() > 1;
      }
      wrapped.add(line);
    }
    List<Row> rows = new ArrayList<>();
    rows.add(border(widths, "┌", "┬", "┐"));
    for (int i = 0; i < wrapped.size(); i++) {
      // Cells of several rows run into one another without a line between them.
      if (i == 1 || (i > 1 && tall)) {
        rows.add(border(widths, "├", "┼", "┤"));
      }
      row(wrapped.get(i), cells.getFirst(), widths, rows);
    }
    rows.add(border(widths, "└", "┴", "┘"));
    return rows;
  }

  private Row border(int[] widths, String left, String middle, String right) {
    StringBuilder line = new StringBuilder(left);
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : middle).append("─".repeat(widths[i] + 2));
    }
    return Row.of(Span.decoration(line.append(right).toString(), rule));
  }

  private void row(List<List<Row>> line, List<Cell> head, int[] widths, List<Row> rows) {
    int height = line.stream().mapToInt(List::size).max().orElse(1);
    for (int y = 0; y < height; y++) {
      List<Span> spans = new ArrayList<>();
      spans.add(Span.decoration("│ ", rule));
      for (int i = 0; i < widths.length; i++) {
        if (i > 0) {
          // The blanks are text: they keep the cells apart when the row is copied.
          spans.add(Span.of(" ", Style.PLAIN));
          spans.add(Span.decoration("│", rule));
          spans.add(Span.of(" ", Style.PLAIN));
        }
        Row cell = y < line.get(i).size() ? line.get(i).get(y) : Row.BLANK;
        int gap = Math.max(0, widths[i] - cell.width());
        int left =
            switch (head.get(i).alignment()) {
              case LEFT -> 0;
              case RIGHT -> gap;
              case CENTER -> gap / 2;
            };
        pad(spans, left);
        spans.addAll(cell.spans());
        pad(spans, gap - left);
      }
      spans.add(Span.decoration(" │", rule));
      rows.add(new Row(spans, false, Style.PLAIN));
    }
  }

  private static void pad(List<Span> spans, int blanks) {
    if (blanks > 0) {
      spans.add(Span.of(" ".repeat(blanks), Style.PLAIN));
    }
  }

  /** {@code Header: value}, a blank row between the rows of the table. */
  private List<Row> list(List<List<Cell>> cells, int columns) {
    List<Cell> head = cells.getFirst();
    List<Row> rows = new ArrayList<>();
    if (cells.size() == 1) {
      head.forEach(cell -> rows.addAll(Wrapping.wrap(cell.spans(), columns, HANG)));
    }
    for (List<Cell> row : cells.subList(1, cells.size())) {
      if (!rows.isEmpty()) {
        rows.add(Row.BLANK);
      }
      for (int i = 0; i < Math.min(head.size(), row.size()); i++) {
        List<Span> spans = new ArrayList<>(head.get(i).spans());
        if (!spans.isEmpty()) {
          spans.add(Span.of(": ", theme.style(Token.HEADING)));
        }
        spans.addAll(row.get(i).spans());
        rows.addAll(Wrapping.wrap(spans, columns, HANG));
      }
    }
    return rows;
  }
}
