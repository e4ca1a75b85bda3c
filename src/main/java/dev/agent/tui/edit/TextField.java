package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.Keymap;
import java.util.Optional;

/** A field of text in a dialog or above a list: an editor with the keymap's keys. */
public final class TextField {
  private final Keymap keymap;
  private final TextEditor editor;
  private int columns = Integer.MAX_VALUE;

  /**
   * @param singleLine whether line ends become blanks
   */
  public TextField(Keymap keymap, boolean singleLine) {
    this.keymap = keymap;
    this.editor = new TextEditor(singleLine);
  }

  /** The text, its cursor, and ways to set them. */
  public TextEditor editor() {
    return editor;
  }

  /** Lays it out; up and down then go by these rows. */
  public EditorLayout layout(EditorLook look, int width) {
    columns = look.columns(width);
    return EditorLayout.of(editor.state(), look, width);
  }

  /**
   * Takes a key or a paste.
   *
   * @return what the key means to the dialog: an action that is none of editing, or up and down
   *     beyond the text; empty when it was the field's
   */
  public Optional<Action> handle(InputEvent event) {
    switch (event) {
      case InputEvent.Pasted(String text, long _) -> editor.paste(text);
      case InputEvent.Pressed(Key key) -> {
        Optional<Action> action = keymap.action(KeyContext.FIELD, key);
        if (action.isPresent()) {
          return editor.apply(action.get(), columns) ? Optional.empty() : action;
        }
        if (key.types()) {
          editor.insert(key.text());
        }
      }
      default -> {}
    }
    return Optional.empty();
  }
}
