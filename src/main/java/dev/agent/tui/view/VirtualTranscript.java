package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import dev.agent.tui.view.TranscriptLayout.Anchor;
import dev.agent.tui.view.TranscriptLayout.Spot;
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
  private final TranscriptLayout layout;
  private final NewLines newLines;
  private int height = 1;
  private boolean following = true;

  /** What stands in the first row, while not following. */
  private Anchor anchor = Anchor.TOP;

  /** A row of the window; {@code blockId} is -1 for the blank rows around the text. */
  public record Line(Row row, long blockId, int rowInBlock) {
    static final Line BLANK = new Line(Row.BLANK, -1, 0);
  }

  public VirtualTranscript(Transcript transcript, BlockRows blocks) {
    this(transcript, blocks, CACHE_BYTES);
  }

  VirtualTranscript(Transcript transcript, BlockRows blocks, long cacheBytes) {
    this.transcript = transcript;
    this.layout = new TranscriptLayout(transcript, blocks, cacheBytes);
    this.newLines = new NewLines(transcript, layout);
    transcript.listen(this);
  }

  @Override
  public void added(int place) {
    if (layout.hasWidth()) {
      layout.added(place);
      touched(place);
    }
  }

  @Override
  public void changed(int place) {
    if (layout.hasWidth()) {
      layout.changed(place);
      touched(place);
    }
  }

  private void touched(int place) {
    if (!following) {
      newLines.touched(place);
    }
  }

  @Override
  public void cameInFront(int count) {
    if (layout.hasWidth()) {
      layout.cameInFront(count);
      newLines.moved(count);
    }
  }

  @Override
  public void replaced() {
    layout.reset();
    newLines.forget();
    if (transcript.size() == 0) {
      following = true;
    }
  }

  /** The window's rows, exactly as many as it is high. */
  public List<Line> view(int columns, int rows) {
    resize(Math.max(1, columns), Math.max(0, rows));
    if (!following) {
      List<Line> lines = layout.forward(layout.spot(anchor), height);
      if (lines.size() >= height && !layout.endsAt(lines)) {
        layout.warm(lines, height);
        return lines;
      }
      following = true;
      newLines.forget();
    }
    List<Line> lines = layout.backward(height);
    layout.warm(lines, height);
    return lines;
  }

  private void resize(int columns, int rows) {
    height = rows;
    if (layout.width(columns) && !following) {
      newLines.remeasure();
    }
  }

  /** The rows of a block at the present width; none when it is not here. */
  public List<Row> rowsOf(long blockId) {
    int place = transcript.placeOf(blockId);
    return place < 0 || !layout.hasWidth() ? List.of() : layout.rows(place);
  }

  /** Moves the window; negative is towards the beginning. */
  public void scroll(int rows) {
    if (!layout.hasRows() || rows == 0) {
      return;
    }
    Spot top = top();
    if (rows > 0 && following) {
      return;
    }
    hold(rows < 0 ? layout.up(top, -rows) : layout.down(top, rows));
  }

  /** The row that the window begins with. */
  private Spot top() {
    return following ? layout.lastScreen(height) : layout.spot(anchor);
  }

  private void hold(Spot top) {
    if (following) {
      newLines.leave();
    }
    following = false;
    anchor = layout.anchor(top);
  }

  /** Moves by screens, with two rows of overlap. */
  public void page(int screens) {
    scroll(screens * Math.max(1, height - PAGE_OVERLAP));
  }

  /** Shows the beginning. */
  public void toTop() {
    if (layout.hasRows()) {
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
    if (!layout.hasRows()) {
      return;
    }
    Spot top = top();
    int place = step < 0 && top.row() > 0 ? top.place() : top.place() + step;
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
    if (place < 0 || !layout.hasWidth()) {
      return;
    }
    Spot target = new Spot(place, Math.min(row, Math.max(0, layout.rows(place).size() - 1)));
    Spot top = top();
    int distance = layout.before(target) - layout.before(top);
    if (distance < 0 || distance >= height) {
      hold(layout.up(target, height / 3));
    }
  }

  /** Shows all of a block or its short form, without moving what stands above it. */
  public void toggle(long blockId) {
    transcript
        .find(blockId)
        .ifPresent(
            block -> {
              if (following && layout.hasWidth() && layout.total() >= height) {
                hold(layout.lastScreen(height));
              }
              transcript.unfold(blockId, !block.isUnfolded());
            });
  }

  /** The row that the window begins with; empty before it was drawn, or without any text. */
  public Optional<Line> first() {
    if (!layout.hasRows()) {
      return Optional.empty();
    }
    Spot top = top();
    return layout.forward(top, 1).stream().findFirst();
  }

  /** Whether a click on the block has something to fold or unfold. */
  public boolean canToggle(long blockId) {
    return transcript.find(blockId).map(Block::isUnfolded).orElse(false)
        || rowsOf(blockId).stream()
            .flatMap(row -> row.spans().stream())
            .anyMatch(span -> span.decoration() && span.text().contains(ResultRenderer.UNFOLD));
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
    if (!layout.hasRows()) {
      return new Extent(0, 0);
    }
    Spot top = top();
    return new Extent(layout.before(top), layout.total());
  }

  /** Where the window stands in the whole, in rows. */
  public record Extent(int first, int total) {}

  long cachedBytes() {
    return layout.cachedBytes();
  }
}
