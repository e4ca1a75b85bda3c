package dev.agent.tui.view;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** The list of keys, in as many columns as there is room for, up to three. */
public final class HelpRows {
  private static final int MAX_COLUMNS = 3;
  private static final int MARGIN = 2;
  private static final int GAP = 2;

  private HelpRows() {}

  /**
   * A key and what it does.
   *
   * @param keys as they are written: {@code ctrl+o}
   */
  public record Entry(String keys, String what) {}

  /** Entries below one another, as wide as the widest. */
  private record Column(List<Entry> entries, int keys, int whats) {
    static Column of(List<Entry> entries) {
      return new Column(
          entries,
          entries.stream().mapToInt(it -> Cells.width(it.keys())).max().orElse(0),
          entries.stream().mapToInt(it -> Cells.width(it.what())).max().orElse(0));
    }

    int width() {
      return keys + GAP + whats;
    }
  }

  /** All entries, column by column; where they don't fit, the last row counts the missing ones. */
  public static List<Row> rows(List<Entry> entries, int width, int maxRows, Look look) {
    List<Column> columns = columns(entries, width);
    int lines = columns.stream().mapToInt(it -> it.entries.size()).max().orElse(0);
    int shown = lines > maxRows ? Math.max(0, maxRows - 1) : lines;
    int spare = width - MARGIN - columns.stream().mapToInt(Column::width).sum();
    int gap = columns.size() > 1 ? Math.clamp(spare / (columns.size() - 1), GAP, 6) : 0;
    List<Row> rows = new ArrayList<>();
    for (int line = 0; line < shown; line++) {
      List<Span> spans = new ArrayList<>();
      spans.add(Span.decoration(" ".repeat(MARGIN), Style.PLAIN));
      for (Column column : columns) {
        if (line < column.entries.size()) {
          Entry entry = column.entries.get(line);
          spans.add(Span.of(Cells.pad(entry.keys(), column.keys + GAP), look.style(Token.ACCENT)));
          boolean last = column.equals(columns.getLast());
          String what = last ? entry.what() : Cells.pad(entry.what(), column.whats + gap);
          spans.add(Span.of(what, look.style(Token.DIM)));
        }
      }
      rows.add(Rows.cut(Row.of(spans.toArray(Span[]::new)), width, look.glyphs().ellipsis()));
    }
    if (shown < lines && maxRows > 0) {
      int hidden = columns.stream().mapToInt(it -> Math.max(0, it.entries.size() - shown)).sum();
      rows.add(
          Row.of(
              Span.decoration(
                  "  " + look.glyphs().ellipsis() + " +" + hidden + " (/help)",
                  look.style(Token.DIM))));
    }
    return rows;
  }

  private static List<Column> columns(List<Entry> entries, int width) {
    for (int count = MAX_COLUMNS; count > 1; count--) {
      List<Column> columns = split(entries, count);
      int needed = MARGIN + columns.stream().mapToInt(Column::width).sum();
      if (needed + (columns.size() - 1) * GAP <= width) {
        return columns;
      }
    }
    return split(entries, 1);
  }

  private static List<Column> split(List<Entry> entries, int count) {
    int lines = Math.max(1, (entries.size() + count - 1) / count);
    List<Column> columns = new ArrayList<>();
    for (int at = 0; at < entries.size(); at += lines) {
      columns.add(Column.of(entries.subList(at, Math.min(entries.size(), at + lines))));
    }
    return columns;
  }
}
