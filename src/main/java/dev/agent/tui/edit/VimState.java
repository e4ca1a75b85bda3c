package dev.agent.tui.edit;

import dev.agent.tui.edit.VimMode.Mode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the commands of all modes work on, and the steps that they have in common: the mode, the
 * text, the command that is typed, operators, ways into insert mode and out of it, and the last
 * change, which {@code .} repeats. Not thread-safe.
 */
final class VimState {
  /** The last change: its keys without counts, and what was typed behind them. */
  private record Change(List<String> keys, int count, Passage inserted) {}

  private final TextEditor editor;
  private final VimRegisters registers = new VimRegisters();
  private final VimEdits edits;
  private final VimCommand command = new VimCommand();
  private final VimInsertion insertion;
  private final VimSelection selection;
  private Mode mode = Mode.INSERT;
  private Optional<Change> lastChange = Optional.empty();
  private boolean replaying;

  VimState(TextEditor editor) {
    this.editor = editor;
    this.edits = new VimEdits(editor, registers);
    this.insertion = new VimInsertion(editor);
    this.selection = new VimSelection(editor);
  }

  TextEditor editor() {
    return editor;
  }

  VimRegisters registers() {
    return registers;
  }

  VimEdits edits() {
    return edits;
  }

  /** The command that is being typed. */
  VimCommand command() {
    return command;
  }

  VimSelection selection() {
    return selection;
  }

  /** The ways through the text as it is now. */
  VimMotions motions() {
    return new VimMotions(editor.passage());
  }

  Mode mode() {
    return mode;
  }

  void mode(Mode next) {
    mode = next;
  }

  /** Whether something is selected, or can be. */
  boolean selects() {
    return mode == Mode.VISUAL || mode == Mode.VISUAL_LINES;
  }

  /** The command is over. */
  void done() {
    command.clear();
  }

  /** Puts the cursor there, or on the character next to it where it may stand outside of typing. */
  void settleAt(int position) {
    editor.moveTo(motions().onCharacter(position));
  }

  /** The text is a new one: insert mode, nothing pending. */
  void reset() {
    insertion.endGroup();
    mode = Mode.INSERT;
    insertion.begin(editor.cursor(), 1);
    done();
  }

  /** What is selected. */
  VimObjects.Range selected() {
    return selection.range(mode == Mode.VISUAL_LINES);
  }

  /** Goes into visual mode, to another kind of it, or out of it. */
  void select(Mode next) {
    if (mode == Mode.NORMAL) {
      selection.anchor(editor.cursor());
    }
    mode = next;
    done();
  }

  /** Does the operator that waits to a part of the text. */
  void operate(VimObjects.Range range) {
    char into = command.register();
    switch (command.operator()) {
      case "y" -> {
        edits.yank(range, into);
        settleAt(editor.cursor());
        done();
      }
      case "c" -> {
        beginInsert();
        edits.change(range, into);
        enterInsert(editor.cursor(), 1);
      }
      default -> change(() -> edits.delete(range, into));
    }
  }

  /** A command begins that leads into insert mode: with what is typed it is one step to undo. */
  void beginInsert() {
    insertion.group();
  }

  /** Lets text be typed at a position, which shall stand there so many times. */
  void enterInsert(int at, int times) {
    editor.moveTo(at);
    mode = Mode.INSERT;
    insertion.begin(at, times);
    remember();
    done();
  }

  /** What was typed is done; the cursor goes back onto its last character. */
  void leaveInsert() {
    Passage inserted = insertion.end();
    if (insertion.endGroup() && !replaying) {
      lastChange = lastChange.map(c -> new Change(c.keys(), c.count(), inserted));
    }
    mode = Mode.NORMAL;
    editor.moveTo(motions().left(editor.cursor(), 1));
    done();
  }

  /** One change in normal mode, which {@code .} repeats and {@code u} takes back. */
  void change(Runnable change) {
    editor.beginGroup();
    change.run();
    editor.endGroup();
    settleAt(editor.cursor());
    remember();
    done();
  }

  private void remember() {
    if (!replaying) {
      lastChange = Optional.of(new Change(command.keys(), command.givenTimes(), Passage.EMPTY));
    }
  }

  /**
   * Does the last change again.
   *
   * @param take takes its keys, one after another
   */
  void repeat(Consumer<String> take) {
    Optional<Change> repeated = lastChange;
    int given = command.givenTimes();
    done();
    if (repeated.isEmpty()) {
      return;
    }
    replaying = true;
    editor.beginGroup();
    command.count(given > 0 ? given : repeated.get().count());
    for (String key : repeated.get().keys()) {
      take.accept(key);
    }
    if (mode == Mode.INSERT) {
      editor.insert(repeated.get().inserted());
      leaveInsert();
    }
    editor.endGroup();
    replaying = false;
    done();
  }
}
