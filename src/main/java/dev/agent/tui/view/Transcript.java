package dev.agent.tui.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of a session in order. Blocks are added at the end and changed in place; one that was
 * thrown away stays as {@link Content.Gone}, so that a block's place never moves while others
 * change. Only {@link #reset} takes blocks away, and only {@link #putInFront} moves places; ids
 * stay. Blocks that were not looked at for long are not in memory and are read back when they are
 * needed. Owned by the UI thread, or by one other thread as long as nothing listens.
 */
public final class Transcript {
  /** Told of changes; places count from 0. */
  public interface Listener {
    /** A block was added at the end. */
    void added(int place);

    /** The block there is another one now. */
    void changed(int place);

    /** So many blocks came in front of all others: these have other places now, and their ids. */
    void cameInFront(int count);

    /** Nothing is as it was. */
    void replaced();
  }

  private final Pages pages;
  private final List<Listener> listeners = new ArrayList<>();
  private boolean hasHeader;

  /** All of it stays in memory. */
  public Transcript() {
    this(PageStore.NONE);
  }

  /**
   * @param store for blocks that are not looked at
   */
  public Transcript(PageStore store) {
    this.pages = new Pages(store);
  }

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
    return pages.size();
  }

  /** Whether it begins with a header; asked for each frame. */
  public boolean hasHeader() {
    return hasHeader;
  }

  /** The id of the first block; that of the next one while there is none. */
  public long firstId() {
    return pages.firstId();
  }

  /** The block at a place. */
  public Block at(int place) {
    return pages.at(place);
  }

  /** What {@link BlockSize#of} says of the block at a place, which need not be in memory. */
  long size(int place) {
    return pages.size(place);
  }

  /** What {@link BlockSize#whole} says of it. */
  long wholeSize(int place) {
    return pages.wholeSize(place);
  }

  /** Where a block is; -1 when it is not here any more. */
  public int placeOf(long id) {
    long place = id - pages.firstId();
    return place >= 0 && place < pages.size() ? (int) place : -1;
  }

  /** A block by its id. */
  public Optional<Block> find(long id) {
    int place = placeOf(id);
    return place < 0 ? Optional.empty() : Optional.of(pages.at(place));
  }

  /** The last block that takes rows. */
  Optional<Block> lastVisible() {
    for (int i = pages.size() - 1; i >= 0; i--) {
      if (Spacing.isVisible(pages.at(i).content())) {
        return Optional.of(pages.at(i));
      }
    }
    return Optional.empty();
  }

  /** Adds a block; its id. */
  public long add(Content content, Instant at, String model) {
    long id = pages.firstId() + pages.size();
    boolean spaced =
        lastVisible().map(above -> Spacing.between(above.content(), content)).orElse(false);
    if (pages.size() == 0) {
      hasHeader = content instanceof Content.Header;
    }
    pages.add(new Block(id, 0, false, spaced, at, model, content));
    listeners.forEach(listener -> listener.added(pages.size() - 1));
    return id;
  }

  /** Gives a block another content; one that is not here any more is passed over. */
  public void replace(long id, Content content) {
    int place = placeOf(id);
    if (place >= 0 && !pages.at(place).content().equals(content)) {
      set(place, pages.at(place).with(content));
    }
  }

  /** Shows all of a block, or its short form. */
  public void unfold(long id, boolean all) {
    int place = placeOf(id);
    if (place >= 0 && pages.at(place).isUnfolded() != all) {
      set(place, pages.at(place).unfolded(all));
    }
  }

  /** Takes a block out of sight. */
  public void discard(long id) {
    replace(id, new Content.Gone());
  }

  /** Drops all blocks. */
  public void reset() {
    pages.clear();
    hasHeader = false;
    listeners.forEach(Listener::replaced);
  }

  /**
   * Leaves room for blocks that {@link #putInFront} will bring.
   *
   * @param most of them
   * @throws IllegalStateException when there is a block already
   */
  void reserve(int most) {
    pages.reserve(most);
  }

  /**
   * Puts what was said before in front of all blocks: more than was {@link #reserve reserved} for
   * would give ids that others had. The other transcript is empty afterwards.
   */
  void putInFront(Transcript before) {
    int count = before.size();
    if (count == 0) {
      return;
    }
    Optional<Block> above = before.lastVisible();
    hasHeader = before.hasHeader;
    pages.putInFront(before.pages);
    listeners.forEach(listener -> listener.cameInFront(count));
    for (int place = count; place < pages.size(); place++) {
      Block block = pages.at(place);
      if (Spacing.isVisible(block.content())) {
        boolean spaced =
            above.map(it -> Spacing.between(it.content(), block.content())).orElse(false);
        if (spaced != block.spaced()) {
          set(place, block.spaced(spaced));
        }
        return;
      }
    }
  }

  private void set(int place, Block block) {
    hasHeader = place == 0 ? block.content() instanceof Content.Header : hasHeader;
    pages.set(place, block);
    listeners.forEach(listener -> listener.changed(place));
  }
}
