package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.layout.Rect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole screen.
 *
 * @param rows exactly as many as it is high, none wider than it is
 * @param cursor where the text cursor stands; empty when it is hidden
 * @param regions which part is where
 * @param lines the transcript's rows from the first row of its region on
 */
public record Screen(
    List<Row> rows,
    Optional<Pane.Cursor> cursor,
    Map<Region, Rect> regions,
    List<VirtualTranscript.Line> lines) {
  public Screen {
    rows = List.copyOf(rows);
    regions = Map.copyOf(regions);
    lines = List.copyOf(lines);
  }

  /** The parts of a screen. */
  public enum Region {
    TRANSCRIPT,
    /** The row that leads back to the end. */
    NEW_LINES,
    SPINNER,
    TODOS,
    QUEUE,
    WARNINGS,
    COMPOSER,
    DIALOG,
    /** Completion or help. */
    BELOW,
    FOOTER
  }

  /** The part at a cell; empty for rules and blank rows. */
  public Optional<Region> regionAt(int column, int row) {
    return regions.entrySet().stream()
        .filter(entry -> entry.getValue().contains(column, row))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The cell of the transcript at a cell of the screen; empty outside of its text. */
  public Optional<TranscriptSelection.Cell> cellAt(int column, int row) {
    Rect rect = regions.get(Region.TRANSCRIPT);
    if (rect == null || !rect.contains(column, row) || row - rect.row() >= lines.size()) {
      return Optional.empty();
    }
    VirtualTranscript.Line line = lines.get(row - rect.row());
    return line.blockId() < 0
        ? Optional.empty()
        : Optional.of(
            new TranscriptSelection.Cell(
                line.blockId(), line.rowInBlock(), column - rect.column()));
  }

  /** Where a click at a cell leads; empty when there is no link. */
  public Optional<String> linkAt(int column, int row) {
    if (row < 0 || row >= rows.size()) {
      return Optional.empty();
    }
    int at = 0;
    for (Span span : rows.get(row).spans()) {
      int width = span.width();
      if (column >= at && column < at + width) {
        return Optional.of(span.link()).filter(link -> !link.isEmpty());
      }
      at += width;
    }
    return Optional.empty();
  }
}
