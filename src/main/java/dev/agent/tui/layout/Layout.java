package dev.agent.tui.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Places boxes in two passes: what each would like to have, then what each gets. Measures of leaves
 * are kept by name, width and version. Never throws, whatever the size. Owned by the UI thread.
 */
public final class Layout {
  private static final int MAX_MEASURES = 256;

  private final Map<Measured, Integer> measures = new HashMap<>();
  private int screenWidth;
  private int screenHeight;

  private record Measured(String name, int width, long version) {}

  /** The rectangles of all named boxes that are shown, those drawn last at the end. */
  public List<Placed> place(Box root, int width, int height) {
    screenWidth = Math.max(0, width);
    screenHeight = Math.max(0, height);
    if (measures.size() > MAX_MEASURES) {
      measures.clear();
    }
    List<Placed> placed = new ArrayList<>();
    if (isShown(root)) {
      place(root, new Rect(0, 0, screenWidth, screenHeight), placed);
    }
    placed.sort(Comparator.comparingInt(Placed::z));
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

  private boolean isShown(Box box) {
    return screenWidth >= box.hideBelow().columns() && screenHeight >= box.hideBelow().rows();
  }

  private void place(Box box, Rect outer, List<Placed> placed) {
    if (!box.name().isEmpty()) {
      placed.add(new Placed(box.name(), outer, box.z()));
    }
    box.group().ifPresent(group -> placeGroup(group, inner(outer, box.padding()), placed));
  }

  private List<Box> flow(Box.Group group) {
    List<Box> flow = new ArrayList<>(group.children().size());
    for (Box child : group.children()) {
      if (isShown(child) && child.z() == 0) {
        flow.add(child);
      }
    }
    return flow;
  }

  private static Rect inner(Rect outer, Box.Padding padding) {
    int left = Math.min(padding.left(), outer.width());
    int top = Math.min(padding.top(), outer.height());
    return new Rect(
        outer.column() + left,
        outer.row() + top,
        Math.max(0, outer.width() - left - padding.right()),
        Math.max(0, outer.height() - top - padding.bottom()));
  }

  private void placeGroup(Box.Group group, Rect area, List<Placed> placed) {
    List<Box> flow = flow(group);
    boolean isRow = group.direction() == Box.Direction.ROW;
    int whole = isRow ? area.width() : area.height();
    int across = isRow ? area.height() : area.width();
    int gaps = Math.max(0, flow.size() - 1) * Math.max(0, group.gap());
    int[] sizes = sizes(flow, isRow, Math.max(0, whole - gaps), across);
    int free = whole - gaps;
    for (int size : sizes) {
      free -= size;
    }
    int at = lead(group.justify(), Math.max(0, free));
    int between =
        group.justify() == Box.Justify.BETWEEN && flow.size() > 1
            ? Math.max(0, free) / (flow.size() - 1)
            : 0;
    for (int i = 0; i < flow.size(); i++) {
      Box child = flow.get(i);
      int start = Math.min(at, whole);
      int size = Math.min(sizes[i], whole - start);
      place(child, childRect(child, isRow, area, start, size), placed);
      // What got nothing needs no gap either.
      at += sizes[i] + (sizes[i] > 0 ? group.gap() : 0) + between;
    }
    for (Box child : group.children()) {
      if (isShown(child) && child.z() > 0) {
        place(child, overlay(child, area), placed);
      }
    }
  }

  private static int lead(Box.Justify justify, int free) {
    return switch (justify) {
      case START, BETWEEN -> 0;
      case CENTER -> free / 2;
      case END -> free;
    };
  }

  private Rect childRect(Box child, boolean isRow, Rect area, int start, int size) {
    int room = isRow ? area.height() : area.width();
    int wide = room;
    if (child.across() != Box.Across.STRETCH) {
      wide = Math.min(room, isRow ? height(child, size) : width(child));
    }
    int offset =
        switch (child.across()) {
          case STRETCH, START -> 0;
          case CENTER -> (room - wide) / 2;
          case END -> room - wide;
        };
    return isRow
        ? new Rect(area.column() + start, area.row() + offset, size, wide)
        : new Rect(area.column() + offset, area.row() + start, wide, size);
  }

  /** An overlay stands at the bottom of its group, or in the middle, as wide as it likes. */
  private Rect overlay(Box child, Rect area) {
    int width = Math.min(area.width(), clamp(width(child), child));
    int height = Math.min(area.height(), height(child, width));
    int column =
        switch (child.across()) {
          case STRETCH, START -> area.column();
          case CENTER -> area.column() + (area.width() - width) / 2;
          case END -> area.column() + area.width() - width;
        };
    return child.across() == Box.Across.STRETCH
        ? new Rect(area.column(), area.row() + area.height() - height, area.width(), height)
        : new Rect(column, area.row() + (area.height() - height) / 2, width, height);
  }

  /** Least sizes by rank, then wishes by rank, then the rest by weight. */
  private int[] sizes(List<Box> flow, boolean isRow, int whole, int across) {
    int count = flow.size();
    int[] wishes = new int[count];
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      wishes[i] = wish(flow.get(i), isRow, whole, across);
    }
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    java.util.Arrays.sort(order, Comparator.comparingInt(i -> flow.get(i).rank()));
    int left = whole;
    for (int i : order) {
      sizes[i] = Math.min(left, Math.min(flow.get(i).min(), flow.get(i).max()));
      left -= sizes[i];
    }
    for (int i : order) {
      int more = Math.min(left, Math.max(0, wishes[i] - sizes[i]));
      sizes[i] += more;
      left -= more;
    }
    share(flow, sizes, left);
    return sizes;
  }

  private int wish(Box box, boolean isRow, int whole, int across) {
    int wish =
        switch (box.size()) {
          case Size.Fixed(int cells) -> cells;
          case Size.Fit() -> isRow ? width(box) : height(box, across);
          case Size.Flex _ -> 0;
          case Size.Percent(int of100) -> (int) ((long) whole * of100 / 100);
        };
    return clamp(wish, box);
  }

  private static int clamp(int cells, Box box) {
    return Math.max(Math.max(0, box.min()), Math.min(cells, box.max()));
  }

  /** Gives what is left to those that flex, by weight; the first ones get the odd cells. */
  private static void share(List<Box> flow, int[] sizes, int rest) {
    int left = rest;
    while (left > 0) {
      int weights = 0;
      for (int i = 0; i < sizes.length; i++) {
        weights += growth(flow.get(i), sizes[i]);
      }
      if (weights == 0) {
        return;
      }
      int given = 0;
      for (int i = 0; i < sizes.length && given < left; i++) {
        int weight = growth(flow.get(i), sizes[i]);
        if (weight > 0) {
          int more = Math.max(1, (int) ((long) left * weight / weights));
          more = Math.min(Math.min(more, left - given), flow.get(i).max() - sizes[i]);
          sizes[i] += more;
          given += more;
        }
      }
      left -= given;
    }
  }

  private static int growth(Box box, int size) {
    return box.size() instanceof Size.Flex(int weight) && size < box.max() ? weight : 0;
  }

  private int height(Box box, int width) {
    int inside = Math.max(0, width - box.padding().left() - box.padding().right());
    int content =
        switch (box.kind()) {
          case Box.Leaf(Box.Measure measure, long version) ->
              measure(box.name(), measure, version, inside);
          case Box.Group group -> groupHeight(group, inside);
        };
    return content + box.padding().top() + box.padding().bottom();
  }

  private int measure(String name, Box.Measure measure, long version, int width) {
    return name.isEmpty()
        ? Math.max(0, measure.height(width))
        : measures.computeIfAbsent(
            new Measured(name, width, version), _ -> Math.max(0, measure.height(width)));
  }

  private int groupHeight(Box.Group group, int width) {
    List<Box> flow = flow(group);
    if (group.direction() == Box.Direction.COLUMN) {
      int sum = Math.max(0, flow.size() - 1) * group.gap();
      for (Box child : flow) {
        sum += wish(child, false, screenHeight, width);
      }
      return sum;
    }
    int gaps = Math.max(0, flow.size() - 1) * group.gap();
    int[] widths = sizes(flow, true, Math.max(0, width - gaps), screenHeight);
    int highest = 0;
    for (int i = 0; i < widths.length; i++) {
      highest = Math.max(highest, height(flow.get(i), widths[i]));
    }
    return highest;
  }

  private int width(Box box) {
    int content =
        switch (box.kind()) {
          case Box.Leaf(Box.Measure measure, _) -> Math.min(screenWidth, measure.width());
          case Box.Group group -> groupWidth(group);
        };
    return content + box.padding().left() + box.padding().right();
  }

  private int groupWidth(Box.Group group) {
    List<Box> flow = flow(group);
    boolean isRow = group.direction() == Box.Direction.ROW;
    int sum = isRow ? Math.max(0, flow.size() - 1) * group.gap() : 0;
    int widest = 0;
    for (Box child : flow) {
      int width = isRow ? wish(child, true, screenWidth, screenHeight) : width(child);
      sum += width;
      widest = Math.max(widest, width);
    }
    return isRow ? sum : widest;
  }
}
