package dev.agent.tui.dialog;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Chord;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.Keymap;
import java.util.Optional;

/** Inputs, written short. */
final class Press {
  static final Keymap KEYMAP = Keymap.defaults();
  static final Input ENTER = chord("enter");
  static final Input ESC = chord("esc");
  static final Input UP = chord("up");
  static final Input DOWN = chord("down");
  static final Input LEFT = chord("left");
  static final Input RIGHT = chord("right");
  static final Input TAB = chord("tab");
  static final Input SHIFT_TAB = chord("shift+tab");
  static final Input PAGE_DOWN = chord("pagedown");
  static final Input PAGE_UP = chord("pageup");
  static final Input CTRL_C = chord("ctrl+c");
  static final Input CTRL_D = chord("ctrl+d");
  static final Input CTRL_E = chord("ctrl+e");
  static final Input CTRL_G = chord("ctrl+g");
  static final Input CTRL_O = chord("ctrl+o");
  static final Input SPACE = key(" ");

  private Press() {}

  /** A key as the keymap of the product reads it in a dialog. */
  static Input chord(String text) {
    Chord chord = Chord.parse(text).orElseThrow();
    Key key =
        chord.type() == KeyType.Character
            ? Key.typed(chord.text(), chord.ctrl(), chord.alt(), chord.shift())
            : Key.named(chord.type(), chord.ctrl(), chord.alt(), chord.shift());
    return new Input.Pressed(key, KEYMAP.action(KeyContext.DIALOG, key));
  }

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
