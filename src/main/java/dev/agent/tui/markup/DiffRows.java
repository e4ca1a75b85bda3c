package dev.agent.tui.markup;

import dev.agent.tool.Display;
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
 * A change of a file as rows: line numbers, signs, tinted rows, changed words in a stronger tint,
 * code in its colours. The signs are always there, so colour is never needed. Numbers and signs are
 * decoration: what is copied is code. Immutable and thread-safe.
 */
public final class DiffRows {
  /** From this width on both sides fit next to each other. */
  private static final int SPLIT_COLUMNS = 160;

  /** Below this width even whoever asks for it gets one column of code. */
  private static final int LEAST_SPLIT = 40;

  /** Less room for code than this is not worth a gutter. */
  private static final int LEAST_CODE = 8;

  private final Highlighter highlighter;
  private final Layout layout;

  /** Where the old and the new lines stand. */
  public enum Layout {
    /** Side by side where the screen is wide enough and there is something on both sides. */
    AUTO,
    /** One below the other. */
    UNIFIED,
    /** Side by side. */
    SPLIT
  }

  /** How many lines came and went. */
  public record Count(int added, int removed) {}

  /** A drawer with this layout. */
  public DiffRows(Highlighter highlighter, Layout layout) {
    this.highlighter = highlighter;
    this.layout = layout;
  }

  /** How many lines a change adds and removes. */
  public static Count count(Display.Diff diff) {
    int added = 0;
    int removed = 0;
    for (Display.Hunk hunk : diff.hunks()) {
      for (String line : hunk.lines()) {
        added += line.startsWith("+") ? 1 : 0;
        removed += line.startsWith("-") ? 1 : 0;
      }
    }
    return new Count(added, removed);
  }

  /** The rows of a change; long lines wrap. */
  public List<Row> rows(Display.Diff diff, int columns, Theme theme) {
    return rows(diff, columns, Integer.MAX_VALUE, theme);
  }

  /**
   * The rows of a change for a place of limited height: long lines wrap where all rows fit in it,
   * else they end in {@code …}. The result may still be higher than the place.
   */
  public List<Row> rows(Display.Diff diff, int columns, int height, Theme theme) {
    List<DiffLine> lines = DiffLine.of(diff, highlighter);
    int width = Math.max(1, columns);
    Painter painter = new Painter(theme, digits(lines), isSplit(diff, width));
    List<Row> rows = painter.rows(lines, width, true);
    return rows.size() <= height ? rows : painter.rows(lines, width, false);
  }

  private boolean isSplit(Display.Diff diff, int columns) {
    Count count = count(diff);
    return switch (layout) {
      case UNIFIED -> false;
      case SPLIT -> columns >= LEAST_SPLIT;
      case AUTO -> columns >= SPLIT_COLUMNS && count.added() > 0 && count.removed() > 0;
    };
  }

  private static int digits(List<DiffLine> lines) {
    int most = 0;
    for (DiffLine line : lines) {
      most = Math.max(most, Math.max(line.number(), line.oldNumber()));
    }
    return Math.max(2, String.valueOf(most).length());
  }

  /** One change being drawn. */
  private static final class Painter {
    private final Theme theme;
    private final int digits;
    private final boolean split;
    private final SyntaxStyles plain;
    private final SyntaxStyles added;
    private final SyntaxStyles removed;

    Painter(Theme theme, int digits, boolean split) {
      this.theme = theme;
      this.digits = digits;
      this.split = split;
      Style code = theme.style(Token.CODE_BLOCK);
      this.plain = new SyntaxStyles(theme, code);
      this.added = new SyntaxStyles(theme, code.over(tint('+')));
      this.removed = new SyntaxStyles(theme, code.over(tint('-')));
    }

    List<Row> rows(List<DiffLine> lines, int columns, boolean wraps) {
      List<Row> rows = new ArrayList<>();
      int at = 0;
      while (at < lines.size()) {
        DiffLine line = lines.get(at);
        if (line.sign() == DiffLine.FOLD) {
          rows.add(fold(line, columns));
          at++;
        } else if (!split) {
          rows.addAll(side(line, line.number(), columns, wraps));
          at++;
        } else if (line.sign() == '-' || line.sign() == '+') {
          int added = DiffLine.end(lines, at, '-');
          int end = DiffLine.end(lines, added, '+');
          for (int i = 0; i < Math.max(added - at, end - added); i++) {
            rows.addAll(
                both(
                    changed(lines.subList(at, added), i, left(columns), wraps),
                    changed(lines.subList(added, end), i, right(columns), wraps),
                    columns));
          }
          at = end;
        } else {
          rows.addAll(
              both(
                  side(line, line.oldNumber(), left(columns), wraps),
                  side(line, line.number(), right(columns), wraps),
                  columns));
          at++;
        }
      }
      return rows;
    }

    private List<Row> changed(List<DiffLine> lines, int index, int columns, boolean wraps) {
      return index < lines.size()
          ? side(lines.get(index), lines.get(index).number(), columns, wraps)
          : List.of();
    }

    private static int left(int columns) {
      return (columns - 1) / 2;
    }

    private static int right(int columns) {
      return columns - 1 - left(columns);
    }

    private Row fold(DiffLine line, int columns) {
      String text = Cells.pad("", digits + 1) + "…" + line.text();
      return Row.of(Span.decoration(Cells.cut(text, columns), theme.style(Token.DIM)));
    }

    /** A line with its number and its sign. */
    private List<Row> side(DiffLine line, int number, int columns, boolean wraps) {
      Style tint = tint(line.sign());
      Style gutter = theme.style(Token.DIFF_GUTTER).over(tint);
      String label = " ".repeat(2 + digits - String.valueOf(number).length()) + number + " ";
      boolean hasNumber = columns - label.length() - 2 >= LEAST_CODE;
      boolean hasSign = columns > 3; // a wide character still fits behind it
      List<Span> front = new ArrayList<>();
      if (hasNumber) {
        front.add(Span.decoration(label, gutter));
      }
      if (hasSign) {
        front.add(Span.decoration(line.sign() + " ", tint));
      }
      int room = columns - (hasNumber ? label.length() : 0) - (hasSign ? 2 : 0);
      List<Span> code = code(line, tint);
      List<Row> content;
      if (line.text().length() <= room && Cells.width(line.text()) <= room) {
        content = List.of(new Row(code, false, Style.PLAIN));
      } else if (wraps) {
        content = Wrapping.wrap(code, room, hang(line, room, tint));
      } else {
        content = List.of(new Row(cut(code, room), false, Style.PLAIN));
      }
      Style fill = Style.PLAIN.on(tint.background());
      List<Row> rows = new ArrayList<>(content.size());
      for (Row row : content) {
        List<Span> spans = new ArrayList<>();
        if (rows.isEmpty()) {
          spans.addAll(front);
        } else {
          front.forEach(span -> spans.add(Span.decoration(" ".repeat(span.width()), fill)));
        }
        spans.addAll(row.spans());
        rows.add(new Row(spans, row.continues(), row.joint(), fill));
      }
      return rows;
    }

    private static Span hang(DiffLine line, int room, Style tint) {
      Span hang = CodeRows.hang(line.text(), room);
      return Span.decoration(hang.text(), Style.PLAIN.on(tint.background()));
    }

    private Style tint(char sign) {
      return switch (sign) {
        case '+' -> theme.style(Token.DIFF_ADDED);
        case '-' -> theme.style(Token.DIFF_REMOVED);
        default -> Style.PLAIN;
      };
    }

    /** A tint that colours or emboldens the text itself leaves no room for the colours of code. */
    private List<Span> code(DiffLine line, Style tint) {
      if (line.sign() == ' ') {
        return plain.spans(line.text(), line.runs());
      }
      boolean inColour = tint.foreground().isDefault() && !theme.isMonochrome();
      SyntaxStyles styles = line.sign() == '+' ? added : removed;
      Style word =
          theme
              .style(line.sign() == '+' ? Token.DIFF_ADDED_WORD : Token.DIFF_REMOVED_WORD)
              .over(tint);
      SpanBuilder spans = new SpanBuilder(line.text());
      int at = 0;
      for (WordDiff.Range range : line.words()) {
        syntax(spans, line, at, range.start(), inColour, styles, tint);
        spans.to(range.end(), word);
        at = range.end();
      }
      syntax(spans, line, at, line.text().length(), inColour, styles, tint);
      return spans.done();
    }

    private static void syntax(
        SpanBuilder spans,
        DiffLine line,
        int from,
        int to,
        boolean inColour,
        SyntaxStyles styles,
        Style tint) {
      if (inColour) {
        for (Highlighter.Run run : line.runs()) {
          if (run.end() > from && run.start() < to) {
            spans.to(Math.max(from, run.start()), styles.base());
            spans.to(Math.min(to, run.end()), styles.style(run.token()));
          }
        }
      }
      spans.to(to, inColour ? styles.base() : tint);
    }

    private static List<Span> cut(List<Span> spans, int columns) {
      List<Span> cut = new ArrayList<>();
      int room = columns - 1;
      for (Span span : spans) {
        int width = span.width();
        if (width <= room) {
          cut.add(span);
          room -= width;
        } else {
          cut.add(Span.of(Cells.truncate(span.text(), room), span.style()));
          cut.add(Span.decoration("…", span.style()));
          break;
        }
      }
      return cut;
    }

    /** Old rows on the left, for the eye only; new rows on the right. */
    private List<Row> both(List<Row> old, List<Row> now, int columns) {
      List<Row> rows = new ArrayList<>();
      for (int y = 0; y < Math.max(old.size(), now.size()); y++) {
        Row before = y < old.size() ? old.get(y) : Row.BLANK;
        Row after = y < now.size() ? now.get(y) : Row.BLANK;
        List<Span> spans = new ArrayList<>();
        before.spans().forEach(span -> spans.add(Span.decoration(span.text(), span.style())));
        int gap = left(columns) - before.width();
        if (gap > 0) {
          spans.add(Span.decoration(" ".repeat(gap), before.fill()));
        }
        spans.add(Span.decoration("│", theme.style(Token.RULE)));
        spans.addAll(after.spans());
        rows.add(new Row(spans, after.continues(), after.joint(), after.fill()));
      }
      return rows;
    }
  }
}
