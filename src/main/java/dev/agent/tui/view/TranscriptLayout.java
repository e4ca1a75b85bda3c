package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import dev.agent.tui.view.VirtualTranscript.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rows of a transcript at one width: laid out where they are asked for, else counted by
 * estimates. Finds places in them and the ways from one to another. Owned by the UI thread.
 */
final class TranscriptLayout {
  private final Transcript transcript;
  private final BlockRows blocks;
  private final RowCache cache;
  private final Heights heights = new Heights();
  private int width;

  /**
   * A place in the text, whatever the width.
   *
   * @param line of the block, soft wraps not counted
   * @param column of the line, decorations not counted
   */
  record Anchor(long blockId, int line, int column) {
    static final Anchor TOP = new Anchor(Long.MIN_VALUE, 0, 0);
  }

  /** A row by its block's place. */
  record Spot(int place, int row) {}

  /**
   * @param cacheBytes how much of what is laid out is kept for later
   */
  TranscriptLayout(Transcript transcript, BlockRows blocks, long cacheBytes) {
    this.transcript = transcript;
    this.blocks = blocks;
    this.cache = new RowCache(blocks, cacheBytes);
  }

  /** Whether there are rows: it has a width, and the transcript has blocks. */
  boolean hasRows() {
    return hasWidth() && transcript.size() > 0;
  }

  /** Whether it has a width: before nothing can be laid out. */
  boolean hasWidth() {
    return width > 0;
  }

  /** Lays out for so many columns from now on; whether that is another width than before. */
  boolean width(int columns) {
    if (columns == width) {
      return false;
    }
    width = columns;
    reset();
    return true;
  }

  // What happens to the transcript, while there is a width

  void added(int place) {
    heights.add(blocks.estimate(transcript, place, width));
  }

  void changed(int place) {
    heights.set(place, blocks.estimate(transcript, place, width));
  }

  void cameInFront(int count) {
    int[] known = heights.all();
    heights.clear();
    for (int place = 0; place < count; place++) {
      added(place);
    }
    for (int height : known) {
      heights.add(height);
    }
  }

  /** All of it is another: estimates from the beginning. */
  void reset() {
    cache.clear();
    heights.clear();
    for (int place = 0; width > 0 && place < transcript.size(); place++) {
      added(place);
    }
  }

  // Rows

  /** The rows of a block. */
  List<Row> rows(int place) {
    List<Row> rows = cache.rows(transcript.at(place), width);
    heights.set(place, rows.size());
    return rows;
  }

  /** Rows of all, partly estimates. */
  int total() {
    return heights.total();
  }

  /** Rows in front of a block, partly estimates. */
  int before(int place) {
    return heights.before(place);
  }

  /** Rows in front of a row, partly estimates. */
  int before(Spot spot) {
    return heights.before(spot.place) + spot.row;
  }

  long cachedBytes() {
    return cache.bytes();
  }

  /** So many rows from one on; fewer at the end. */
  List<Line> forward(Spot from, int count) {
    List<Line> lines = new ArrayList<>(count);
    int row = from.row;
    for (int place = from.place; place < transcript.size() && lines.size() < count; place++) {
      List<Row> rows = rows(place);
      long id = transcript.at(place).id();
      for (; row < rows.size() && lines.size() < count; row++) {
        lines.add(new Line(rows.get(row), id, row));
      }
      row = 0;
    }
    return lines;
  }

  /** The last screen: from below upwards, what is missing above is blank. */
  List<Line> backward(int height) {
    List<Line> upwards = new ArrayList<>(height);
    int place = transcript.size() - 1;
    for (; place >= 0 && upwards.size() < height; place--) {
      List<Row> rows = rows(place);
      long id = transcript.at(place).id();
      for (int row = rows.size() - 1; row >= 0 && upwards.size() < height; row--) {
        upwards.add(new Line(rows.get(row), id, row));
      }
    }
    List<Line> lines = new ArrayList<>(upwards.reversed());
    int slack = height - lines.size();
    lines.addAll(headerRows(lines), Collections.nCopies(slack, Line.BLANK));
    return lines;
  }

  /** A header stays at the top of the screen as long as there is room. */
  private int headerRows(List<Line> lines) {
    if (!transcript.hasHeader() || lines.isEmpty()) {
      return 0;
    }
    long id = transcript.firstId();
    return (int) lines.stream().filter(line -> line.blockId() == id).count();
  }

  /** Whether the last row of the transcript is the last one of these. */
  boolean endsAt(List<Line> lines) {
    if (lines.isEmpty()) {
      return false;
    }
    Line last = lines.getLast();
    int place = transcript.placeOf(last.blockId());
    if (last.rowInBlock() < rows(place).size() - 1) {
      return false;
    }
    for (int i = place + 1; i < transcript.size(); i++) {
      if (!rows(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Lays out what a page before and behind these would show. */
  void warm(List<Line> lines, int height) {
    int first = -1;
    int last = -1;
    for (Line line : lines) {
      if (line.blockId() >= 0) {
        int place = transcript.placeOf(line.blockId());
        first = first < 0 ? place : first;
        last = place;
      }
    }
    int room = height;
    for (int place = first - 1; place >= 0 && room > 0; place--) {
      room -= rows(place).size();
    }
    room = height;
    for (int place = last + 1; last >= 0 && place < transcript.size() && room > 0; place++) {
      room -= rows(place).size();
    }
  }

  // Places

  /** Where a place in the text is at this width; the beginning where its block is gone. */
  Spot spot(Anchor at) {
    int place = transcript.placeOf(at.blockId);
    if (place < 0) {
      return new Spot(0, 0);
    }
    List<Row> rows = rows(place);
    int found = 0;
    int line = -1;
    int column = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).continues() && i > 0) {
        column += Selection.textWidth(rows.get(i - 1)) + rows.get(i).joint().length();
      } else {
        line++;
        column = 0;
      }
      if (line > at.line || (line == at.line && column > at.column)) {
        break;
      }
      found = i;
    }
    return new Spot(place, found);
  }

  /** What stands in a row, to be found at any width. */
  Anchor anchor(Spot spot) {
    List<Row> rows = rows(spot.place);
    int line = -1;
    int column = 0;
    for (int i = 0; i <= spot.row && i < rows.size(); i++) {
      if (rows.get(i).continues() && i > 0) {
        column += Selection.textWidth(rows.get(i - 1)) + rows.get(i).joint().length();
      } else {
        line++;
        column = 0;
      }
    }
    return new Anchor(transcript.at(spot.place).id(), Math.max(0, line), column);
  }

  /** The first row of the last screen. */
  Spot lastScreen(int height) {
    int left = height;
    for (int place = transcript.size() - 1; place >= 0; place--) {
      int rows = rows(place).size();
      if (rows >= left) {
        return new Spot(place, rows - left);
      }
      left -= rows;
    }
    return new Spot(0, 0);
  }

  /** So many rows towards the beginning, at most to it. */
  Spot up(Spot from, int count) {
    int left = count - from.row;
    int place = from.place;
    while (left > 0 && place > 0) {
      place--;
      left -= rows(place).size();
    }
    return new Spot(place, left > 0 ? 0 : -left);
  }

  /** So many rows towards the end, at most to the last one. */
  Spot down(Spot from, int count) {
    int row = from.row + count;
    int place = from.place;
    while (place < transcript.size() - 1 && row >= rows(place).size()) {
      row -= rows(place).size();
      place++;
    }
    return new Spot(place, Math.min(row, Math.max(0, rows(place).size() - 1)));
  }
}
