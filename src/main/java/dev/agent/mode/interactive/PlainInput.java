package dev.agent.mode.interactive;

/**
 * Where typed lines come from and printed lines go. {@link #read} belongs to one thread, the others
 * may be called by any.
 */
interface PlainInput extends AutoCloseable {

  /** What the person did. */
  sealed interface Read {
    /** A line, or several. */
    record Line(String text) implements Read {}

    /** Ctrl+C. {@code draft}: what was typed and is gone. */
    record Break(String draft) implements Read {}

    /** Esc on its own. */
    record Escape() implements Read {}

    /** The input ended, or {@link #stop} was called. */
    record End() implements Read {}
  }

  /** Waits for the person. */
  Read read();

  /**
   * What stands in front of what is typed from now on.
   *
   * @param remembers whether what is typed joins the history
   */
  void prompt(String text, boolean remembers);

  /**
   * Prints whole lines, above what is being typed. The text ends with a line end; what a terminal
   * would obey is named instead of sent, whoever wrote it.
   */
  void print(String text);

  /** Whether what is typed stands behind the prompt, for everybody to see. */
  boolean showsPrompts();

  /** Makes {@link #read} return. */
  void stop();

  /** Puts the terminal back to how it was. */
  @Override
  void close();
}
