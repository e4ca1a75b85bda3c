package dev.agent.tui.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What does not fit into a cell: clusters of several code points, styles and links, each with a
 * number. Looking up what is there allocates nothing. For one thread, with its buffers.
 *
 * <p>Pools only grow. When they are full, {@link #renewed} gives fresh ones that hold what buffers
 * still show; numbers of another {@link #generation} mean nothing.
 */
final class Pools {
  /** Shown for a cluster that finds no place any more. */
  private static final int REPLACEMENT = 0xFFFD;

  private static final int FIRST_CAPACITY = 1 << 14;

  private final int generation;

  /** Entries of one kind that it is meant for: at three quarters it is time for fresh pools. */
  private final int capacity;

  private final List<String> clusters = new ArrayList<>();
  private int[] clusterSlots = new int[256];
  private final List<Style> styles = new ArrayList<>();
  private final Map<Style, Integer> styleIds = new HashMap<>();
  private final List<String> links = new ArrayList<>();
  private final Map<String, Integer> linkIds = new HashMap<>();

  Pools() {
    this(0, FIRST_CAPACITY);
  }

  private Pools(int generation, int capacity) {
    this.generation = generation;
    this.capacity = capacity;
    style(Style.PLAIN);
    link("");
  }

  /** Rises with each renewal. */
  int generation() {
    return generation;
  }

  /** The number of a style; bit 0 says whether it shows on a blank. */
  int style(Style style) {
    Integer known = styleIds.get(style);
    if (known != null) {
      return known;
    }
    int index = styles.size();
    if (index >= Cell.MAX_STYLES) {
      return 0;
    }
    int id = index << 1 | (showsOnBlank(style) ? 1 : 0);
    styles.add(style);
    styleIds.put(style, id);
    return id;
  }

  private static boolean showsOnBlank(Style style) {
    return !style.background().isDefault()
        || (style.flags() & (Style.UNDERLINE | Style.INVERSE | Style.STRIKE)) != 0;
  }

  Style styleOf(int id) {
    return styles.get(id >> 1);
  }

  /** The number of a link; 0 for none. */
  int link(String target) {
    Integer known = linkIds.get(target);
    if (known != null) {
      return known;
    }
    int id = links.size();
    if (id >= Cell.MAX_LINKS) {
      return 0;
    }
    links.add(target);
    linkIds.put(target, id);
    return id;
  }

  String linkOf(int id) {
    return links.get(id);
  }

  /** The glyph of a part of a text that is one cluster of several code points. */
  int cluster(String text, int from, int to) {
    int slot = slot(text, from, to);
    if (clusterSlots[slot] != 0) {
      return Cell.CLUSTERS + clusterSlots[slot] - 1;
    }
    int index = clusters.size();
    if (index >= Cell.MAX_CLUSTERS) {
      return REPLACEMENT;
    }
    clusters.add(text.substring(from, to));
    clusterSlots[slot] = index + 1;
    if (clusters.size() * 2 > clusterSlots.length) {
      rehash();
    }
    return Cell.CLUSTERS + index;
  }

  /** What a glyph looks like. */
  String textOf(int glyph) {
    return glyph >= Cell.CLUSTERS ? clusters.get(glyph - Cell.CLUSTERS) : Character.toString(glyph);
  }

  private int slot(String text, int from, int to) {
    int hash = 0;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + text.charAt(at);
    }
    int mask = clusterSlots.length - 1;
    int slot = (hash ^ hash >>> 15) & mask;
    while (clusterSlots[slot] != 0) {
      String known = clusters.get(clusterSlots[slot] - 1);
      if (known.length() == to - from && text.startsWith(known, from)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void rehash() {
    clusterSlots = new int[clusterSlots.length * 2];
    for (int index = 0; index < clusters.size(); index++) {
      String cluster = clusters.get(index);
      clusterSlots[slot(cluster, 0, cluster.length())] = index + 1;
    }
  }

  /** Whether any kind is three quarters full. */
  boolean isNearlyFull() {
    int most = Math.max(clusters.size(), Math.max(styles.size(), links.size()));
    return most > capacity / 4 * 3;
  }

  /** Whether fresh pools would be no smaller than these. */
  boolean isFresh() {
    return clusters.isEmpty() && styles.size() <= 1 && links.size() <= 1;
  }

  /** Fresh pools of the next generation; the cells are rewritten in place to mean the same. */
  Pools renewed(long[]... screens) {
    int live = 0;
    for (long[] cells : screens) {
      live += cells.length;
    }
    // Should every cell hold a cluster of its own, there must be room for as many again.
    Pools fresh = new Pools(generation + 1, Math.max(FIRST_CAPACITY, 2 * live));
    int[] styleMap = new int[styles.size()];
    Arrays.fill(styleMap, -1);
    for (long[] cells : screens) {
      for (int at = 0; at < cells.length; at++) {
        cells[at] = moved(cells[at], fresh, styleMap);
      }
    }
    return fresh;
  }

  private long moved(long cell, Pools fresh, int[] styleMap) {
    int glyph = Cell.glyph(cell);
    if (glyph >= Cell.CLUSTERS) {
      String text = textOf(glyph);
      glyph = fresh.cluster(text, 0, text.length());
    }
    int index = Cell.style(cell) >> 1;
    if (styleMap[index] < 0) {
      styleMap[index] = fresh.style(styles.get(index));
    }
    int link = Cell.link(cell) == 0 ? 0 : fresh.link(linkOf(Cell.link(cell)));
    return Cell.of(glyph, Cell.width(cell), styleMap[index], link, Cell.isContested(cell));
  }
}
