package dev.agent.tui.dialog;

import java.time.Instant;
import java.util.Optional;

/** What came of the list of places to go back to. */
public sealed interface Rewind {
  /**
   * A prompt that the session can go back to.
   *
   * @param id the checkpoint's
   * @param time when it was sent; empty when that is not known
   * @param files how many files were changed since; -1 = some
   * @param added lines that came since
   * @param removed lines that went since
   */
  record Point(
      String id, String prompt, Optional<Instant> time, int files, int added, int removed) {}

  /** Back to before that prompt. */
  record To(Point point, What what) implements Rewind {}

  /** Everything stays. */
  record Left() implements Rewind {}

  /** What goes back. */
  enum What {
    CONVERSATION,
    FILES,
    BOTH
  }
}
