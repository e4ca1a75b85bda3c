package dev.agent.mode.interactive;

import java.time.Instant;

/**
 * A prompt that a session can be taken back to.
 *
 * @param number which prompt of the session, from 0
 * @param messages how many messages of the conversation stand before it
 * @param text as it was typed
 * @param time when it was sent
 * @param changedFiles whether files were changed since
 */
public record RewindPoint(
    int number, int messages, String text, Instant time, boolean changedFiles) {

  /**
   * What was done to files since a prompt.
   *
   * @param files whose content is another one now
   * @param added lines that came
   * @param removed lines that went
   */
  public record Changes(int files, int added, int removed) {
    /** Nothing. */
    public static final Changes NONE = new Changes(0, 0, 0);
  }

  /** What is taken back. */
  public enum Scope {
    CONVERSATION,
    FILES,
    BOTH
  }
}
