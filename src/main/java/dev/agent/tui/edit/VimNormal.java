package dev.agent.tui.edit;

import dev.agent.tui.edit.VimMode.Mode;

/** The commands of normal mode that are neither motions nor operators. Not thread-safe. */
final class VimNormal {
  private final VimState vim;
  private final TextEditor editor;
  private final VimCommand command;
  private final VimEdits edits;
  private final Runnable repeat;

  /**
   * @param repeat does the last change again
   */
  VimNormal(VimState vim, Runnable repeat) {
    this.vim = vim;
    this.editor = vim.editor();
    this.command = vim.command();
    this.edits = vim.edits();
    this.repeat = repeat;
  }

  /** Does the command of a key; false when it is none of these. */
  boolean take(String key) {
    Passage passage = editor.passage();
    int cursor = editor.cursor();
    int times = command.times();
    switch (key) {
      case "I", "A", "o", "O" -> insert(key);
      case "x" -> deletePart(cursor, vim.motions().right(cursor, times));
      case "X" -> deletePart(vim.motions().left(cursor, times), cursor);
      case "D" -> deletePart(cursor, passage.lineEnd(vim.motions().down(cursor, times - 1)));
      case "C" -> changeTo(new VimObjects.Range(cursor, endOfLines(times), false));
      case "s" -> changeTo(new VimObjects.Range(cursor, vim.motions().right(cursor, times), false));
      case "S" -> changeTo(new VimObjects.Range(cursor, endOfLines(times), true));
      case "Y" -> {
        command.alone("y");
        vim.operate(new VimObjects.Range(cursor, endOfLines(times), true));
      }
      case "p", "P" -> {
        char from = command.register();
        vim.change(() -> edits.put(from, times, key.equals("P")));
      }
      case "J" -> vim.change(() -> edits.join(cursor, times));
      case "~" -> vim.change(() -> edits.toggleCase(times));
      case "r" -> command.pending(key);
      case "u" -> travel(true);
      case VimKeys.REDO -> travel(false);
      case "." -> repeat.run();
      case "v" -> vim.select(Mode.VISUAL);
      case "V" -> vim.select(Mode.VISUAL_LINES);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Begins to insert where the key of a command says. */
  void insert(String key) {
    Passage passage = editor.passage();
    int cursor = editor.cursor();
    vim.beginInsert();
    switch (key) {
      case "a" -> vim.enterInsert(vim.motions().right(cursor, 1), command.times());
      case "A" -> vim.enterInsert(passage.lineEnd(cursor), command.times());
      case "I" -> vim.enterInsert(vim.motions().firstVisible(cursor), command.times());
      case "o" -> {
        int end = passage.lineEnd(cursor);
        editor.replace(end, end, Passage.of("\n"), end + 1);
        vim.enterInsert(end + 1, 1);
      }
      case "O" -> {
        int start = passage.lineStart(cursor);
        editor.replace(start, start, Passage.of("\n"), start);
        vim.enterInsert(start, 1);
      }
      default -> vim.enterInsert(cursor, command.times());
    }
  }

  private void deletePart(int from, int to) {
    char into = command.register();
    vim.change(
        () -> {
          if (from < to) {
            edits.delete(new VimObjects.Range(from, to, false), into);
          }
        });
  }

  private void changeTo(VimObjects.Range range) {
    command.alone("c");
    vim.operate(range);
  }

  private int endOfLines(int lines) {
    return editor.passage().lineEnd(vim.motions().down(editor.cursor(), lines - 1));
  }

  private void travel(boolean back) {
    for (int left = command.times(); left > 0; left--) {
      if (back ? !editor.undo() : !editor.redo()) {
        break;
      }
    }
    vim.settleAt(editor.cursor());
    vim.done();
  }
}
