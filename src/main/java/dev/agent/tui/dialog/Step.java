package dev.agent.tui.dialog;

/** What came of one thing that the person did. */
public sealed interface Step<A> {
  /** It was taken; the dialog stays. */
  record Open<A>() implements Step<A> {}

  /** It means nothing here: others may use it. */
  record Unused<A>() implements Step<A> {}

  /** Something is decided, and the dialog stays: a setting was changed, a theme is looked at. */
  record Told<A>(A value) implements Step<A> {}

  /**
   * The person wants to work on a text in an editor; what they make of it comes back as {@link
   * Input.Edited}.
   *
   * @param suffix of the file's name, with the dot
   */
  record Edit<A>(String text, String suffix) implements Step<A> {}

  /** The dialog is over. */
  record Answered<A>(A answer) implements Step<A> {}
}
