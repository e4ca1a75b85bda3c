package dev.agent.tui.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The blocks of a transcript by their places. The pages that were looked at last are in memory, and
 * so is the end; all others are kept in a store.
 */
final class Pages {
  /** Pages in memory: some three hundred blocks, more than a screen and those around it show. */
  static final int IN_MEMORY = 10;

  private final PageStore store;
  private final List<Page> pages = new ArrayList<>();

  /** The place of each page's first block; what is behind the last page is not counted. */
  private int[] starts = new int[16];

  /** Pages with their blocks in memory, the one that was looked at last in front. */
  private final Deque<Page> here = new ArrayDeque<>();

  private int size;
  private long firstId;

  /** The page that was looked at last, by its number. */
  private int last;

  Pages(PageStore store) {
    this.store = store;
  }

  int size() {
    return size;
  }

  /** The id of the first block. */
  long firstId() {
    return firstId;
  }

  Block at(int place) {
    int number = find(place);
    return opened(number).at(place - starts[number], firstId + starts[number]);
  }

  long size(int place) {
    int number = find(place);
    return pages.get(number).size(place - starts[number]);
  }

  long wholeSize(int place) {
    int number = find(place);
    return pages.get(number).wholeSize(place - starts[number]);
  }

  void add(Block block) {
    if (pages.isEmpty() || pages.getLast().isFull()) {
      startsAt(pages.size(), size);
      pages.add(new Page());
    }
    int number = pages.size() - 1;
    opened(number).add(block, firstId + starts[number]);
    size++;
  }

  void set(int place, Block block) {
    int number = find(place);
    opened(number).set(place - starts[number], block, firstId + starts[number]);
  }

  /** Drops all blocks; the next one gets an id that none had. */
  void clear() {
    firstId += size;
    size = 0;
    last = 0;
    pages.clear();
    here.clear();
  }

  /**
   * Leaves ids free for blocks that will be put in front.
   *
   * @throws IllegalStateException when there is a block already
   */
  void reserve(int ids) {
    if (size > 0) {
      throw new IllegalStateException("there are blocks already");
    }
    firstId += ids;
  }

  /** Puts blocks in front of all others; the other pages are empty afterwards. */
  void putInFront(Pages other) {
    firstId -= other.size;
    size += other.size;
    last = 0;
    pages.addAll(0, other.pages);
    int start = 0;
    for (int number = 0; number < pages.size(); number++) {
      Page page = pages.get(number);
      startsAt(number, start);
      if (number < other.pages.size()) {
        page.renumber(firstId + start);
      }
      start += page.count();
    }
    here.addAll(other.here);
    trim();
    other.clear();
  }

  private void startsAt(int number, int place) {
    if (number == starts.length) {
      starts = java.util.Arrays.copyOf(starts, number * 2);
    }
    starts[number] = place;
  }

  private int find(int place) {
    if (place < 0 || place >= size) {
      throw new IndexOutOfBoundsException(place);
    }
    if (!holds(last, place)) {
      int found = java.util.Arrays.binarySearch(starts, 0, pages.size(), place);
      last = found >= 0 ? found : -found - 2;
    }
    return last;
  }

  private boolean holds(int number, int place) {
    return number < pages.size()
        && starts[number] <= place
        && place < starts[number] + pages.get(number).count();
  }

  /** The page, which comes to the front of those in memory. */
  private Page opened(int number) {
    Page page = pages.get(number);
    if (here.peekFirst() != page) {
      here.remove(page);
      here.addFirst(page);
      trim();
    }
    return page;
  }

  /** Lets pages go that were not looked at for the longest time, but not the end. */
  private void trim() {
    while (here.size() > IN_MEMORY) {
      Page oldest = here.removeLast();
      if (oldest != pages.getLast()) {
        oldest.leave(store);
      } else {
        here.addFirst(oldest);
      }
    }
  }
}
