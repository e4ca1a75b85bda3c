package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices that a run goes in circles: the same calls with the same results three times in a row,
 * also as a pattern of up to four answers (A-B-A-B-A-B). A result that differs, as when a build is
 * polled, is progress and breaks the count. Owned by the loop's thread.
 */
final class Repetition {
  /** How often something may come back unchanged. */
  static final int LIMIT = 3;

  private static final int MAX_PERIOD = 4;

  private final ArrayDeque<String> rounds = new ArrayDeque<>();

  /** Takes one answer's calls with their results; true when they close a circle. */
  boolean closesCircle(List<ContentBlock.ToolUse> uses, List<ContentBlock> results) {
    rounds.addLast(fingerprint(uses, results));
    while (rounds.size() > LIMIT * MAX_PERIOD) {
      rounds.removeFirst();
    }
    List<String> all = new ArrayList<>(rounds);
    for (int period = 1; period <= MAX_PERIOD; period++) {
      if (repeats(all, period)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets, after someone said that it may go on. */
  void reset() {
    rounds.clear();
  }

  private static boolean repeats(List<String> all, int period) {
    int length = LIMIT * period;
    if (all.size() < length) {
      return false;
    }
    int start = all.size() - length;
    for (int i = start + period; i < all.size(); i++) {
      if (!all.get(i).equals(all.get(i - period))) {
        return false;
      }
    }
    return true;
  }

  private static String fingerprint(List<ContentBlock.ToolUse> uses, List<ContentBlock> results) {
    StringBuilder out = new StringBuilder();
    for (ContentBlock.ToolUse use : uses) {
      out.append(use.name()).append(use.input()).append('\n');
    }
    for (ContentBlock block : results) {
      if (block instanceof ContentBlock.ToolResult result) {
        String text = MessageJson.plain(result.content());
        out.append(text.length()).append(':').append(text.hashCode()).append('\n');
      }
    }
    return out.toString();
  }
}
