package dev.agent.tui.edit;

/** Text with the cursor written as {@code |}, and line ends as {@code ⏎}. */
final class Marked {
  private Marked() {}

  /** An editor with that text and cursor and no way back. */
  static TextEditor editor(String marked) {
    TextEditor editor = new TextEditor(false);
    put(editor, marked);
    return editor;
  }

  static void put(TextEditor editor, String marked) {
    String text = marked.replace('⏎', '\n');
    int cursor = text.indexOf('|');
    editor.set(Passage.of(text.substring(0, cursor) + text.substring(cursor + 1)), cursor);
  }

  static String of(TextEditor editor) {
    String text = editor.text();
    return (text.substring(0, editor.cursor()) + "|" + text.substring(editor.cursor()))
        .replace('\n', '⏎');
  }
}
