package dev.agent.tui.dialog;

import java.time.Instant;
import java.util.Optional;

/** What came of the list of places to go back to. */
public sealed interface Rewind {
  /**
   * A prompt that the session can go back to.
   *
   * @param id whatever the front-end knows it by
   * @param prompt as it was typed
   * @param time when that was, where it is known
   * @param changedFiles whether files were changed since
   */
  record Point(String id, String prompt, Optional<Instant> time, boolean changedFiles) {}

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
