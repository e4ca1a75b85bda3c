package dev.agent.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/** Line differences in the unified form. */
public final class Diffs {
  private static final int CONTEXT = 3;
  private static final long MAX_WORK = 16_000_000;

  private Diffs() {}

  /**
   * A run of changes with three lines around it.
   *
   * @param lines each begins with a blank, {@code -} or {@code +}
   */
  public record Hunk(int oldStart, int oldLines, int newStart, int newLines, List<String> lines) {}

  /** The changes from one text to another; empty when the lines are equal. */
  public static List<Hunk> hunks(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    int same = 0;
    int most = Math.min(old.size(), now.size());
    while (same < most && old.get(same).equals(now.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < most - same
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    List<Change> changes =
        changes(old.subList(same, old.size() - tail), now.subList(same, now.size() - tail), same);
    List<Hunk> hunks = new ArrayList<>();
    List<Change> group = new ArrayList<>();
    for (Change change : changes) {
      if (!group.isEmpty() && change.oldAt() - group.getLast().oldEnd() > 2 * CONTEXT) {
        hunks.add(hunk(group, old));
        group.clear();
      }
      group.add(change);
    }
    if (!group.isEmpty()) {
      hunks.add(hunk(group, old));
    }
    return hunks;
  }

  /** Lines that go and lines that come, at places of the whole texts. */
  private record Change(int oldAt, List<String> removed, int newAt, List<String> added) {
    int oldEnd() {
      return oldAt + removed.size();
    }
  }

  /**
   * The work grows with the product of the sizes: where two large texts have little in common, one
   * is shown as replaced by the other.
   */
  private static List<Change> changes(List<String> old, List<String> now, int offset) {
    if (old.isEmpty() && now.isEmpty()) {
      return List.of();
    }
    if (old.isEmpty() || now.isEmpty() || (long) old.size() * now.size() > MAX_WORK) {
      return List.of(new Change(offset, old, offset, now));
    }
    List<Change> changes = new ArrayList<>();
    for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
      changes.add(
          new Change(
              offset + delta.getSource().getPosition(),
              delta.getSource().getLines(),
              offset + delta.getTarget().getPosition(),
              delta.getTarget().getLines()));
    }
    return changes;
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : text.lines().toList();
  }

  private static Hunk hunk(List<Change> group, List<String> old) {
    int lead = Math.min(CONTEXT, group.getFirst().oldAt());
    int at = group.getFirst().oldAt() - lead;
    int firstOld = at;
    int firstNew = group.getFirst().newAt() - lead;
    List<String> lines = new ArrayList<>();
    int added = 0;
    int removed = 0;
    for (Change change : group) {
      for (; at < change.oldAt(); at++) {
        lines.add(" " + old.get(at));
      }
      for (String line : change.removed()) {
        lines.add("-" + line);
      }
      for (String line : change.added()) {
        lines.add("+" + line);
      }
      removed += change.removed().size();
      added += change.added().size();
      at += change.removed().size();
    }
    for (int i = 0; i < CONTEXT && at < old.size(); i++, at++) {
      lines.add(" " + old.get(at));
    }
    int context = lines.size() - added - removed;
    int oldLines = context + removed;
    int newLines = context + added;
    // As in unified diffs: an empty side is counted from the line before it.
    return new Hunk(
        oldLines == 0 ? firstOld : firstOld + 1,
        oldLines,
        newLines == 0 ? firstNew : firstNew + 1,
        newLines,
        List.copyOf(lines));
  }
}
