package dev.agent.tui.dialog;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.edit.EditorLayout;
import dev.agent.tui.edit.EditorLook;
import dev.agent.tui.edit.Passage;
import dev.agent.tui.edit.TextEditor;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** A text row in a dialog. Mutable, owned by its dialog. */
final class Field {
  private final String placeholder;
  private final TextEditor editor;
  private int columns = 80;

  private Field(String placeholder, boolean singleLine) {
    this.placeholder = placeholder;
    this.editor = new TextEditor(singleLine);
  }

  /**
   * One for words to a person or a model, with line ends.
   *
   * @param placeholder shown while it is empty
   */
  static Field words(String placeholder) {
    return new Field(placeholder, false);
  }

  /**
   * One for a single line, such as a filter.
   *
   * @param placeholder shown while it is empty
   */
  static Field line(String placeholder) {
    return new Field(placeholder, true);
  }

  /** The text, with the text of its pastes. */
  String text() {
    return editor.passage().expanded();
  }

  /** Replaces the text; the cursor goes to its end. */
  void text(String newText) {
    editor.set(Passage.of(newText), newText.length());
  }

  /** Takes what edits text; whether it was that. */
  boolean on(Input input) {
    switch (input) {
      case Input.Pasted(String pasted) -> editor.paste(pasted);
      case Input.Pressed(var key, var action) -> {
        if (action.isPresent()) {
          // Ctrl+D deletes where there is something to delete, as in the composer.
          Action meant =
              action.get() == Action.DELETE_FORWARD_OR_EXIT ? Action.DELETE_FORWARD : action.get();
          boolean expands = meant == Action.LINE_END && editor.expand();
          return expands || editor.apply(meant, columns);
        }
        if (!key.types()) {
          return false;
        }
        editor.insert(key.text());
      }
      case Input.Wheel _, Input.Clicked _, Input.Edited _ -> {
        return false;
      }
    }
    return true;
  }

  /** Its rows behind a label. */
  List<Line> lines(Canvas canvas, Span label, int width, boolean hasKeys) {
    Style text = canvas.style(Token.TEXT);
    Style dim = canvas.style(Token.DIM);
    int room = Math.max(0, width - label.width() - 1);
    EditorLook look =
        new EditorLook(
            label,
            Span.decoration(" ".repeat(label.width()), Style.PLAIN),
            text,
            canvas.style(Token.ACCENT),
            canvas.style(Token.SELECTION),
            Span.decoration(Text.head(placeholder, room), dim));
    columns = look.columns(width);
    EditorLayout layout = EditorLayout.of(editor.state(), look, width);
    List<Line> lines = new ArrayList<>();
    for (Row row : layout.rows()) {
      Line line = Line.of(row);
      boolean here = hasKeys && lines.size() == layout.cursorRow();
      lines.add(here ? line.cursor(layout.cursorColumn()) : line);
    }
    return lines;
  }
}
