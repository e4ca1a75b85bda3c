package dev.agent.tui.dialog;

import dev.agent.shell.Analysis;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Clusters;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fits text from outside into columns. */
final class Text {
  private Text() {}

  /**
   * The text on one line with every character in sight that a person would not see, or would see as
   * another: controls as their symbols, others as {@code ⟨U+202E⟩}.
   */
  static String shown(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int length = Character.charCount(c);
      boolean hidden = c < ' ' || c == 0x7F || c > 0x7F && hides(text, i, length);
      if (hidden && out == null) {
        out = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (out != null) {
        if (!hidden) {
          out.appendCodePoint(c);
        } else if (c < ' ') {
          out.append((char) (0x2400 + c));
        } else if (c == 0x7F) {
          out.append('␡');
        } else {
          out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
        }
      }
      i += length;
    }
    return out == null ? text : out.toString();
  }

  private static boolean hides(String text, int at, int length) {
    return Analysis.hidesCharacters(text.substring(at, at + length));
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
