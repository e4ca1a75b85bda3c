package dev.agent.tui.edit;

/**
 * What is typed between the way into insert mode and the way out of it. With its command it is one
 * step to undo. Not thread-safe.
 */
final class VimInsertion {
  private final TextEditor editor;
  private boolean grouped;
  private int from;
  private int behind;
  private int times = 1;

  VimInsertion(TextEditor editor) {
    this.editor = editor;
  }

  /** A command begins that leads into insert mode. */
  void group() {
    editor.beginGroup();
    grouped = true;
  }

  /** The command's step is over; false when none was begun. */
  boolean endGroup() {
    boolean ends = grouped;
    if (ends) {
      grouped = false;
      editor.endGroup();
    }
    return ends;
  }

  /** From now on, at this position, it is typed what shall stand there so many times. */
  void begin(int at, int repeated) {
    from = at;
    behind = editor.text().length() - at;
    times = repeated;
  }

  /** What was typed, which stands there as often as wanted now. */
  Passage end() {
    Passage passage = editor.passage();
    int end = passage.length() - behind;
    boolean added = end >= from && from <= editor.cursor();
    Passage inserted = added ? passage.slice(from, end) : Passage.EMPTY;
    for (int left = times - 1; left > 0; left--) {
      editor.insert(inserted);
    }
    return inserted;
  }
}
