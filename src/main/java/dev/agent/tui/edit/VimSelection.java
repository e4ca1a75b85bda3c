package dev.agent.tui.edit;

import java.util.List;

/** What visual mode has selected: from an anchor to the cursor. Not thread-safe. */
final class VimSelection {
  private final TextEditor editor;
  private int anchor;

  VimSelection(TextEditor editor) {
    this.editor = editor;
  }

  /** It begins here. */
  void anchor(int position) {
    anchor = position;
  }

  /** The other end moves from now on. */
  void swap() {
    int other = anchor;
    anchor = editor.cursor();
    editor.moveTo(other);
  }

  /** The part of the text; with {@code lines}, whole lines are meant. */
  VimObjects.Range range(boolean lines) {
    int low = Math.min(anchor, editor.cursor());
    int high = Math.max(anchor, editor.cursor());
    int end = high < editor.passage().lineEnd(high) ? editor.passage().next(high) : high;
    return new VimObjects.Range(low, end, lines);
  }

  /** Lines that a part touches. */
  int lines(VimObjects.Range range) {
    String text = editor.text().substring(range.from(), range.to());
    return 1 + (int) text.chars().filter(c -> c == '\n').count();
  }

  /** For {@code .} the same again is so many lines, or so many characters from the cursor on. */
  void operator(String key, VimObjects.Range range, VimCommand command) {
    command.operator(
        key,
        range.lines() ? lines(range) : characters(range),
        List.of(key, range.lines() ? key : "l"));
  }

  private int characters(VimObjects.Range range) {
    int characters = 0;
    for (int at = range.from(); at < range.to(); at = editor.passage().next(at)) {
      characters++;
    }
    return Math.max(1, characters);
  }
}
