package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import java.util.Optional;

/**
 * Vim's keys over a {@link TextEditor}: insert, normal and visual mode with counts, operators, text
 * objects, registers and repetition. In insert mode it takes only Escape; what it passes is meant
 * for the keymap. Not thread-safe.
 */
public final class VimMode {
  /** What the next key means. */
  public enum Mode {
    INSERT,
    NORMAL,
    VISUAL,
    VISUAL_LINES
  }

  /** What became of a key. */
  public enum Answer {
    /** It is done. */
    TAKEN,
    /** It means nothing here: ask the keymap. */
    PASSED,
    /** It moves up from the first row. */
    ABOVE,
    /** It moves down from the last row. */
    BELOW
  }

  private record Find(char kind, String wanted) {}

  private final TextEditor editor;
  private final VimState vim;
  private final VimCommand command;
  private final VimNormal normal;
  private final VimVisual visual;
  private Optional<Find> lastFind = Optional.empty();

  /** It begins in insert mode, as a field to type in should. */
  public VimMode(TextEditor editor) {
    this.editor = editor;
    this.vim = new VimState(editor);
    this.command = vim.command();
    this.normal = new VimNormal(vim, () -> vim.repeat(this::take));
    this.visual = new VimVisual(vim);
  }

  /** What the next key means. */
  public Mode mode() {
    return vim.mode();
  }

  /** What the footer shows: {@code -- NORMAL --}; empty in insert mode, which is like no vim. */
  public String label() {
    return switch (vim.mode()) {
      case INSERT -> "";
      case NORMAL -> "-- NORMAL --";
      case VISUAL -> "-- VISUAL --";
      case VISUAL_LINES -> "-- VISUAL LINE --";
    };
  }

  /** The selected positions, the second one behind the last; empty outside of visual mode. */
  public Optional<Selection> selection() {
    if (!vim.selects()) {
      return Optional.empty();
    }
    VimObjects.Range range = vim.edits().whole(vim.selected());
    return Optional.of(new Selection(range.from(), range.to()));
  }

  /** A part of the text. */
  public record Selection(int from, int to) {}

  /** The text is a new one: insert mode, nothing pending. Registers and {@code .} stay. */
  public void reset() {
    vim.reset();
  }

  /** The text was replaced without a key of vim's: the cursor goes where this mode may have it. */
  void settle() {
    if (mode() != Mode.INSERT) {
      vim.settleAt(editor.cursor());
      vim.done();
    }
  }

  /**
   * Takes a key.
   *
   * @param columns how many columns the text is wrapped at
   */
  public Answer key(Key key, int columns) {
    String name = VimKeys.name(key);
    if (mode() == Mode.INSERT) {
      if (!name.equals(VimKeys.ESCAPE)) {
        return Answer.PASSED;
      }
      vim.leaveInsert();
      return Answer.TAKEN;
    }
    if (name.equals(VimKeys.ESCAPE)) {
      boolean nothing = mode() == Mode.NORMAL && command.isIdle();
      vim.mode(Mode.NORMAL);
      vim.done();
      return nothing ? Answer.PASSED : Answer.TAKEN;
    }
    if (name.isEmpty() || name.equals(VimKeys.ENTER) && !command.pending().equals("r")) {
      vim.done();
      return Answer.PASSED;
    }
    if (command.operator().isEmpty()
        && command.pending().isEmpty()
        && (name.equals("j") || name.equals("k"))) {
      return vertical(name.equals("j") ? Action.DOWN : Action.UP, columns);
    }
    take(name.equals(VimKeys.ENTER) ? "\n" : name);
    return Answer.TAKEN;
  }

  private Answer vertical(Action direction, int columns) {
    int left = command.times();
    boolean moved = false;
    while (left > 0 && editor.apply(direction, columns)) {
      moved = true;
      left--;
    }
    boolean leaves = !moved && left == 1 && mode() == Mode.NORMAL;
    if (moved) {
      editor.nudge(vim.motions().onCharacter(editor.cursor()));
    }
    vim.done();
    if (!leaves) {
      return Answer.TAKEN;
    }
    return direction == Action.UP ? Answer.ABOVE : Answer.BELOW;
  }

  /** Takes the next key of a command in normal or visual mode. */
  private void take(String key) {
    if (!command.pending().isEmpty()) {
      command.add(key);
      pendingKey(key);
      return;
    }
    if (command.takesDigit(key)) {
      return;
    }
    command.add(key);
    switch (key) {
      case "f", "F", "t", "T", "g", "\"" -> command.pending(key);
      case "i", "a" -> {
        if (mode() == Mode.NORMAL && command.operator().isEmpty()) {
          normal.insert(key);
        } else {
          command.pending(key);
        }
      }
      case "d", "c", "y" -> operator(key);
      case ";", "," -> repeatFind(key.equals(","));
      default -> {
        if (command.operator().isEmpty()
            && (mode() == Mode.NORMAL ? normal.take(key) : visual.take(key))) {
          return;
        }
        move(key, vim.motions().motion(key, editor.cursor(), command.givenTimes()));
      }
    }
  }

  private void pendingKey(String key) {
    String first = command.pending();
    command.pending("");
    switch (first) {
      case "\"" -> {
        if (VimRegisters.isName(key)) {
          command.register(key.charAt(0));
        } else {
          vim.done();
        }
      }
      case "r" -> {
        if (mode() == Mode.NORMAL) {
          vim.change(() -> vim.edits().overwrite(command.times(), key));
        } else {
          visual.overwrite(key);
        }
      }
      case "g" ->
          move("g" + key, vim.motions().motion("g" + key, editor.cursor(), command.givenTimes()));
      case "i", "a" ->
          object(
              new VimObjects(editor.passage())
                  .find(key, first.equals("a"), editor.cursor(), command.times()));
      default -> {
        lastFind = Optional.of(new Find(first.charAt(0), key));
        move(
            first,
            vim.motions().find(first.charAt(0), key, editor.cursor(), command.times(), false));
      }
    }
  }

  private void repeatFind(boolean reversed) {
    Optional<VimMotions.Motion> motion =
        lastFind.flatMap(
            find -> {
              char kind = find.kind();
              if (reversed) {
                kind =
                    Character.isLowerCase(kind)
                        ? Character.toUpperCase(kind)
                        : Character.toLowerCase(kind);
              }
              return vim.motions()
                  .find(kind, find.wanted(), editor.cursor(), command.times(), true);
            });
    move(";", motion);
  }

  private void operator(String key) {
    if (mode() != Mode.NORMAL) {
      visual.operate(key);
    } else if (command.operator().isEmpty()) {
      command.operator(key);
    } else if (command.is(key)) {
      int last = vim.motions().down(editor.cursor(), command.times() - 1);
      vim.operate(new VimObjects.Range(editor.cursor(), last, true));
    } else {
      vim.done();
    }
  }

  /** Goes where a motion leads, or does the operator that waits for it. */
  private void move(String key, Optional<VimMotions.Motion> motion) {
    if (motion.isEmpty()) {
      vim.done();
      return;
    }
    if (command.operator().isEmpty()) {
      vim.settleAt(editor.passage().outside(motion.get().to()));
      vim.done();
      return;
    }
    vim.operate(
        VimOperand.of(
            editor.passage(),
            key,
            motion.get(),
            editor.cursor(),
            command.times(),
            command.is("c")));
  }

  private void object(Optional<VimObjects.Range> object) {
    if (object.isEmpty()) {
      vim.done();
    } else if (mode() == Mode.NORMAL) {
      vim.operate(object.get());
    } else {
      visual.select(object.get());
    }
  }
}
