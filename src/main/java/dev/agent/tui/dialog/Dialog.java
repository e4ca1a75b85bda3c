package dev.agent.tui.dialog;

/**
 * Something that waits for an answer in the composer's place. Owned by the UI thread; mutable.
 *
 * @param <A> the answer
 */
public interface Dialog<A> {
  /** What it looks like. Never throws, at whatever size. */
  Picture draw(Canvas canvas);

  /** Takes one thing that the person did. */
  Step<A> on(Input input);

  /** Whether a text row has the keys. */
  default boolean isTyping() {
    return false;
  }

  /** Whether it wants all rows of the screen rather than leave some to the transcript. */
  default boolean isFullScreen() {
    return false;
  }
}
