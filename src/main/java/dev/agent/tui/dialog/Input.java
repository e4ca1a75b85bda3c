package dev.agent.tui.dialog;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import java.util.Optional;

/** What reaches a dialog. */
public sealed interface Input {
  /**
   * A key.
   *
   * @param action what the keymap makes of it, where the dialog has the keys or, while it {@link
   *     Dialog#isTyping}, where the composer has them
   */
  record Pressed(Key key, Optional<Action> action) implements Input {
    /** Whether the keymap gives it this meaning. */
    public boolean means(Action wanted) {
      return action.isPresent() && action.get() == wanted;
    }
  }

  /** A paste, whole. */
  record Pasted(String text) implements Input {}

  /**
   * The wheel.
   *
   * @param rows how far; negative = up
   */
  record Wheel(int rows) implements Input {}

  /**
   * A click on a row that stands for something.
   *
   * @param target {@link Picture#targets} of that row
   */
  record Clicked(int target) implements Input {}

  /** What came back from the editor that {@link Step.Edit} asked for. */
  record Edited(String text) implements Input {}
}
