package dev.agent.tui.dialog;

/** What came of a list. */
public sealed interface Pick<T> {
  /** This entry was chosen. */
  record Chosen<T>(T value) implements Pick<T> {}

  /** The selection moved to this entry; the list stays. */
  record Looked<T>(T value) implements Pick<T> {}

  /** Nothing was chosen. */
  record Left<T>() implements Pick<T> {}
}
