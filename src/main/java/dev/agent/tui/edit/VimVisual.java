package dev.agent.tui.edit;

import dev.agent.tui.edit.VimMode.Mode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What keys do to what visual mode has selected, where they are no motions. Not thread-safe. */
final class VimVisual {
  private final VimState vim;
  private final TextEditor editor;
  private final VimCommand command;
  private final VimEdits edits;
  private final VimSelection selection;

  VimVisual(VimState vim) {
    this.vim = vim;
    this.editor = vim.editor();
    this.command = vim.command();
    this.edits = vim.edits();
    this.selection = vim.selection();
  }

  /** Does the command of a key; false when it is none of these. */
  boolean take(String key) {
    VimObjects.Range range = edits.whole(vim.selected());
    switch (key) {
      case "x" -> operate("d");
      case "X", "D" -> {
        vim.mode(Mode.VISUAL_LINES);
        operate("d");
      }
      case "s" -> operate("c");
      case "C", "S", "R" -> {
        vim.mode(Mode.VISUAL_LINES);
        operate("c");
      }
      case "Y" -> {
        vim.mode(Mode.VISUAL_LINES);
        operate("y");
      }
      case "o" -> {
        selection.swap();
        vim.done();
      }
      case "v" -> vim.select(vim.mode() == Mode.VISUAL ? Mode.NORMAL : Mode.VISUAL);
      case "V" -> vim.select(vim.mode() == Mode.VISUAL_LINES ? Mode.NORMAL : Mode.VISUAL_LINES);
      case "r" -> command.pending(key);
      case "~" -> map(range, VimEdits::toggled);
      case "u" -> map(range, character -> character.toLowerCase(Locale.ROOT));
      case "U" -> map(range, character -> character.toUpperCase(Locale.ROOT));
      case "J" -> {
        int lines = Math.max(2, selection.lines(range));
        vim.mode(Mode.NORMAL);
        vim.change(() -> edits.join(range.from(), lines));
      }
      case "p", "P" -> {
        char from = command.register();
        Optional<VimRegisters.Held> held = vim.registers().held(from);
        vim.mode(Mode.NORMAL);
        vim.change(
            () ->
                held.ifPresent(
                    put -> {
                      edits.change(range, VimRegisters.UNNAMED);
                      editor.insert(put.passage());
                      editor.moveTo(editor.passage().previous(editor.cursor()));
                    }));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Does an operator to it. */
  void operate(String key) {
    VimObjects.Range range = vim.selected();
    selection.operator(key, range, command);
    vim.mode(Mode.NORMAL);
    editor.moveTo(range.from());
    vim.operate(range);
  }

  /** Puts a character in the place of each one. */
  void overwrite(String with) {
    map(edits.whole(vim.selected()), _ -> with);
  }

  private void map(VimObjects.Range range, UnaryOperator<String> mapping) {
    editor.beginGroup();
    edits.map(range.from(), range.to(), mapping);
    editor.endGroup();
    vim.mode(Mode.NORMAL);
    vim.settleAt(range.from());
    vim.done();
  }

  /** Selects a text object instead. */
  void select(VimObjects.Range object) {
    VimObjects.Range range = edits.whole(object);
    selection.anchor(range.from());
    if (range.lines()) {
      vim.mode(Mode.VISUAL_LINES);
    }
    editor.moveTo(range.to() > range.from() ? editor.passage().previous(range.to()) : range.from());
    vim.done();
  }
}
