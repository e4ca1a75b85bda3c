package dev.agent.tui.edit;

import dev.agent.tui.cell.Cells;
import java.util.ArrayList;
import java.util.List;

/**
 * A passage in rows of so many columns: broken behind blanks and around wide characters where that
 * is possible, else anywhere between two characters. Labels of insets stay whole where they fit.
 * Every character stands in a row, blanks too. Immutable.
 */
final class Wrap {
  private static final int TAB = 4;

  /**
   * One row.
   *
   * @param from position of its first character
   * @param to behind its last one, without the line end
   * @param continues whether it goes on with the row above
   */
  record Line(int from, int to, boolean continues) {}

  private final Passage passage;
  private final int columns;
  private final List<Line> lines = new ArrayList<>();

  Wrap(Passage passage, int columns) {
    this.passage = passage;
    this.columns = Math.max(1, columns);
    String text = passage.text();
    int start = 0;
    while (true) {
      int end = text.indexOf('\n', start);
      line(start, end < 0 ? text.length() : end);
      if (end < 0) {
        break;
      }
      start = end + 1;
    }
  }

  List<Line> lines() {
    return lines;
  }

  /** The row in which a position is shown; between two rows the lower one. */
  int rowOf(int position) {
    int low = 0;
    int high = lines.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (lines.get(middle).from() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The column in which a position of a row is shown. */
  int columnOf(int row, int position) {
    return measure(lines.get(row).from(), position);
  }

  /** The position in a row that is nearest to a column, never inside of a label. */
  int positionAt(int row, int column) {
    Line line = lines.get(row);
    int at = line.from();
    int present = 0;
    while (at < line.to()) {
      int next = Math.min(line.to(), passage.next(at));
      int width = width(at, next, present);
      if (present + width > column) {
        break;
      }
      present += width;
      at = next;
    }
    // The end of a row that goes on is the begin of the next one: stay in this row.
    boolean goesOn = row + 1 < lines.size() && lines.get(row + 1).continues();
    if (goesOn && at == line.to() && at > line.from()) {
      at = Math.max(line.from(), passage.previous(at));
    }
    return passage.outside(at);
  }

  /** What a piece of text takes from a column on. */
  int width(int from, int to, int column) {
    String text = passage.text();
    if (to == from + 1) {
      char c = text.charAt(from);
      if (c == '\t') {
        return TAB - column % TAB;
      }
      if (c >= ' ' && c < 0x7F) {
        return 1;
      }
    }
    return Cells.width(text.substring(from, to));
  }

  private void line(int start, int end) {
    String text = passage.text();
    int row = start;
    int column = 0;
    int opening = -1;
    int at = start;
    while (at < end) {
      int next = Math.min(end, next(at));
      int width = width(at, next, column);
      if (column + width > columns && at > row) {
        int cut = opening > row ? opening : at;
        lines.add(new Line(row, cut, row > start));
        row = cut;
        column = measure(cut, at);
        continue;
      }
      column += width;
      if (text.charAt(next - 1) == ' ' || text.charAt(next - 1) == '\t' || width == 2) {
        opening = next;
      }
      at = next;
    }
    lines.add(new Line(row, end, row > start));
  }

  private int measure(int from, int to) {
    int column = 0;
    for (int at = from; at < to; ) {
      int next = Math.min(to, next(at));
      column += width(at, next, column);
      at = next;
    }
    return column;
  }

  /** The end of what is not broken: a label that fits, or a cluster. */
  private int next(int at) {
    for (Piece piece : passage.pieces()) {
      if (piece.from() == at) {
        String label = passage.text().substring(at, piece.to());
        return Cells.width(label) <= columns ? piece.to() : Cells.next(passage.text(), at);
      }
    }
    return Cells.next(passage.text(), at);
  }
}
