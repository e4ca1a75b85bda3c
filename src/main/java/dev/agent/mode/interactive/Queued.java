package dev.agent.mode.interactive;

/** Something that waits for its turn. */
public sealed interface Queued {
  /** When it is taken. */
  Priority priority();

  /** For people, one line or more. */
  String shown();

  /** How urgent it is; within a priority the older comes first. */
  enum Priority {
    /** The running turn is interrupted for it. */
    NOW,
    /** At the next tool boundary of the running turn, else right after it. */
    NEXT,
    /** When all other work is done, as a turn of its own. */
    LATER
  }

  /** Words for the model. */
  record Message(UserInput input, Priority priority) implements Queued {
    @Override
    public String shown() {
      return input.text();
    }
  }

  /**
   * A command that the person runs themselves.
   *
   * @param isPrivate whether the model is never told
   */
  record Shell(String command, boolean isPrivate, Priority priority) implements Queued {
    @Override
    public String shown() {
      return (isPrivate ? "!!" : "!") + command;
    }
  }

  /**
   * Something done to the session between turns.
   *
   * @param shown what it is, such as {@code /clear}
   */
  record Operation(String shown, Runnable action, Priority priority) implements Queued {}
}
