package dev.agent.tui.view;

import dev.agent.loop.AgentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some blocks of a transcript that follow one another, in memory or kept elsewhere. Of what is kept
 * elsewhere only the sizes stay. Owned by who owns the transcript.
 */
final class Page {
  /** How many blocks it takes. */
  static final int BLOCKS = 32;

  private @Nullable List<Block> blocks = new ArrayList<>();
  private int count;

  /** By place in the page; only while its blocks are elsewhere. */
  private long[] sizes = {};

  private long[] wholeSizes = {};
  private Optional<PageStore.Kept> kept = Optional.empty();
  private List<SourceStore.Kept> held = List.of();

  int count() {
    return count;
  }

  boolean isFull() {
    return count >= BLOCKS;
  }

  void add(Block block, long firstId) {
    here(firstId).add(block);
    count++;
    kept = Optional.empty();
  }

  void set(int at, Block block, long firstId) {
    here(firstId).set(at, block);
    kept = Optional.empty();
  }

  /**
   * A block.
   *
   * @param firstId the id of the page's first one
   */
  Block at(int at, long firstId) {
    return here(firstId).get(at);
  }

  long size(int at) {
    return blocks == null ? sizes[at] : BlockSize.of(blocks.get(at));
  }

  long wholeSize(int at) {
    return blocks == null ? wholeSizes[at] : BlockSize.whole(blocks.get(at));
  }

  /** Its blocks have other ids from now on. */
  void renumber(long firstId) {
    if (blocks != null) {
      for (int i = 0; i < count; i++) {
        blocks.set(i, blocks.get(i).numbered(firstId + i));
      }
    }
  }

  /** Lets go of its blocks, as far as the store takes them; what it has already is not written. */
  void leave(PageStore store) {
    List<Block> here = blocks;
    if (here == null) {
      return;
    }
    if (kept.isEmpty()) {
      List<SourceStore.Kept> longTexts = new ArrayList<>(0);
      kept = store.keep(BlockCodec.write(here, longTexts));
      held = List.copyOf(longTexts);
    }
    if (kept.isPresent()) {
      sizes = here.stream().mapToLong(BlockSize::of).toArray();
      wholeSizes = here.stream().mapToLong(BlockSize::whole).toArray();
      blocks = null;
    }
  }

  private List<Block> here(long firstId) {
    List<Block> here = blocks;
    if (here == null) {
      here = read(firstId);
      blocks = here;
      sizes = new long[0];
      wholeSizes = sizes;
    }
    return here;
  }

  /** What can't be read back is told in its place; the number of blocks stays what it was. */
  private List<Block> read(long firstId) {
    String why;
    try {
      return BlockCodec.read(kept.orElseThrow().read(), count, firstId, held);
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      why = e.getMessage() == null ? e.toString() : e.getMessage();
    }
    List<Block> lost = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lost.add(
          Block.lost(
              firstId + i,
              i > 0
                  ? new Content.Gone()
                  : new Content.Notice(
                      AgentEvent.Level.WARNING,
                      "Some of what was shown here can't be read any more (" + why + ").",
                      "the session itself is whole")));
    }
    return lost;
  }
}
