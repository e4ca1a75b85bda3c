package dev.agent.tui.edit;

import java.util.Optional;

/**
 * Two characters that mean Escape when one is typed right behind the other, such as {@code jj}. The
 * first one is text at once; when the second one follows in time, the text is as before it. Not
 * thread-safe.
 */
final class InsertEscape {
  /** As long as this may lie between the two, in nanoseconds. */
  static final long WITHIN = 300_000_000;

  private String first = "";
  private String second = "";
  private Optional<Typed> typed = Optional.empty();

  /** The first one was typed: the text around it, and when. */
  private record Typed(TextEditor.State before, TextEditor.State after, long at) {}

  /**
   * @param keys the two characters; anything else for none
   */
  void keys(String keys) {
    boolean two = keys.codePointCount(0, keys.length()) == 2;
    int middle = two ? keys.offsetByCodePoints(0, 1) : 0;
    first = keys.substring(0, middle);
    second = two ? keys.substring(middle) : "";
    typed = Optional.empty();
  }

  /**
   * Takes the next key before anybody else: what it types, or the empty text.
   *
   * @param now by {@link System#nanoTime}
   * @return the text as it was before the two, when this was the second one of them
   */
  Optional<TextEditor.State> ends(String text, TextEditor.State present, long now) {
    Optional<Typed> begun = typed;
    typed = Optional.empty();
    return text.isEmpty() || !text.equals(second)
        ? Optional.empty()
        : begun.filter(it -> now - it.at <= WITHIN && it.after.equals(present)).map(Typed::before);
  }

  /** Something was typed; it may be the first one of the two. */
  void typed(String text, TextEditor.State before, TextEditor.State after, long now) {
    boolean begins = !first.isEmpty() && text.equals(first) && !before.equals(after);
    typed = begins ? Optional.of(new Typed(before, after, now)) : Optional.empty();
  }
}
