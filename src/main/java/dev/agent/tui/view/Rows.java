package dev.agent.tui.view;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import java.util.ArrayList;
import java.util.List;

/** Work on rows that all views share. Pure. */
final class Rows {
  private Rows() {}

  /** The rows of a text, wrapped at words. */
  static List<Row> wrap(int width, Span... spans) {
    return Wrapping.wrap(List.of(spans), Math.max(1, width), Span.decoration("", Style.PLAIN));
  }

  /** One piece in front of the first row, another in front of all others. */
  static List<Row> prefixed(List<Row> rows, Span first, Span others) {
    List<Row> all = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      all.add(rows.get(i).after(i == 0 ? first : others));
    }
    return all;
  }

  /** The row if it fits, else its beginning with the sign for what is left out. */
  static Row cut(Row row, int width, String ellipsis) {
    if (row.width() <= width) {
      return row;
    }
    List<Span> spans = new ArrayList<>();
    int room = Math.max(0, width - Cells.width(ellipsis));
    for (Span span : row.spans()) {
      int wide = span.width();
      if (wide <= room) {
        spans.add(span);
        room -= wide;
      } else {
        String text = Cells.truncate(span.text(), room) + ellipsisFits(ellipsis, width);
        spans.add(new Span(text, span.style(), span.link(), span.decoration()));
        break;
      }
    }
    return with(row, spans);
  }

  private static Row with(Row row, List<Span> spans) {
    return new Row(spans, row.continues(), row.joint(), row.fill());
  }

  private static String ellipsisFits(String ellipsis, int width) {
    return Cells.width(ellipsis) <= width ? ellipsis : "";
  }

  /** All rows cut to a width. */
  static List<Row> cut(List<Row> rows, int width, String ellipsis) {
    for (Row row : rows) {
      if (row.width() > width) {
        return rows.stream().map(it -> cut(it, width, ellipsis)).toList();
      }
    }
    return rows;
  }

  /** Something at the left, something at the right edge; the right gives way. */
  static Row spread(Row left, Row right, int width) {
    int gap = width - left.width() - right.width();
    if (gap < 1) {
      return left;
    }
    List<Span> spans = new ArrayList<>(left.spans());
    if (!right.spans().isEmpty()) {
      spans.add(Span.decoration(" ".repeat(gap), Style.PLAIN));
      spans.addAll(right.spans());
    }
    return with(left, spans);
  }

  /** A row with the style below all of its pieces, to the right edge. */
  static Row on(Row row, Style below) {
    List<Span> spans = new ArrayList<>();
    for (Span span : row.spans()) {
      spans.add(new Span(span.text(), span.style().over(below), span.link(), span.decoration()));
    }
    return new Row(spans, row.continues(), row.joint(), below);
  }

  /** Roughly how many bytes rows take in memory. */
  static long bytes(List<Row> rows) {
    long bytes = 48;
    for (Row row : rows) {
      bytes += 72;
      for (Span span : row.spans()) {
        bytes += 80 + span.text().length() * 2L;
      }
    }
    return bytes;
  }
}
