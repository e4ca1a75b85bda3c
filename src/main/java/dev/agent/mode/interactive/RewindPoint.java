package dev.agent.mode.interactive;

/**
 * A prompt that a session can be taken back to.
 *
 * @param number which prompt of the session, from 0
 * @param messages how many messages of the conversation stand before it
 * @param text as it was typed
 * @param changedFiles whether files were changed since
 */
public record RewindPoint(int number, int messages, String text, boolean changedFiles) {

  /** What is taken back. */
  public enum Scope {
    CONVERSATION,
    FILES,
    BOTH
  }
}
