package dev.agent.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** Line differences in the unified form. */
public final class Diffs {
  private static final int CONTEXT = 3;

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
    Patch<String> patch = DiffUtils.diff(old, now);
    List<Hunk> hunks = new ArrayList<>();
    List<AbstractDelta<String>> group = new ArrayList<>();
    for (AbstractDelta<String> delta : patch.getDeltas()) {
      if (!group.isEmpty()) {
        AbstractDelta<String> last = group.getLast();
        int gap =
            delta.getSource().getPosition()
                - (last.getSource().getPosition() + last.getSource().size());
        if (gap > 2 * CONTEXT) {
          hunks.add(hunk(group, old));
          group.clear();
        }
      }
      group.add(delta);
    }
    if (!group.isEmpty()) {
      hunks.add(hunk(group, old));
    }
    return hunks;
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : text.lines().toList();
  }

  private static Hunk hunk(List<AbstractDelta<String>> group, List<String> old) {
    int firstOld = group.getFirst().getSource().getPosition();
    int firstNew = group.getFirst().getTarget().getPosition();
    int lead = Math.min(CONTEXT, firstOld);
    int at = firstOld - lead;
    List<String> lines = new ArrayList<>();
    int added = 0;
    int removed = 0;
    for (AbstractDelta<String> delta : group) {
      for (; at < delta.getSource().getPosition(); at++) {
        lines.add(" " + old.get(at));
      }
      for (String line : delta.getSource().getLines()) {
        lines.add("-" + line);
        removed++;
      }
      for (String line : delta.getTarget().getLines()) {
        lines.add("+" + line);
        added++;
      }
      at += delta.getSource().size();
    }
    for (int i = 0; i < CONTEXT && at < old.size(); i++, at++) {
      lines.add(" " + old.get(at));
    }
    int context = lines.size() - added - removed;
    return new Hunk(
        firstOld - lead + 1,
        context + removed,
        firstNew - lead + 1,
        context + added,
        List.copyOf(lines));
  }
}
