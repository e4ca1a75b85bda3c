package dev.agent.tui.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of a session in order. Blocks are added at the end and changed in place; one that was
 * thrown away stays as {@link Content.Gone}, so that a block's place never moves while others
 * change. Only {@link #reset} takes blocks away. Owned by the UI thread.
 */
public final class Transcript {
  /** Told of changes; places count from 0. */
  public interface Listener {
    /** A block was added at the end. */
    void added(int place);

    /** The block there is another one now. */
    void changed(int place);

    /** Nothing is as it was. */
    void replaced();
  }

  private final List<Block> blocks = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private long firstId;

  /** Adds someone who is told of changes. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Nobody is told any more whom this was. */
  public void forget(Listener listener) {
    listeners.remove(listener);
  }

  /** How many blocks there are. */
  public int size() {
    return blocks.size();
  }

  /** The block at a place. */
  public Block at(int place) {
    return blocks.get(place);
  }

  /** Where a block is; -1 when it is not here any more. */
  public int placeOf(long id) {
    long place = id - firstId;
    return place >= 0 && place < blocks.size() ? (int) place : -1;
  }

  /** A block by its id. */
  public Optional<Block> find(long id) {
    int place = placeOf(id);
    return place < 0 ? Optional.empty() : Optional.of(blocks.get(place));
  }

  /** The last block that takes rows. */
  Optional<Block> lastVisible() {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (Spacing.isVisible(blocks.get(i).content())) {
        return Optional.of(blocks.get(i));
      }
    }
    return Optional.empty();
  }

  /** Adds a block; its id. */
  public long add(Content content, Instant at, String model) {
    long id = firstId + blocks.size();
    boolean spaced =
        lastVisible().map(above -> Spacing.between(above.content(), content)).orElse(false);
    blocks.add(new Block(id, 0, false, spaced, at, model, content));
    listeners.forEach(listener -> listener.added(blocks.size() - 1));
    return id;
  }

  /** Gives a block another content; one that is not here any more is passed over. */
  public void replace(long id, Content content) {
    int place = placeOf(id);
    if (place >= 0 && !blocks.get(place).content().equals(content)) {
      set(place, blocks.get(place).with(content));
    }
  }

  /** Shows all of a block, or its short form. */
  public void unfold(long id, boolean all) {
    int place = placeOf(id);
    if (place >= 0 && blocks.get(place).isUnfolded() != all) {
      set(place, blocks.get(place).unfolded(all));
    }
  }

  /** Takes a block out of sight. */
  public void discard(long id) {
    replace(id, new Content.Gone());
  }

  /** Drops all blocks. */
  public void reset() {
    firstId += blocks.size();
    blocks.clear();
    listeners.forEach(Listener::replaced);
  }

  private void set(int place, Block block) {
    blocks.set(place, block);
    listeners.forEach(listener -> listener.changed(place));
  }
}
