package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import java.util.List;

/** Lays blocks out. */
public interface BlockRows {
  /** The rows of a block, the blank row above it included; none wider than the width. */
  List<Row> rows(Block block, int width);

  /** About how many rows the block at a place takes, told at once from sizes alone. */
  int estimate(Transcript transcript, int place, int width);
}
