package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.PasteText;
import java.util.List;
import java.util.Optional;

/**
 * The text of a prompt while it is written: the editor and vim's keys over it, what becomes of the
 * text, what can be completed in it, and where its rows lie. Not thread-safe.
 */
final class PromptEditor {
  private final TextEditor editor = new TextEditor(false);
  private final VimMode vim = new VimMode(editor);
  private final InsertEscape insertEscape = new InsertEscape();
  private final Menu menu;
  private InputMode mode = InputMode.PROMPT;
  private boolean navigating;
  private boolean vimKeys;
  private int columns = Integer.MAX_VALUE;
  private int firstRow;

  PromptEditor(Menu menu) {
    this.menu = menu;
  }

  TextEditor editor() {
    return editor;
  }

  Menu menu() {
    return menu;
  }

  Draft draft() {
    return new Draft(mode, editor.passage());
  }

  InputMode mode() {
    return mode;
  }

  void mode(InputMode becomes) {
    mode = becomes;
  }

  // Vim

  void vim(boolean on) {
    if (vimKeys != on) {
      vimKeys = on;
      vim.reset();
    }
  }

  String vimLabel() {
    return vimKeys ? vim.label() : "";
  }

  /** Whether the next letter is a command of vim's. */
  boolean commands() {
    return vimKeys && vim.mode() != VimMode.Mode.INSERT;
  }

  /** Gives a key to vim; passed where vim's keys are off, or the menu has the keys. */
  VimMode.Answer vimKey(Key key) {
    return vimKeys && menu.open().isEmpty() ? vim.key(key, columns) : VimMode.Answer.PASSED;
  }

  void insertEscape(String keys) {
    insertEscape.keys(keys);
  }

  /**
   * Whether a key is the second one of two that mean Escape, as they were just typed; the text is
   * as it was before them then.
   */
  boolean isEscape(Key key, long now) {
    Optional<TextEditor.State> before =
        insertEscape.ends(key.types() ? key.text() : "", editor.state(), now);
    if (before.isEmpty() || !vimKeys || commands()) {
      return false;
    }
    editor.takeBack(before.get());
    refresh();
    return true;
  }

  /** A command of vim's that was begun is not gone on with. */
  void settle() {
    vim.settle();
  }

  // Text

  /** The text has changed, or the sources of completion know more than before. */
  void refresh() {
    menu.refresh(mode, editor.state(), navigating || commands());
  }

  /** It was written to: what can be completed is offered from now on. */
  void written() {
    navigating = false;
    refresh();
  }

  /** Writes something else; undo leads back. */
  void set(Draft draft) {
    mode = draft.mode();
    editor.set(draft.passage(), draft.passage().length());
    vim.reset();
    refresh();
  }

  /** Writes a prompt of before; nothing is completed until something is typed. */
  void recall(Draft draft) {
    navigating = true;
    set(draft);
  }

  /** The same on the way through the history, on which vim keeps its mode. */
  void walkTo(Draft draft) {
    navigating = true;
    mode = draft.mode();
    editor.set(draft.passage(), draft.passage().length());
    vim.settle();
    refresh();
  }

  /** What the person made of the text elsewhere; pictures keep their labels. */
  void edited(String text) {
    Passage before = editor.passage();
    if (!before.expanded().equals(text)) {
      Passage after = Passage.of(PasteText.clean(text).stripTrailing()).with(before.images());
      editor.set(after, after.length());
      refresh();
    }
  }

  /** Puts messages in front of what is written. */
  void takeBack(List<String> messages) {
    Draft first = Draft.of(String.join("\n", messages));
    Passage rest = editor.passage();
    if (rest.isEmpty()) {
      set(first);
    } else {
      Passage text = first.passage().then(Passage.of("\n"));
      set(new Draft(mode, text.then(rest)));
    }
  }

  void image(String mediaType, String base64) {
    editor.image(mediaType, base64);
    refresh();
  }

  void paste(String text) {
    editor.paste(text);
    written();
  }

  void type(String text, long now) {
    TextEditor.State before = editor.state();
    editor.insert(text);
    insertEscape.typed(text, before, editor.state(), now);
    written();
  }

  /** Does an action if it is the editor's; false when it is somebody else's. */
  boolean apply(Action action) {
    return editor.apply(action, columns);
  }

  void clear() {
    editor.reset();
    vim.reset();
    mode = InputMode.PROMPT;
    firstRow = 0;
    written();
  }

  // Rows

  /** Lays it out; up and down then go by these rows. */
  EditorLayout layout(EditorLook look, int width, int height) {
    columns = look.columns(width);
    Optional<VimMode.Selection> selection = vimKeys ? vim.selection() : Optional.empty();
    EditorLayout.Window window =
        EditorLayout.of(
                editor.state(),
                look,
                width,
                selection.map(VimMode.Selection::from).orElse(0),
                selection.map(VimMode.Selection::to).orElse(0))
            .window(height, firstRow);
    firstRow = window.first();
    return window.layout();
  }

  /** Puts the cursor where a cell of the last layout is. */
  void click(EditorLook look, int width, int row, int column) {
    editor.moveTo(EditorLayout.position(editor.state(), look, width, firstRow + row, column));
    refresh();
  }
}
