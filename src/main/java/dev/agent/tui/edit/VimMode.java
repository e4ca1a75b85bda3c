package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import java.util.List;
import java.util.Locale;
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

  /** The last change, for {@code .}: its keys without counts, and what was typed behind them. */
  private record Change(List<String> keys, int count, Passage inserted) {}

  private record Find(char kind, String wanted) {}

  private final TextEditor editor;
  private final VimRegisters registers = new VimRegisters();
  private final VimEdits edits;
  private final VimCommand command = new VimCommand();
  private final VimInsertion insertion;
  private final VimSelection selection;
  private Mode mode = Mode.INSERT;
  private Optional<Find> lastFind = Optional.empty();
  private Optional<Change> lastChange = Optional.empty();
  private boolean replaying;

  /** It begins in insert mode, as a field to type in should. */
  public VimMode(TextEditor editor) {
    this.editor = editor;
    this.edits = new VimEdits(editor, registers);
    this.insertion = new VimInsertion(editor);
    this.selection = new VimSelection(editor);
  }

  /** What the next key means. */
  public Mode mode() {
    return mode;
  }

  /** What the footer shows: {@code -- NORMAL --}; empty in insert mode, which is like no vim. */
  public String label() {
    return switch (mode) {
      case INSERT -> "";
      case NORMAL -> "-- NORMAL --";
      case VISUAL -> "-- VISUAL --";
      case VISUAL_LINES -> "-- VISUAL LINE --";
    };
  }

  /** The selected positions, the second one behind the last; empty outside of visual mode. */
  public Optional<Selection> selection() {
    if (mode != Mode.VISUAL && mode != Mode.VISUAL_LINES) {
      return Optional.empty();
    }
    VimObjects.Range range = edits.whole(visual());
    return Optional.of(new Selection(range.from(), range.to()));
  }

  /** A part of the text. */
  public record Selection(int from, int to) {}

  /** The text is a new one: insert mode, nothing pending. Registers and {@code .} stay. */
  public void reset() {
    insertion.endGroup();
    mode = Mode.INSERT;
    insertion.begin(editor.cursor(), 1);
    done();
  }

  /** The text was replaced without a key of vim's: the cursor goes where this mode may have it. */
  void settle() {
    if (mode != Mode.INSERT) {
      editor.moveTo(motions().onCharacter(editor.cursor()));
      done();
    }
  }

  /**
   * Takes a key.
   *
   * @param columns how many columns the text is wrapped at
   */
  public Answer key(Key key, int columns) {
    String name = VimKeys.name(key);
    if (mode == Mode.INSERT) {
      if (!name.equals(VimKeys.ESCAPE)) {
        return Answer.PASSED;
      }
      leaveInsert();
      return Answer.TAKEN;
    }
    if (name.equals(VimKeys.ESCAPE)) {
      boolean nothing = mode == Mode.NORMAL && command.isIdle();
      mode = Mode.NORMAL;
      done();
      return nothing ? Answer.PASSED : Answer.TAKEN;
    }
    if (name.isEmpty() || name.equals(VimKeys.ENTER) && !command.pending().equals("r")) {
      done();
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
    boolean leaves = !moved && left == 1 && mode == Mode.NORMAL;
    if (moved) {
      editor.nudge(motions().onCharacter(editor.cursor()));
    }
    done();
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
        if (mode == Mode.NORMAL && command.operator().isEmpty()) {
          insert(key);
        } else {
          command.pending(key);
        }
      }
      case "d", "c", "y" -> operator(key);
      case ";", "," -> repeatFind(key.equals(","));
      default -> {
        if (command.operator().isEmpty() && (mode == Mode.NORMAL ? normal(key) : visual(key))) {
          return;
        }
        move(key, motions().motion(key, editor.cursor(), command.givenTimes()));
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
          done();
        }
      }
      case "r" -> {
        if (mode == Mode.NORMAL) {
          change(() -> edits.overwrite(command.times(), key));
        } else {
          VimObjects.Range range = edits.whole(visual());
          leaveVisual(() -> edits.map(range.from(), range.to(), _ -> key), range.from());
        }
      }
      case "g" ->
          move("g" + key, motions().motion("g" + key, editor.cursor(), command.givenTimes()));
      case "i", "a" ->
          object(
              new VimObjects(editor.passage())
                  .find(key, first.equals("a"), editor.cursor(), command.times()));
      default -> {
        lastFind = Optional.of(new Find(first.charAt(0), key));
        move(first, motions().find(first.charAt(0), key, editor.cursor(), command.times(), false));
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
              return motions().find(kind, find.wanted(), editor.cursor(), command.times(), true);
            });
    move(";", motion);
  }

  private void operator(String key) {
    if (mode != Mode.NORMAL) {
      operateOnSelection(key);
    } else if (command.operator().isEmpty()) {
      command.operator(key);
    } else if (command.is(key)) {
      int last = motions().down(editor.cursor(), command.times() - 1);
      operate(new VimObjects.Range(editor.cursor(), last, true));
    } else {
      done();
    }
  }

  /** Goes where a motion leads, or does the operator that waits for it. */
  private void move(String key, Optional<VimMotions.Motion> motion) {
    if (motion.isEmpty()) {
      done();
      return;
    }
    if (command.operator().isEmpty()) {
      editor.moveTo(motions().onCharacter(editor.passage().outside(motion.get().to())));
      done();
      return;
    }
    operate(
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
      done();
    } else if (mode == Mode.NORMAL) {
      operate(object.get());
    } else {
      VimObjects.Range range = edits.whole(object.get());
      selection.anchor(range.from());
      if (range.lines()) {
        mode = Mode.VISUAL_LINES;
      }
      editor.moveTo(
          range.to() > range.from() ? editor.passage().previous(range.to()) : range.from());
      done();
    }
  }

  private void operate(VimObjects.Range range) {
    char into = command.register();
    switch (command.operator()) {
      case "y" -> {
        edits.yank(range, into);
        editor.moveTo(motions().onCharacter(editor.cursor()));
        done();
      }
      case "c" -> {
        insertion.group();
        edits.change(range, into);
        enterInsert(editor.cursor(), 1);
      }
      default -> change(() -> edits.delete(range, into));
    }
  }

  /** The commands of normal mode that are no motion; false when it is none. */
  private boolean normal(String key) {
    Passage passage = editor.passage();
    int cursor = editor.cursor();
    int times = command.times();
    switch (key) {
      case "I", "A", "o", "O" -> insert(key);
      case "x" -> deletePart(cursor, motions().right(cursor, times));
      case "X" -> deletePart(motions().left(cursor, times), cursor);
      case "D" -> deletePart(cursor, passage.lineEnd(motions().down(cursor, times - 1)));
      case "C" -> changeTo(new VimObjects.Range(cursor, endOfLines(times), false));
      case "s" -> changeTo(new VimObjects.Range(cursor, motions().right(cursor, times), false));
      case "S" -> changeTo(new VimObjects.Range(cursor, endOfLines(times), true));
      case "Y" -> {
        command.alone("y");
        operate(new VimObjects.Range(cursor, endOfLines(times), true));
      }
      case "p", "P" -> {
        char from = command.register();
        change(() -> edits.put(from, times, key.equals("P")));
      }
      case "J" -> change(() -> edits.join(cursor, times));
      case "~" -> change(() -> edits.toggleCase(times));
      case "r" -> command.pending(key);
      case "u" -> travel(true);
      case VimKeys.REDO -> travel(false);
      case "." -> repeat();
      case "v" -> select(Mode.VISUAL);
      case "V" -> select(Mode.VISUAL_LINES);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The commands of visual mode that are no motion; false when it is none. */
  private boolean visual(String key) {
    VimObjects.Range range = edits.whole(visual());
    switch (key) {
      case "x" -> operateOnSelection("d");
      case "X", "D" -> {
        mode = Mode.VISUAL_LINES;
        operateOnSelection("d");
      }
      case "s" -> operateOnSelection("c");
      case "C", "S", "R" -> {
        mode = Mode.VISUAL_LINES;
        operateOnSelection("c");
      }
      case "Y" -> {
        mode = Mode.VISUAL_LINES;
        operateOnSelection("y");
      }
      case "o" -> {
        selection.swap();
        done();
      }
      case "v" -> select(mode == Mode.VISUAL ? Mode.NORMAL : Mode.VISUAL);
      case "V" -> select(mode == Mode.VISUAL_LINES ? Mode.NORMAL : Mode.VISUAL_LINES);
      case "r" -> command.pending(key);
      case "~" ->
          leaveVisual(() -> edits.map(range.from(), range.to(), VimEdits::toggled), range.from());
      case "u" ->
          leaveVisual(
              () -> edits.map(range.from(), range.to(), c -> c.toLowerCase(Locale.ROOT)),
              range.from());
      case "U" ->
          leaveVisual(
              () -> edits.map(range.from(), range.to(), c -> c.toUpperCase(Locale.ROOT)),
              range.from());
      case "J" -> {
        int lines = Math.max(2, selection.lines(range));
        mode = Mode.NORMAL;
        change(() -> edits.join(range.from(), lines));
      }
      case "p", "P" -> {
        char from = command.register();
        Optional<VimRegisters.Held> held = registers.held(from);
        mode = Mode.NORMAL;
        change(
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

  private void insert(String key) {
    Passage passage = editor.passage();
    int cursor = editor.cursor();
    insertion.group();
    switch (key) {
      case "a" -> enterInsert(motions().right(cursor, 1), command.times());
      case "A" -> enterInsert(passage.lineEnd(cursor), command.times());
      case "I" -> enterInsert(motions().firstVisible(cursor), command.times());
      case "o" -> {
        int end = passage.lineEnd(cursor);
        editor.replace(end, end, Passage.of("\n"), end + 1);
        enterInsert(end + 1, 1);
      }
      case "O" -> {
        int start = passage.lineStart(cursor);
        editor.replace(start, start, Passage.of("\n"), start);
        enterInsert(start, 1);
      }
      default -> enterInsert(cursor, command.times());
    }
  }

  private void enterInsert(int at, int times) {
    editor.moveTo(at);
    mode = Mode.INSERT;
    insertion.begin(at, times);
    remember(Passage.EMPTY);
    done();
  }

  private void leaveInsert() {
    Passage inserted = insertion.end();
    if (insertion.endGroup() && !replaying) {
      lastChange = lastChange.map(c -> new Change(c.keys(), c.count(), inserted));
    }
    mode = Mode.NORMAL;
    editor.moveTo(motions().left(editor.cursor(), 1));
    done();
  }

  private void repeat() {
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
      take(key);
    }
    if (mode == Mode.INSERT) {
      editor.insert(repeated.get().inserted());
      leaveInsert();
    }
    editor.endGroup();
    replaying = false;
    done();
  }

  private void deletePart(int from, int to) {
    char into = command.register();
    change(
        () -> {
          if (from < to) {
            edits.delete(new VimObjects.Range(from, to, false), into);
          }
        });
  }

  private void changeTo(VimObjects.Range range) {
    command.alone("c");
    operate(range);
  }

  private int endOfLines(int lines) {
    return editor.passage().lineEnd(motions().down(editor.cursor(), lines - 1));
  }

  /** One change in normal mode, which {@code .} repeats and {@code u} takes back. */
  private void change(Runnable change) {
    editor.beginGroup();
    change.run();
    editor.endGroup();
    editor.moveTo(motions().onCharacter(editor.cursor()));
    remember(Passage.EMPTY);
    done();
  }

  private void travel(boolean back) {
    for (int left = command.times(); left > 0; left--) {
      if (back ? !editor.undo() : !editor.redo()) {
        break;
      }
    }
    editor.moveTo(motions().onCharacter(editor.cursor()));
    done();
  }

  private void select(Mode next) {
    if (mode == Mode.NORMAL) {
      selection.anchor(editor.cursor());
    }
    mode = next;
    done();
  }

  private VimObjects.Range visual() {
    return selection.range(mode == Mode.VISUAL_LINES);
  }

  private void operateOnSelection(String key) {
    VimObjects.Range range = visual();
    selection.operator(key, range, command);
    mode = Mode.NORMAL;
    editor.moveTo(range.from());
    operate(range);
  }

  private void leaveVisual(Runnable change, int cursor) {
    editor.beginGroup();
    change.run();
    editor.endGroup();
    mode = Mode.NORMAL;
    editor.moveTo(motions().onCharacter(cursor));
    done();
  }

  private void remember(Passage inserted) {
    if (!replaying) {
      lastChange = Optional.of(new Change(command.keys(), command.givenTimes(), inserted));
    }
  }

  private void done() {
    command.clear();
  }

  private VimMotions motions() {
    return new VimMotions(editor.passage());
  }
}
