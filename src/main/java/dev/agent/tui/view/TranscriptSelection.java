package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A selected range of a transcript. It belongs to the text, not to the screen: scrolling takes it
 * along. Another width makes it meaningless.
 *
 * @param from the first cell
 * @param to the cell behind the last one
 */
public record TranscriptSelection(Cell from, Cell to) {

  /** A cell of a block's rows. */
  public record Cell(long blockId, int row, int column) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      if (blockId != other.blockId) {
        return Long.compare(blockId, other.blockId);
      }
      return row != other.row ? Integer.compare(row, other.row) : column - other.column;
    }
  }

  /** The range between two cells, both included, in whichever order. */
  public static TranscriptSelection between(Cell one, Cell other) {
    Cell first = one.compareTo(other) <= 0 ? one : other;
    Cell last = one.compareTo(other) <= 0 ? other : one;
    return new TranscriptSelection(first, new Cell(last.blockId, last.row, last.column + 1));
  }

  /** The word at a cell; empty when the block is not there. */
  public static Optional<TranscriptSelection> word(VirtualTranscript transcript, Cell at) {
    List<Row> rows = transcript.rowsOf(at.blockId);
    return at.row < 0 || at.row >= rows.size()
        ? Optional.empty()
        : Optional.of(of(at.blockId, Selection.word(rows, new Selection.Place(at.row, at.column))));
  }

  /** The line at a cell, soft wraps included; empty when the block is not there. */
  public static Optional<TranscriptSelection> line(VirtualTranscript transcript, Cell at) {
    List<Row> rows = transcript.rowsOf(at.blockId);
    return at.row < 0 || at.row >= rows.size()
        ? Optional.empty()
        : Optional.of(of(at.blockId, Selection.line(rows, at.row)));
  }

  private static TranscriptSelection of(long blockId, Selection found) {
    return new TranscriptSelection(
        new Cell(blockId, found.from().row(), found.from().column()),
        new Cell(blockId, found.to().row(), found.to().column()));
  }

  /** What is copied. */
  public String text(VirtualTranscript transcript) {
    List<Row> rows = new ArrayList<>();
    int lastBlock = 0;
    for (long id = from.blockId; id <= to.blockId; id++) {
      lastBlock = rows.size();
      rows.addAll(transcript.rowsOf(id));
    }
    return new Selection(
            new Selection.Place(from.row, from.column),
            new Selection.Place(lastBlock + to.row, to.column))
        .text(rows);
  }

  /** The row of a window with its selected cells in a style. */
  Row mark(VirtualTranscript.Line line, Style style) {
    Cell start = new Cell(line.blockId(), line.rowInBlock(), 0);
    Cell end = new Cell(line.blockId(), line.rowInBlock(), Integer.MAX_VALUE);
    if (line.blockId() < 0 || end.compareTo(from) < 0 || start.compareTo(to) >= 0) {
      return line.row();
    }
    return new Selection(
            new Selection.Place(0, start.compareTo(from) > 0 ? 0 : from.column),
            new Selection.Place(0, sameRow(to, start) ? to.column : Integer.MAX_VALUE))
        .mark(line.row(), 0, style);
  }

  private static boolean sameRow(Cell one, Cell other) {
    return one.blockId == other.blockId && one.row == other.row;
  }
}
