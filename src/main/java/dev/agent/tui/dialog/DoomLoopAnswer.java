package dev.agent.tui.dialog;

/** What a person decided when a run went in circles. */
public sealed interface DoomLoopAnswer {
  /** It may go on; {@code note} goes to the model and may be empty. */
  record GoOn(String note) implements DoomLoopAnswer {}

  /** It stops; {@code message} says what to do instead and may be empty. */
  record Stop(String message) implements DoomLoopAnswer {}
}
