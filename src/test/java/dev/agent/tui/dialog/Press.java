package dev.agent.tui.dialog;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import java.util.Optional;

/** Inputs, written short. */
final class Press {
  static final Input ENTER = action(Action.SUBMIT);
  static final Input ESC = action(Action.CANCEL);
  static final Input UP = action(Action.UP);
  static final Input DOWN = action(Action.DOWN);
  static final Input TAB = action(Action.COMPLETE);
  static final Input SHIFT_TAB = action(Action.CYCLE_MODE);
  static final Input PAGE_DOWN = action(Action.PAGE_DOWN);
  static final Input PAGE_UP = action(Action.PAGE_UP);
  static final Input CTRL_C = action(Action.INTERRUPT);
  static final Input CTRL_D = action(Action.EXPLAIN);
  static final Input CTRL_E = action(Action.LINE_END);
  static final Input CTRL_G = action(Action.EXTERNAL_EDITOR);

  private Press() {}

  /** A key that means something. */
  static Input action(Action action) {
    return new Input.Pressed(Key.named(KeyType.F12, false, false, false), Optional.of(action));
  }

  /** A key that types. */
  static Input key(String text) {
    return new Input.Pressed(Key.typed(text, false, false, false), Optional.empty());
  }

  /** Types a text, then does the rest; the last step. */
  static <A> Step<A> type(Dialog<A> dialog, String text) {
    Step<A> last = new Step.Open<>();
    for (int i = 0; i < text.length(); i++) {
      last = dialog.on(key(text.substring(i, i + 1)));
    }
    return last;
  }

  /** Does one after the other; the last step. */
  static <A> Step<A> all(Dialog<A> dialog, Input... inputs) {
    Step<A> last = new Step.Open<>();
    for (Input input : inputs) {
      last = dialog.on(input);
    }
    return last;
  }
}
