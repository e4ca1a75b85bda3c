package dev.agent.tui.edit;

/** What an operator is done to when a motion follows it; that is not always what it crosses. */
final class VimOperand {
  private VimOperand() {}

  /**
   * The part of the text.
   *
   * @param key of the motion
   * @param from where it began
   * @param times how often it was wanted
   * @param changes whether the operator is the one that lets other text be typed instead
   */
  static VimObjects.Range of(
      Passage passage, String key, VimMotions.Motion motion, int from, int times, boolean changes) {
    VimMotions motions = new VimMotions(passage);
    int to = passage.outside(motion.to());
    if (key.equalsIgnoreCase("w")) {
      boolean big = key.equals("W");
      boolean onBlank = from == passage.lineEnd(from) || motions.isBlank(from);
      to =
          changes && !onBlank
              ? motions.endOfWords(from, times, big)
              : motions.words(from, times, big, true);
    }
    int low = Math.min(from, to);
    int high = Math.max(from, to);
    boolean lines = motion.lines();
    if (motion.inclusive() && high < passage.lineEnd(high)) {
      high = passage.next(high);
    }
    if ((key.equals("{") || key.equals("}"))
        && high > passage.lineEnd(low)
        && high == passage.lineStart(high)) {
      // An end in the first column is the end of the line before.
      high--;
      lines = low <= motions.firstVisible(low);
    }
    return new VimObjects.Range(low, high, lines);
  }
}
