package dev.agent.tui.cell;

/**
 * Finds rows that moved up or down together, by the hashes of rows. For one thread.
 *
 * <p>What is found: rows {@link #first} to {@link #last} of the new screen stood {@link #distance}
 * rows below (negative: above) on the old one.
 */
final class ScrollFinder {
  /** Fewer rows are written anew. */
  private static final int FEWEST = 4;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final int rows;
  private final long[] before;
  private final long[] after;
  private final boolean[] blank;
  private int first;
  private int last;
  private int distance;

  ScrollFinder(int rows) {
    this.rows = rows;
    this.before = new long[rows];
    this.after = new long[rows];
    this.blank = new boolean[rows];
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  int distance() {
    return distance;
  }

  /**
   * Looks between two rows, the outermost ones that changed.
   *
   * @return whether moving rows saves anything
   */
  boolean find(long[] shown, long[] wanted, int columns, int top, int bottom) {
    if (bottom - top < FEWEST) {
      return false;
    }
    for (int y = top; y <= bottom; y++) {
      before[y] = hash(shown, y * columns, columns);
      after[y] = hash(wanted, y * columns, columns);
      blank[y] = isBlank(wanted, y * columns, columns);
    }
    int best = FEWEST - 1;
    int reach = bottom - top + 1 - FEWEST;
    for (int moved = 1; moved <= reach; moved++) {
      best = Math.max(best, tryDistance(moved, top, bottom, best));
      best = Math.max(best, tryDistance(-moved, top, bottom, best));
    }
    return best >= FEWEST;
  }

  /** The most rows that a move by one distance saves; notes the move if that beats the best. */
  private int tryDistance(int moved, int top, int bottom, int best) {
    int most = best;
    int from = Math.max(top, top - moved);
    int to = Math.min(bottom, bottom - moved);
    int run = from;
    int saved = 0;
    for (int y = from; y <= to + 1; y++) {
      if (y <= to && after[y] == before[y + moved]) {
        // A row that looks the same before and after gains nothing, nor does a blank one.
        saved += after[y] != before[y] && !blank[y] ? 1 : 0;
        continue;
      }
      if (saved > most) {
        int worth = saved - lost(run, y - 1, moved);
        if (worth > most) {
          most = worth;
          first = run;
          last = y - 1;
          distance = moved;
        }
      }
      run = y + 1;
      saved = 0;
    }
    return most;
  }

  /** Rows that had not changed and are wiped by the move. */
  private int lost(int from, int to, int moved) {
    int count = 0;
    int first = moved > 0 ? to + 1 : from + moved;
    int last = moved > 0 ? to + moved : from - 1;
    for (int y = first; y <= last && y < rows; y++) {
      count += after[y] == before[y] && !blank[y] ? 1 : 0;
    }
    return count;
  }

  /** Four sums that don't wait for each other. */
  private static long hash(long[] cells, int from, int count) {
    long a = 1;
    long b = 2;
    long c = 3;
    long d = 4;
    int at = from;
    for (int end = from + count - 3; at < end; at += 4) {
      a = (a + cells[at]) * MIX;
      b = (b + cells[at + 1]) * MIX;
      c = (c + cells[at + 2]) * MIX;
      d = (d + cells[at + 3]) * MIX;
    }
    for (; at < from + count; at++) {
      a = (a + cells[at]) * MIX;
    }
    return mixed(a) + 3 * mixed(b) + 5 * mixed(c) + 7 * mixed(d);
  }

  /** Brings the upper bits, where the products differ most, down to the lower ones. */
  private static long mixed(long hash) {
    return (hash ^ hash >>> 32) * MIX;
  }

  private static boolean isBlank(long[] cells, int from, int count) {
    for (int at = from; at < from + count; at++) {
      if (!Cell.isDefaultBlank(cells[at])) {
        return false;
      }
    }
    return true;
  }
}
