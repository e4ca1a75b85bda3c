package dev.agent.tui.view;

/** Where blank rows stand: calls follow one another without, everything else stands alone. */
final class Spacing {
  /** Shorter thoughts are not worth a row. */
  private static final int LONG_THOUGHT_SECONDS = 3;

  private Spacing() {}

  static boolean between(Content above, Content below) {
    if (below instanceof Content.Interrupted) {
      return false;
    }
    return !(isCall(above) && isCall(below));
  }

  /** Whether it takes any row while it is folded. */
  static boolean isVisible(Content content) {
    return switch (content) {
      case Content.Gone _ -> false;
      case Content.Thinking(_, var took, boolean isOpen) ->
          !isOpen && took.toSeconds() >= LONG_THOUGHT_SECONDS;
      default -> true;
    };
  }

  private static boolean isCall(Content content) {
    return content instanceof Content.Call || content instanceof Content.Run;
  }
}
