package dev.agent.tui.view;

import dev.agent.tui.cell.Row;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Laid-out blocks, the least used ones dropped above a number of bytes. Owned by the UI thread. */
final class RowCache {
  private final BlockRows source;
  private final long maxBytes;
  private final Map<Long, Laid> laid = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  private record Laid(int version, int width, List<Row> rows, long bytes) {}

  RowCache(BlockRows source, long maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  List<Row> rows(Block block, int width) {
    Laid known = laid.get(block.id());
    if (known != null && known.version == block.version() && known.width == width) {
      return known.rows;
    }
    List<Row> rows = List.copyOf(source.rows(block, width));
    Laid fresh = new Laid(block.version(), width, rows, size(rows, known));
    Laid old = laid.put(block.id(), fresh);
    bytes += fresh.bytes - (old == null ? 0 : old.bytes);
    Iterator<Laid> oldest = laid.values().iterator();
    while (bytes > maxBytes && laid.size() > 1) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
    return rows;
  }

  /** A text that grows has mostly the very rows that it had: these are not counted again. */
  @SuppressWarnings("ReferenceEquality") // equal rows that are two take the room of two
  private static long size(List<Row> rows, @Nullable Laid before) {
    if (before == null) {
      return Rows.bytes(rows);
    }
    int same = 0;
    int most = Math.min(rows.size(), before.rows.size());
    while (same < most && rows.get(same) == before.rows.get(same)) {
      same++;
    }
    return before.bytes
        - Rows.bytes(before.rows.subList(same, before.rows.size()))
        + Rows.bytes(rows.subList(same, rows.size()));
  }

  void clear() {
    laid.clear();
    bytes = 0;
  }

  long bytes() {
    return bytes;
  }
}
