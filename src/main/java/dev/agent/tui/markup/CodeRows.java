package dev.agent.tui.markup;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Code as rows, line after line: nothing stands left of it, and a line that wraps is copied as one.
 */
final class CodeRows {
  /** Columns from one tab stop to the next. */
  static final int TAB = 4;

  private final Highlighter.Session session;
  private final int columns;
  private final SyntaxStyles styles;
  private final List<Row> rows = new ArrayList<>();

  CodeRows(Highlighter.Session session, int columns, Theme theme) {
    this.session = session;
    this.columns = columns;
    this.styles = new SyntaxStyles(theme, theme.style(Token.CODE_BLOCK));
  }

  /** Adds a line, without its end. */
  void line(String line) {
    String shown = shown(line);
    rows.addAll(wrap(shown, session.line(shown)));
  }

  /** The rows so far. */
  List<Row> rows() {
    return rows;
  }

  /** The rows of a line that may still grow; nothing is kept. */
  List<Row> preview(String line) {
    String shown = shown(line);
    return wrap(shown, session.preview(shown));
  }

  private List<Row> wrap(String line, List<Highlighter.Run> runs) {
    List<Span> spans = styles.spans(line, runs);
    if (line.length() <= columns && Cells.width(line) <= columns) {
      return List.of(new Row(spans, false, Style.PLAIN));
    }
    return Wrapping.wrap(spans, columns, hang(line, columns));
  }

  /** Rows that go on with a line stand as far in as the line; for the eye only. */
  static Span hang(String line, int columns) {
    int indent = 0;
    while (indent < Math.min(line.length(), columns / 2) && line.charAt(indent) == ' ') {
      indent++;
    }
    return Span.decoration(" ".repeat(indent), Style.PLAIN);
  }

  /** A line of code as it may be shown. */
  static String shown(String line) {
    return Cells.expandTabs(Cells.visible(line), TAB);
  }
}
