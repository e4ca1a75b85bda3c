package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A window on a transcript of any length. Only blocks that meet the window, or one screen around
 * it, are laid out; all others count with an estimated height. The window follows the end until it
 * is scrolled away; then it holds on to what is read: new blocks, other widths and corrected
 * heights don't move it. Owned by the UI thread.
 */
public final class VirtualTranscript implements Transcript.Listener {
  /** Laid-out rows kept for later, in bytes: some forty screens of 200x50. */
  static final long CACHE_BYTES = 2L * 1024 * 1024;

  /** Rows of the last screen that stay visible after a page. */
  private static final int PAGE_OVERLAP = 2;

  private final Transcript transcript;
  private final BlockRows blocks;
  private final RowCache cache;
  private final Heights heights = new Heights();
  private int width;
  private int height = 1;
  private boolean following = true;

  /** What stands in the first row, while not following. */
  private Anchor anchor = Anchor.TOP;

  private final NewLines newLines = new NewLines();

  /**
   * A place in the text, whatever the width.
   *
   * @param line of the block, soft wraps not counted
   * @param column of the line, decorations not counted
   */
  private record Anchor(long blockId, int line, int column) {
    static final Anchor TOP = new Anchor(Long.MIN_VALUE, 0, 0);
  }

  /** A row of the window; {@code blockId} is -1 for the blank rows around the text. */
  public record Line(Row row, long blockId, int rowInBlock) {
    static final Line BLANK = new Line(Row.BLANK, -1, 0);
  }

  /** A row by its block's place. */
  private record Spot(int place, int row) {}

  public VirtualTranscript(Transcript transcript, BlockRows blocks) {
    this(transcript, blocks, CACHE_BYTES);
  }

  VirtualTranscript(Transcript transcript, BlockRows blocks, long cacheBytes) {
    this.transcript = transcript;
    this.blocks = blocks;
    this.cache = new RowCache(blocks, cacheBytes);
    transcript.listen(this);
  }

  @Override
  public void added(int place) {
    if (width > 0) {
      heights.add(blocks.estimate(transcript, place, width));
      newLines.touched(place);
    }
  }

  @Override
  public void changed(int place) {
    if (width > 0) {
      heights.set(place, blocks.estimate(transcript, place, width));
      newLines.touched(place);
    }
  }

  @Override
  public void cameInFront(int count) {
    if (width > 0) {
      int[] known = heights.all();
      heights.clear();
      for (int place = 0; place < count; place++) {
        heights.add(blocks.estimate(transcript, place, width));
      }
      for (int height : known) {
        heights.add(height);
      }
      newLines.moved(count);
    }
  }

  @Override
  public void replaced() {
    cache.clear();
    rebuild();
    newLines.forget();
    if (transcript.size() == 0) {
      following = true;
    }
  }

  private void rebuild() {
    heights.clear();
    for (int i = 0; width > 0 && i < transcript.size(); i++) {
      heights.add(blocks.estimate(transcript, i, width));
    }
  }

  /** The window's rows, exactly as many as it is high. */
  public List<Line> view(int columns, int rows) {
    resize(Math.max(1, columns), Math.max(0, rows));
    if (!following) {
      List<Line> lines = forward(spot(anchor), height);
      if (lines.size() >= height && !endsAt(lines)) {
        warm(lines);
        return lines;
      }
      following = true;
      newLines.forget();
    }
    List<Line> lines = backward();
    warm(lines);
    return lines;
  }

  private void resize(int columns, int rows) {
    height = rows;
    if (columns != width) {
      width = columns;
      cache.clear();
      rebuild();
      newLines.remeasure();
    }
  }

  /** Whether the last row of the transcript is the last one of these. */
  private boolean endsAt(List<Line> lines) {
    if (lines.isEmpty()) {
      return false;
    }
    Line last = lines.getLast();
    int place = transcript.placeOf(last.blockId);
    if (last.rowInBlock < rows(place).size() - 1) {
      return false;
    }
    for (int i = place + 1; i < transcript.size(); i++) {
      if (!rows(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private List<Line> forward(Spot from, int count) {
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
  private List<Line> backward() {
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
    lines.addAll(headerRows(lines), java.util.Collections.nCopies(slack, Line.BLANK));
    return lines;
  }

  /** A header stays at the top of the screen as long as there is room. */
  private int headerRows(List<Line> lines) {
    if (!transcript.hasHeader() || lines.isEmpty()) {
      return 0;
    }
    long id = transcript.firstId();
    return (int) lines.stream().filter(line -> line.blockId == id).count();
  }

  /** Lays out what the next page would show. */
  private void warm(List<Line> lines) {
    int first = -1;
    int last = -1;
    for (Line line : lines) {
      if (line.blockId >= 0) {
        int place = transcript.placeOf(line.blockId);
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

  private List<Row> rows(int place) {
    List<Row> rows = cache.rows(transcript.at(place), width);
    heights.set(place, rows.size());
    return rows;
  }

  /** The rows of a block at the present width; none when it is not here. */
  public List<Row> rowsOf(long blockId) {
    int place = transcript.placeOf(blockId);
    return place < 0 || width == 0 ? List.of() : rows(place);
  }

  private Spot spot(Anchor at) {
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

  private Anchor anchor(Spot spot) {
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

  /** Moves the window; negative is towards the beginning. */
  public void scroll(int rows) {
    if (width == 0 || transcript.size() == 0 || rows == 0) {
      return;
    }
    Spot top = following ? bottomTop() : spot(anchor);
    if (rows > 0 && following) {
      return;
    }
    hold(rows < 0 ? up(top, -rows) : down(top, rows));
  }

  private void hold(Spot top) {
    if (following) {
      newLines.leave();
    }
    following = false;
    anchor = anchor(top);
  }

  private Spot bottomTop() {
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

  private Spot up(Spot from, int count) {
    int left = count - from.row;
    int place = from.place;
    while (left > 0 && place > 0) {
      place--;
      left -= rows(place).size();
    }
    return new Spot(place, left > 0 ? 0 : -left);
  }

  private Spot down(Spot from, int count) {
    int row = from.row + count;
    int place = from.place;
    while (place < transcript.size() - 1 && row >= rows(place).size()) {
      row -= rows(place).size();
      place++;
    }
    return new Spot(place, Math.min(row, Math.max(0, rows(place).size() - 1)));
  }

  /** Moves by screens, with two rows of overlap. */
  public void page(int screens) {
    scroll(screens * Math.max(1, height - PAGE_OVERLAP));
  }

  /** Shows the beginning. */
  public void toTop() {
    if (width > 0 && transcript.size() > 0) {
      hold(new Spot(0, 0));
    }
  }

  /** Shows the end and follows it from now on. */
  public void toBottom() {
    following = true;
    newLines.forget();
  }

  /**
   * Puts a prompt of the person's at the top of the window, looking from there: the one before
   * (-1), or the next one (1). Behind the last prompt comes the end.
   */
  public void toPrompt(int step) {
    if (width == 0) {
      return;
    }
    Spot top = following ? bottomTop() : spot(anchor);
    int place = step < 0 && top.row > 0 ? top.place : top.place + step;
    while (place >= 0
        && place < transcript.size()
        && !(transcript.at(place).content() instanceof Content.Prompt)) {
      place += step;
    }
    if (place < 0) {
      toTop();
    } else if (place < transcript.size()) {
      hold(new Spot(place, 0));
    } else {
      toBottom();
    }
  }

  /** Shows a row of a block, a third of the window below its top when it was not visible. */
  public void reveal(long blockId, int row) {
    int place = transcript.placeOf(blockId);
    if (place < 0 || width == 0) {
      return;
    }
    Spot target = new Spot(place, Math.min(row, Math.max(0, rows(place).size() - 1)));
    Spot top = following ? bottomTop() : spot(anchor);
    int distance = heights.before(target.place) + target.row - heights.before(top.place) - top.row;
    if (distance < 0 || distance >= height) {
      hold(up(target, height / 3));
    }
  }

  /** Shows all of a block or its short form, without moving what stands above it. */
  public void toggle(long blockId) {
    transcript
        .find(blockId)
        .ifPresent(
            block -> {
              if (following && width > 0 && heights.total() >= height) {
                hold(bottomTop());
              }
              transcript.unfold(blockId, !block.isUnfolded());
            });
  }

  /** The row that the window begins with; empty before it was drawn, or without any text. */
  public Optional<Line> first() {
    if (width == 0 || transcript.size() == 0) {
      return Optional.empty();
    }
    Spot top = following ? bottomTop() : spot(anchor);
    return forward(top, 1).stream().findFirst();
  }

  /** Whether a click on the block has something to fold or unfold. */
  public boolean canToggle(long blockId) {
    return transcript.find(blockId).map(Block::isUnfolded).orElse(false)
        || rowsOf(blockId).stream()
            .flatMap(row -> row.spans().stream())
            .anyMatch(span -> span.decoration() && span.text().contains(CallRenderer.UNFOLD));
  }

  /** Whether the window is at the end and stays there. */
  public boolean isFollowing() {
    return following;
  }

  /** Rows that came below since the window left the end. */
  public int newLines() {
    return following ? 0 : newLines.count();
  }

  /** The row of the whole that the window begins with, and how many there are: partly estimates. */
  public Extent extent() {
    if (width == 0 || transcript.size() == 0) {
      return new Extent(0, 0);
    }
    Spot top = following ? bottomTop() : spot(anchor);
    return new Extent(heights.before(top.place) + top.row, heights.total());
  }

  /** Where the window stands in the whole, in rows. */
  public record Extent(int first, int total) {}

  long cachedBytes() {
    return cache.bytes();
  }

  /** Counts what came since the window left the end. */
  private final class NewLines {
    private int lastPlace = -1;
    private int lastRows;
    private final List<Integer> dirty = new ArrayList<>();

    void leave() {
      lastPlace = transcript.size() - 1;
      lastRows = lastPlace < 0 ? 0 : rows(lastPlace).size();
      dirty.clear();
    }

    void moved(int by) {
      lastPlace = lastPlace < 0 ? lastPlace : lastPlace + by;
      dirty.replaceAll(place -> place + by);
    }

    void touched(int place) {
      if (!following && place >= lastPlace && (dirty.isEmpty() || dirty.getLast() != place)) {
        dirty.add(place);
      }
    }

    /** Rows of the last block at another width: its own growth is forgotten. */
    void remeasure() {
      if (!following && lastPlace >= 0 && lastPlace < transcript.size()) {
        lastRows = rows(lastPlace).size();
      }
    }

    void forget() {
      lastPlace = -1;
      lastRows = 0;
      dirty.clear();
    }

    int count() {
      for (int place : dirty) {
        if (place < transcript.size()) {
          rows(place);
        }
      }
      dirty.clear();
      int since = heights.total() - (lastPlace < 0 ? 0 : heights.before(lastPlace)) - lastRows;
      return Math.max(0, since);
    }
  }
}
