package dev.agent.tui.edit;

import dev.agent.tui.input.PasteText;

/** Something written in the composer: what was sent, or what is still to be. */
public record Draft(InputMode mode, Passage passage) {
  /** Nothing. */
  public static final Draft EMPTY = new Draft(InputMode.PROMPT, Passage.EMPTY);

  /** What {@link #text} made, with its mode again; control characters are left out. */
  public static Draft of(String written) {
    String text = PasteText.clean(written);
    InputMode mode = text.isEmpty() ? InputMode.PROMPT : InputMode.begunBy(text.substring(0, 1));
    return new Draft(mode, Passage.of(text.substring(mode.prefix().length())));
  }

  /** All of it as one text: the mode's character in front, pastes in full. */
  public String text() {
    return mode.prefix() + passage.expanded();
  }

  /** Whether there is nothing to see. */
  public boolean isBlank() {
    return passage.text().isBlank();
  }
}
