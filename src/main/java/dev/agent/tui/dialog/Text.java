package dev.agent.tui.dialog;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Clusters;
import dev.agent.tui.cell.Hidden;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;

/** Fits text from outside into columns. */
final class Text {
  private Text() {}

  /** The text on one line with every character in sight; see {@link Hidden#exact}. */
  static String shown(String text) {
    return Hidden.exact(text);
  }

  /** The text wrapped at blanks where that is possible; line ends in it begin a new line. */
  static List<Row> wrap(String text, int width, Style style) {
    List<Row> rows = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      boolean first = true;
      for (String part : parts(shown(line), width)) {
        rows.add(
            new Row(
                part.isEmpty() ? List.of() : List.of(Span.of(part, style)), !first, Style.PLAIN));
        first = false;
      }
    }
    return rows;
  }

  /** One line in parts of at most so many columns; nothing of it is lost but a blank at a break. */
  static List<String> parts(String line, int width) {
    int most = Math.max(1, width);
    List<String> parts = new ArrayList<>();
    Clusters clusters = new Clusters().reset(line);
    int start = 0;
    int columns = 0;
    int blank = -1;
    while (clusters.next()) {
      int at = clusters.start();
      int wide = clusters.width();
      boolean isBlank = line.charAt(at) == ' ';
      // A blank may hang over the edge: then the next word begins the next row, not a blank.
      boolean hangs = isBlank && columns == most && at > blank + 1;
      if (columns + wide > most && columns > 0 && !hangs) {
        int cut = blank > start && blank < at ? blank + 1 : at;
        parts.add(line.substring(start, cut));
        start = cut;
        columns = Cells.width(line.substring(start, at));
      }
      if (isBlank) {
        blank = at;
      }
      columns += wide;
    }
    parts.add(line.substring(start));
    return parts.stream().map(part -> trimmedTo(part, most)).toList();
  }

  private static String trimmedTo(String part, int width) {
    return part.endsWith(" ") && Cells.width(part) > width
        ? part.substring(0, part.length() - 1)
        : part;
  }

  /** The beginning of a line, with an ellipsis where something is left out. */
  static String head(String line, int width) {
    return Cells.cut(line, width);
  }

  /** The end of a line behind an ellipsis: what tells paths apart. */
  static String tail(String line, int width) {
    int wide = Cells.width(line);
    if (wide <= width) {
      return line;
    }
    if (width < 1) {
      return "";
    }
    int start = Cells.indexAt(line, wide - width + 1);
    while (start < line.length() && Cells.width(line.substring(start)) > width - 1) {
      start = Cells.next(line, start);
    }
    return "…" + line.substring(start);
  }

  /** The text with blanks behind it up to so many columns. */
  static String padded(String line, int width) {
    return line + " ".repeat(Math.max(0, width - Cells.width(line)));
  }

  /** The row, or as much of it as fits. */
  static Row cut(Row row, int width) {
    if (row.width() <= width) {
      return row;
    }
    List<Span> spans = new ArrayList<>();
    int left = width;
    for (Span span : row.spans()) {
      int wide = span.width();
      if (wide <= left) {
        spans.add(span);
        left -= wide;
      } else {
        spans.add(new Span(head(span.text(), left), span.style(), span.link(), span.decoration()));
        break;
      }
    }
    return new Row(spans, row.continues(), row.fill());
  }
}
