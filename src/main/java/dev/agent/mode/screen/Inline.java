package dev.agent.mode.screen;

import dev.agent.mode.interactive.Surfaces;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.Capabilities;
import dev.agent.tui.cell.FrameSource;
import dev.agent.tui.cell.LiveRegion;
import dev.agent.tui.cell.Row;
import dev.agent.tui.view.Block;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.Screen;
import dev.agent.tui.view.Transcript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The desk at the end of the terminal's own text: blocks that can't change any more are printed
 * once and belong to the terminal from then on, to be scrolled, searched and selected with its own
 * means; all else is the live region below them. UI thread only.
 */
final class Inline implements Face {
  /** While a window is pulled larger, sizes come one after another. */
  private static final long CALM = 100_000_000;

  /** Blocks that are printed at once; of a long session that is opened, the rest stays away. */
  private static final int MAX_BLOCKS = 400;

  private final LiveRegion region;
  private final BooleanSupplier reflows;

  /** What open blocks looked like in the frame before, by their ids. */
  private Map<Long, Drawn> drawn = Map.of();

  /** The first block that is not printed yet, by its id. */
  private long next;

  private record Drawn(Block block, int width, List<Row> rows) {}

  /**
   * @param next the first block to print, by its id; what stands before it is on the terminal
   * @param reflows whether this terminal wraps rows anew that no longer fit
   */
  Inline(int columns, int rows, Capabilities capabilities, long next, BooleanSupplier reflows) {
    this.region = new LiveRegion(columns, rows, capabilities);
    this.next = next;
    this.reflows = reflows;
  }

  @Override
  public String name() {
    return Surfaces.INLINE;
  }

  @Override
  public boolean ownsScreen() {
    return false;
  }

  @Override
  public long calm() {
    return CALM;
  }

  @Override
  public FrameSource frames() {
    return region;
  }

  @Override
  public Bytes draw(Desk desk, long now) {
    List<LiveRegion.Printed> printed = print(desk, desk.settled());
    Screen live = desk.live(open(desk), columns(), Math.max(1, rows() - 1), now);
    live.cursor()
        .ifPresentOrElse(
            it -> region.cursor(it.column(), it.row(), desk.cursorShape()), region::hideCursor);
    return region.frame(printed, live.rows(), now);
  }

  /** Rows of all that is not printed. Only blocks that changed are laid out. */
  private List<Row> open(Desk desk) {
    Transcript transcript = desk.transcript();
    List<Row> open = new ArrayList<>();
    Map<Long, Drawn> all = new HashMap<>();
    for (int place = place(transcript); place < transcript.size(); place++) {
      Block block = transcript.at(place);
      Drawn known = drawn.get(block.id());
      if (known == null || known.block.version() != block.version() || known.width != columns()) {
        known = new Drawn(block, columns(), desk.rows(block, columns()));
      }
      all.put(block.id(), known);
      open.addAll(known.rows);
    }
    drawn = all;
    return open;
  }

  /** Blocks up to a place, as rows that stay. */
  private List<LiveRegion.Printed> print(Desk desk, int end) {
    Transcript transcript = desk.transcript();
    List<LiveRegion.Printed> printed = new ArrayList<>();
    int from = place(transcript);
    if (end - from > MAX_BLOCKS) {
      printed.add(
          new LiveRegion.Printed(leftOut(desk.appearance(), end - from - MAX_BLOCKS), false));
      from = end - MAX_BLOCKS;
    }
    for (int place = from; place < end; place++) {
      Block block = transcript.at(place);
      if (block.content() instanceof Content.Header && next > 0) {
        // A session that begins below another one stands apart from it.
        printed.add(new LiveRegion.Printed(List.of(Row.BLANK), false));
      }
      printed.add(
          new LiveRegion.Printed(
              desk.rows(block, columns()), block.content() instanceof Content.Prompt));
      next = block.id() + 1;
    }
    return printed;
  }

  private List<Row> leftOut(Appearance appearance, int count) {
    return appearance.plain(
        appearance.look().glyphs().ellipsis() + " +" + count + " earlier parts (ctrl+o)",
        columns());
  }

  /** The place of the first block that is not printed; ids go on where a transcript begins anew. */
  private int place(Transcript transcript) {
    return transcript.size() == 0
        ? 0
        : Math.clamp(next - transcript.firstId(), 0, transcript.size());
  }

  @Override
  public byte[] parting() {
    return region.parting();
  }

  @Override
  public Bytes last(Desk desk, boolean isEnd, long now) {
    int settled = desk.settled();
    // In the end even what might have changed is as it will ever be.
    int end = isEnd && settled > 0 ? desk.transcript().size() : settled;
    region.hideCursor();
    List<LiveRegion.Printed> printed = print(desk, end);
    if (isEnd) {
      // What is written behind it stands apart.
      printed.add(new LiveRegion.Printed(List.of(Row.BLANK), false));
    }
    return region.frame(printed, List.of(), now);
  }

  @Override
  public void skip(long first) {
    next = first;
  }

  @Override
  public void resized(int columns, int rows) {
    region.resize(columns, rows, reflows.getAsBoolean());
  }

  @Override
  public void forget() {
    drawn = Map.of();
  }

  @Override
  public void repaint() {
    region.repaint();
  }

  @Override
  public void cleared() {
    region.isCleared();
  }
}
