package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws every block whole, with the time and the model above it. */
final class UnfoldedRows implements BlockRows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** From here on the right edge has a margin, as in the footer. */
  private static final int WIDE = 80;

  private final BlockRenderer renderer;
  private final Look look;

  UnfoldedRows(BlockRenderer renderer, Look look) {
    this.renderer = renderer;
    this.look = look;
  }

  @Override
  public List<Row> rows(Block block, int width) {
    List<Row> body = renderer.rows(bare(block), width);
    if (body.isEmpty()) {
      return body;
    }
    List<Row> rows = new ArrayList<>(body.size() + 2);
    boolean captioned = !(block.content() instanceof Content.Interrupted);
    if (block.spaced() || captioned) {
      rows.add(Row.BLANK);
    }
    if (captioned) {
      rows.add(caption(block, width));
    }
    rows.addAll(body);
    return rows;
  }

  private Row caption(Block block, int width) {
    ZoneId zone = look.zone();
    String text =
        TIME.format(block.at().atZone(zone))
            + (block.model().isEmpty() ? "" : look.separator() + block.model());
    Row row = Row.of(Span.decoration(text, look.style(Token.DIM)));
    int gap = Math.max(0, width - row.width() - (width >= WIDE ? 2 : 0));
    return Rows.cut(
        row.after(Span.decoration(" ".repeat(gap), Style.PLAIN)), width, look.glyphs().ellipsis());
  }

  @Override
  public int estimate(Transcript transcript, int place, int width) {
    int rows = BlockSize.rows(transcript.wholeSize(place), width);
    return rows == 0 ? 0 : rows + 2;
  }

  private static Block bare(Block block) {
    return new Block(
        block.id(), block.version(), true, false, block.at(), block.model(), block.content());
  }
}
