package dev.agent.tui.markup;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Clusters;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.Arrays;
import java.util.List;

/** A line that is being written, and written over. */
final class AnsiLine {
  private final StringBuilder text = new StringBuilder();

  /** The look of each character of the text; longer than the text. */
  private Style[] styles = new Style[128];

  /** Where the next character goes, and its column. */
  private int cursor;

  private int column;

  boolean isEmpty() {
    return text.isEmpty();
  }

  void clear() {
    text.setLength(0);
    home();
  }

  void home() {
    cursor = 0;
    column = 0;
  }

  /** One character to the left. */
  void back() {
    if (cursor > 0) {
      int before = cursor;
      do {
        cursor -= Character.charCount(Character.codePointBefore(text, cursor));
      } while (cursor > 0 && Cells.width(text.substring(cursor, before)) == 0);
      column -= Math.min(column, Cells.width(text.substring(cursor, before)));
    }
  }

  /** Writes text without controls; what stands in its columns goes. */
  void write(String more, Style style) {
    int width = Cells.width(more);
    int end = text.length();
    int filler = 0;
    if (cursor < end) {
      int covered = 0;
      Clusters old = new Clusters().reset(text.toString(), cursor, end);
      end = cursor;
      while (covered < width && old.next()) {
        covered += old.width();
        end = old.end();
      }
      filler = Math.max(0, covered - width); // the other half of a wide character
    }
    splice(cursor, end, more + " ".repeat(filler), style);
    cursor += more.length();
    column += width;
  }

  /** To the next multiple of so many columns: over what is there, and with blanks behind it. */
  void tab(int stop, Style style) {
    int target = column + stop - column % stop;
    if (cursor < text.length()) {
      Clusters old = new Clusters().reset(text.toString(), cursor, text.length());
      while (column < target && old.next()) {
        column += old.width();
        cursor = old.end();
      }
    }
    if (column < target) {
      write(" ".repeat(target - column), style);
    }
  }

  /**
   * EL: erases a part of the line.
   *
   * @param part empty or 0 = from the cursor on, 1 = up to it, 2 = all
   */
  void erase(String part) {
    boolean before = part.equals("1") || part.equals("2");
    boolean after = part.isEmpty() || part.equals("0") || part.equals("2");
    if (after) {
      text.setLength(cursor);
    }
    if (before && cursor > 0) {
      splice(0, cursor, " ".repeat(column), Style.PLAIN);
      cursor = column;
    }
  }

  /** What was written; neighbours that look alike are one span. */
  List<Span> spans() {
    SpanBuilder spans = new SpanBuilder(text.toString());
    for (int i = 0; i < text.length(); i++) {
      spans.to(i + 1, styles[i]);
    }
    return List.copyOf(spans.done());
  }

  private void splice(int from, int to, String more, Style style) {
    int rest = text.length() - to;
    int length = from + more.length() + rest;
    if (length > styles.length) {
      styles = Arrays.copyOf(styles, Math.max(length, 2 * styles.length));
    }
    System.arraycopy(styles, to, styles, from + more.length(), rest);
    Arrays.fill(styles, from, from + more.length(), style);
    text.replace(from, to, more);
  }
}
