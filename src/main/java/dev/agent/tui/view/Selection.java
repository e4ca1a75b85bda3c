package dev.agent.tui.view;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of text in rows, and what is copied of it: soft-wrapped rows are one line, gutters and
 * other decorations are left out, blanks at the ends of lines are trimmed.
 *
 * @param from the first cell
 * @param to the cell behind the last one
 */
public record Selection(Place from, Place to) {

  /** A cell of a list of rows, both from 0. */
  public record Place(int row, int column) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return row != other.row ? Integer.compare(row, other.row) : column - other.column;
    }
  }

  /** The range between two cells, both included, in whichever order. */
  public static Selection between(Place one, Place other) {
    Place first = one.compareTo(other) <= 0 ? one : other;
    Place last = one.compareTo(other) <= 0 ? other : one;
    return new Selection(first, new Place(last.row, last.column + 1));
  }

  /** The word at a cell: letters, digits and what paths are made of; else the one cell. */
  public static Selection word(List<Row> rows, Place at) {
    String text = cells(rows.get(at.row));
    int column = Math.min(at.column, Math.max(0, text.length() - 1));
    if (text.isEmpty() || !isWord(text.charAt(column))) {
      return new Selection(at, new Place(at.row, at.column + 1));
    }
    int start = column;
    while (start > 0 && isWord(text.charAt(start - 1))) {
      start--;
    }
    int end = column + 1;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return new Selection(new Place(at.row, start), new Place(at.row, end));
  }

  /** The whole line at a row, soft wraps included. */
  public static Selection line(List<Row> rows, int row) {
    int first = row;
    while (first > 0 && rows.get(first).continues()) {
      first--;
    }
    int last = row;
    while (last + 1 < rows.size() && rows.get(last + 1).continues()) {
      last++;
    }
    return new Selection(new Place(first, 0), new Place(last, rows.get(last).width()));
  }

  /** A row as one char a cell: the second half of a wide character is as the first. */
  private static String cells(Row row) {
    StringBuilder cells = new StringBuilder();
    for (Span span : row.spans()) {
      for (int at = 0; at < span.text().length(); ) {
        int next = Cells.next(span.text(), at);
        int width = Cells.width(span.text().substring(at, next));
        // A decoration ends a word wherever it stands.
        char shown = span.decoration() ? ' ' : span.text().charAt(at);
        cells.append(String.valueOf(shown).repeat(width));
        at = next;
      }
    }
    return cells.toString();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || "_-./~@+:$".indexOf(c) >= 0;
  }

  /** What is copied. */
  public String text(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int i = Math.max(0, from.row); i <= to.row && i < rows.size(); i++) {
      Row row = rows.get(i);
      if (i > from.row) {
        if (row.continues()) {
          line.append(row.joint());
        } else {
          text.append(line.toString().stripTrailing()).append('\n');
          line.setLength(0);
        }
      }
      line.append(
          part(row, i == from.row ? from.column : 0, i == to.row ? to.column : Integer.MAX_VALUE));
    }
    return text.append(line.toString().stripTrailing()).toString();
  }

  private static String part(Row row, int start, int end) {
    StringBuilder part = new StringBuilder();
    int column = 0;
    for (Span span : row.spans()) {
      int width = span.width();
      if (!span.decoration() && column < end && column + width > start) {
        part.append(slice(span.text(), start - column, end - column));
      }
      column += width;
    }
    return part.toString();
  }

  /** The clusters of a text that meet a range of columns. */
  private static String slice(String text, int start, int end) {
    StringBuilder slice = new StringBuilder();
    int column = 0;
    for (int at = 0; at < text.length() && column < end; ) {
      int next = Cells.next(text, at);
      int width = Cells.width(text.substring(at, next));
      if (column + width > start) {
        slice.append(text, at, next);
      }
      column += width;
      at = next;
    }
    return slice.toString();
  }

  /** The row with the selected cells in a style; decorations are not marked. */
  public Row mark(Row row, int index, Style style) {
    if (index < from.row || index > to.row) {
      return row;
    }
    int start = index == from.row ? from.column : 0;
    int end = index == to.row ? to.column : Integer.MAX_VALUE;
    List<Span> spans = new ArrayList<>();
    int column = 0;
    for (Span span : row.spans()) {
      int width = span.width();
      if (span.decoration() || column >= end || column + width <= start) {
        spans.add(span);
      } else {
        String before = slice(span.text(), 0, Math.max(0, start - column));
        String inside = part(span.text(), before.length(), end - column);
        String behind = span.text().substring(before.length() + inside.length());
        add(spans, span, before, span.style());
        add(spans, span, inside, style.over(span.style()));
        add(spans, span, behind, span.style());
      }
      column += width;
    }
    return new Row(spans, row.continues(), row.joint(), row.fill());
  }

  private static String part(String text, int from, int endColumn) {
    return text.substring(from, Math.max(from, slice(text, 0, endColumn).length()));
  }

  private static void add(List<Span> spans, Span like, String text, Style style) {
    if (!text.isEmpty()) {
      spans.add(new Span(text, style, like.link(), like.decoration()));
    }
  }

  /** The columns of a row that are text. */
  static int textWidth(Row row) {
    int width = 0;
    for (Span span : row.spans()) {
      width += span.decoration() ? 0 : span.width();
    }
    return width;
  }
}
