package dev.agent.tui.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Places boxes below one another. Never throws, whatever the size. */
public final class Layout {
  private Layout() {}

  /** The rectangles of all boxes that are shown, from above to below. */
  public static List<Placed> place(List<Box> boxes, int width, int height) {
    int columns = Math.max(0, width);
    int rows = Math.max(0, height);
    List<Box> shown = new ArrayList<>(boxes);
    shown.removeIf(box -> rows < box.fromRows());
    int[] heights = heights(shown, rows);
    List<Placed> placed = new ArrayList<>(heights.length);
    int at = 0;
    for (int i = 0; i < heights.length; i++) {
      placed.add(new Placed(shown.get(i).name(), new Rect(0, at, columns, heights[i])));
      at += heights[i];
    }
    return placed;
  }

  /** The rectangle of a name; empty when the box is hidden or got no space. */
  public static Optional<Rect> find(List<Placed> placed, String name) {
    for (Placed it : placed) {
      if (it.name().equals(name) && !it.rect().isEmpty()) {
        return Optional.of(it.rect());
      }
    }
    return Optional.empty();
  }

  /** Least heights by rank, then wishes by rank, then the rest. */
  private static int[] heights(List<Box> boxes, int whole) {
    List<Integer> order = new ArrayList<>(boxes.size());
    for (int i = 0; i < boxes.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> boxes.get(i).rank()));
    int[] heights = new int[boxes.size()];
    int left = whole;
    for (int i : order) {
      heights[i] = Math.clamp(boxes.get(i).min(), 0, left);
      left -= heights[i];
    }
    for (int i : order) {
      int more = Math.clamp((long) boxes.get(i).rows() - heights[i], 0, left);
      heights[i] += more;
      left -= more;
    }
    for (int i = 0; i < heights.length; i++) {
      if (boxes.get(i).fills()) {
        heights[i] += left;
        left = 0;
      }
    }
    return heights;
  }
}
