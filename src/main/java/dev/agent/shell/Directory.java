package dev.agent.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a command runs, told by the {@code cd}s before it. More than one place is possible, because
 * a {@code cd} may fail.
 *
 * @param possible the ways from the directory in which the line started, each a list of arguments
 *     of {@code cd} one after the other; an empty list is the start itself
 * @param isKnown whether one of the ways is the right one; if not, the list is empty
 */
public record Directory(List<List<Argument>> possible, boolean isKnown) {
  /** Where the line started. */
  public static final Directory START = new Directory(List.of(List.of()), true);

  /** Anywhere. */
  public static final Directory UNKNOWN = new Directory(List.of(), false);

  private static final int MAX_WAYS = 16;
  private static final int MAX_STEPS = 32;

  public Directory {
    possible = List.copyOf(possible);
  }

  /** Whether nothing has moved away from where the line started. */
  public boolean isStart() {
    return equals(START);
  }

  /** The directory after a successful {@code cd} to the argument. */
  Directory then(Argument target) {
    if (!isKnown || !target.isExact()) {
      return UNKNOWN;
    }
    if (target.text().startsWith("/")) {
      return new Directory(List.of(List.of(target)), true);
    }
    Set<List<Argument>> ways = new LinkedHashSet<>();
    for (List<Argument> way : possible) {
      if (way.size() >= MAX_STEPS) {
        return UNKNOWN;
      }
      List<Argument> longer = new ArrayList<>(way);
      longer.add(target);
      ways.add(List.copyOf(longer));
    }
    return new Directory(List.copyOf(ways), true);
  }

  /** Either of the two. */
  Directory or(Directory other) {
    if (equals(other)) {
      return this;
    }
    if (!isKnown || !other.isKnown) {
      return UNKNOWN;
    }
    Set<List<Argument>> ways = new LinkedHashSet<>(possible);
    ways.addAll(other.possible);
    return ways.size() > MAX_WAYS ? UNKNOWN : new Directory(List.copyOf(ways), true);
  }
}
