package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Vim's keys over a {@link TextEditor}: insert, normal and visual mode with counts, operators, text
 * objects, registers and repetition. In insert mode it takes only Escape; what it passes is meant
 * for the keymap. Not thread-safe.
 */
public final class VimMode {
  private static final int MAX_COUNT = 9999;

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
  private final List<String> keys = new ArrayList<>();
  private Mode mode = Mode.INSERT;
  private int count;
  private int countBefore;
  private String operator = "";

  /** The first key of a command of two: {@code f F t T r g i a "}. */
  private String pending = "";

  private char register = VimRegisters.UNNAMED;
  private int anchor;
  private Optional<Find> lastFind = Optional.empty();
  private Optional<Change> lastChange = Optional.empty();
  private boolean replaying;
  private boolean grouped;
  private int insertedFrom;
  private int behindInserted;
  private int insertTimes = 1;

  /** It begins in insert mode, as a field to type in should. */
  public VimMode(TextEditor editor) {
    this.editor = editor;
    this.edits = new VimEdits(editor, registers);
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
    if (grouped) {
      grouped = false;
      editor.endGroup();
    }
    mode = Mode.INSERT;
    insertedFrom = editor.cursor();
    behindInserted = editor.text().length() - editor.cursor();
    insertTimes = 1;
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
    String name = name(key);
    if (mode == Mode.INSERT) {
      if (!name.equals("esc")) {
        return Answer.PASSED;
      }
      leaveInsert();
      return Answer.TAKEN;
    }
    if (name.equals("esc")) {
      boolean nothing = mode == Mode.NORMAL && isIdle();
      mode = Mode.NORMAL;
      done();
      return nothing ? Answer.PASSED : Answer.TAKEN;
    }
    if (name.isEmpty() || name.equals("enter") && !pending.equals("r")) {
      done();
      return Answer.PASSED;
    }
    if (operator.isEmpty() && pending.isEmpty() && (name.equals("j") || name.equals("k"))) {
      return vertical(name.equals("j") ? Action.DOWN : Action.UP, columns);
    }
    command(name.equals("enter") ? "\n" : name);
    return Answer.TAKEN;
  }

  /** A key as vim names it; empty when it is none of vim's. */
  private static String name(Key key) {
    String text = key.text();
    if (key.types()) {
      return text;
    }
    if (key.isCtrlDown() && !key.isAltDown() && !text.isEmpty()) {
      return text.equals("[") ? "esc" : text.equals("r") ? "redo" : "";
    }
    if (key.isCtrlDown() || key.isAltDown() || key.isShiftDown()) {
      return "";
    }
    return switch (key.getKeyType()) {
      case Escape -> "esc";
      case Enter -> "enter";
      case ArrowLeft, Backspace -> "h";
      case ArrowRight -> "l";
      case ArrowUp -> "k";
      case ArrowDown -> "j";
      case Home -> "0";
      case End -> "$";
      case Delete -> "x";
      default -> "";
    };
  }

  private boolean isIdle() {
    return operator.isEmpty() && pending.isEmpty() && count == 0;
  }

  private Answer vertical(Action direction, int columns) {
    int left = times();
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
  private void command(String key) {
    if (!pending.isEmpty()) {
      keys.add(key);
      pendingKey(key);
      return;
    }
    char first = key.charAt(0);
    if (key.length() == 1 && (first >= '1' && first <= '9' || first == '0' && count > 0)) {
      count = Math.min(MAX_COUNT, count * 10 + first - '0');
      return;
    }
    keys.add(key);
    switch (key) {
      case "f", "F", "t", "T", "g", "\"" -> pending = key;
      case "i", "a" -> {
        if (mode == Mode.NORMAL && operator.isEmpty()) {
          insert(key);
        } else {
          pending = key;
        }
      }
      case "d", "c", "y" -> operator(key);
      case ";", "," -> repeatFind(key.equals(","));
      default -> {
        if (operator.isEmpty() && (mode == Mode.NORMAL ? normal(key) : visual(key))) {
          return;
        }
        move(key, motions().motion(key, editor.cursor(), givenTimes()));
      }
    }
  }

  private void pendingKey(String key) {
    String first = pending;
    pending = "";
    switch (first) {
      case "\"" -> {
        if (VimRegisters.isName(key)) {
          register = key.charAt(0);
        } else {
          done();
        }
      }
      case "r" -> {
        if (mode == Mode.NORMAL) {
          change(() -> edits.overwrite(times(), key));
        } else {
          VimObjects.Range range = edits.whole(visual());
          leaveVisual(() -> edits.map(range.from(), range.to(), _ -> key), range.from());
        }
      }
      case "g" -> move("g" + key, motions().motion("g" + key, editor.cursor(), givenTimes()));
      case "i", "a" ->
          object(
              new VimObjects(editor.passage())
                  .find(key, first.equals("a"), editor.cursor(), times()));
      default -> {
        lastFind = Optional.of(new Find(first.charAt(0), key));
        move(first, motions().find(first.charAt(0), key, editor.cursor(), times(), false));
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
              return motions().find(kind, find.wanted(), editor.cursor(), times(), true);
            });
    move(";", motion);
  }

  private void operator(String key) {
    if (mode != Mode.NORMAL) {
      operateOnSelection(key);
    } else if (operator.isEmpty()) {
      operator = key;
      countBefore = count;
      count = 0;
    } else if (operator.equals(key)) {
      int last = motions().down(editor.cursor(), times() - 1);
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
    int from = editor.cursor();
    int to = editor.passage().outside(motion.get().to());
    if (operator.isEmpty()) {
      editor.moveTo(motions().onCharacter(to));
      done();
      return;
    }
    if (key.equalsIgnoreCase("w")) {
      boolean big = key.equals("W");
      boolean onBlank = from == editor.passage().lineEnd(from) || motions().isBlank(from);
      to =
          operator.equals("c") && !onBlank
              ? motions().endOfWords(from, times(), big)
              : motions().words(from, times(), big, true);
    }
    int low = Math.min(from, to);
    int high = Math.max(from, to);
    boolean lines = motion.get().lines();
    if (motion.get().inclusive() && high < editor.passage().lineEnd(high)) {
      high = editor.passage().next(high);
    }
    if ((key.equals("{") || key.equals("}"))
        && high > editor.passage().lineEnd(low)
        && high == editor.passage().lineStart(high)) {
      // An end in the first column is the end of the line before.
      high--;
      lines = low <= motions().firstVisible(low);
    }
    operate(new VimObjects.Range(low, high, lines));
  }

  private void object(Optional<VimObjects.Range> object) {
    if (object.isEmpty()) {
      done();
    } else if (mode == Mode.NORMAL) {
      operate(object.get());
    } else {
      VimObjects.Range range = edits.whole(object.get());
      anchor = range.from();
      if (range.lines()) {
        mode = Mode.VISUAL_LINES;
      }
      editor.moveTo(
          range.to() > range.from() ? editor.passage().previous(range.to()) : range.from());
      done();
    }
  }

  private void operate(VimObjects.Range range) {
    char into = register;
    switch (operator) {
      case "y" -> {
        edits.yank(range, into);
        editor.moveTo(motions().onCharacter(editor.cursor()));
        done();
      }
      case "c" -> {
        beginGroup();
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
    int times = times();
    switch (key) {
      case "I", "A", "o", "O" -> insert(key);
      case "x" -> deletePart(cursor, motions().right(cursor, times));
      case "X" -> deletePart(motions().left(cursor, times), cursor);
      case "D" -> deletePart(cursor, passage.lineEnd(motions().down(cursor, times - 1)));
      case "C" -> changeTo(new VimObjects.Range(cursor, endOfLines(times), false));
      case "s" -> changeTo(new VimObjects.Range(cursor, motions().right(cursor, times), false));
      case "S" -> changeTo(new VimObjects.Range(cursor, endOfLines(times), true));
      case "Y" -> {
        operator = "y";
        operate(new VimObjects.Range(cursor, endOfLines(times), true));
      }
      case "p", "P" -> {
        char from = register;
        change(() -> edits.put(from, times, key.equals("P")));
      }
      case "J" -> change(() -> edits.join(cursor, times));
      case "~" -> change(() -> edits.toggleCase(times));
      case "r" -> pending = key;
      case "u" -> travel(true);
      case "redo" -> travel(false);
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
        int other = anchor;
        anchor = editor.cursor();
        editor.moveTo(other);
        done();
      }
      case "v" -> select(mode == Mode.VISUAL ? Mode.NORMAL : Mode.VISUAL);
      case "V" -> select(mode == Mode.VISUAL_LINES ? Mode.NORMAL : Mode.VISUAL_LINES);
      case "r" -> pending = key;
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
        int lines = Math.max(2, lineCount(range));
        mode = Mode.NORMAL;
        change(() -> edits.join(range.from(), lines));
      }
      case "p", "P" -> {
        char from = register;
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
    beginGroup();
    switch (key) {
      case "a" -> enterInsert(motions().right(cursor, 1), times());
      case "A" -> enterInsert(passage.lineEnd(cursor), times());
      case "I" -> enterInsert(motions().firstVisible(cursor), times());
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
      default -> enterInsert(cursor, times());
    }
  }

  private void enterInsert(int at, int times) {
    editor.moveTo(at);
    mode = Mode.INSERT;
    insertedFrom = at;
    behindInserted = editor.text().length() - at;
    insertTimes = times;
    remember(Passage.EMPTY);
    done();
  }

  private void leaveInsert() {
    Passage passage = editor.passage();
    int end = passage.length() - behindInserted;
    boolean added = end >= insertedFrom && insertedFrom <= editor.cursor();
    Passage inserted = added ? passage.slice(insertedFrom, end) : Passage.EMPTY;
    for (int left = insertTimes - 1; left > 0; left--) {
      editor.insert(inserted);
    }
    if (grouped) {
      grouped = false;
      editor.endGroup();
      if (!replaying) {
        lastChange = lastChange.map(c -> new Change(c.keys(), c.count(), inserted));
      }
    }
    mode = Mode.NORMAL;
    editor.moveTo(motions().left(editor.cursor(), 1));
    done();
  }

  private void repeat() {
    Optional<Change> repeated = lastChange;
    int given = givenTimes();
    done();
    if (repeated.isEmpty()) {
      return;
    }
    replaying = true;
    editor.beginGroup();
    count = given > 0 ? given : repeated.get().count();
    for (String key : repeated.get().keys()) {
      command(key);
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
    char into = register;
    change(
        () -> {
          if (from < to) {
            edits.delete(new VimObjects.Range(from, to, false), into);
          }
        });
  }

  private void changeTo(VimObjects.Range range) {
    operator = "c";
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
    for (int left = times(); left > 0; left--) {
      if (back ? !editor.undo() : !editor.redo()) {
        break;
      }
    }
    editor.moveTo(motions().onCharacter(editor.cursor()));
    done();
  }

  private void select(Mode next) {
    if (mode == Mode.NORMAL) {
      anchor = editor.cursor();
    }
    mode = next;
    done();
  }

  private VimObjects.Range visual() {
    int low = Math.min(anchor, editor.cursor());
    int high = Math.max(anchor, editor.cursor());
    int end = high < editor.passage().lineEnd(high) ? editor.passage().next(high) : high;
    return new VimObjects.Range(low, end, mode == Mode.VISUAL_LINES);
  }

  private void operateOnSelection(String key) {
    VimObjects.Range range = visual();
    operator = key;
    // For "." the same again is so many lines, or so many characters from the cursor on.
    countBefore = range.lines() ? lineCount(range) : characters(range);
    count = 0;
    keys.clear();
    keys.addAll(List.of(key, range.lines() ? key : "l"));
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

  private int lineCount(VimObjects.Range range) {
    return 1
        + (int)
            editor
                .text()
                .substring(range.from(), range.to())
                .chars()
                .filter(c -> c == '\n')
                .count();
  }

  private int characters(VimObjects.Range range) {
    int characters = 0;
    for (int at = range.from(); at < range.to(); at = editor.passage().next(at)) {
      characters++;
    }
    return Math.max(1, characters);
  }

  private void remember(Passage inserted) {
    if (!replaying) {
      lastChange = Optional.of(new Change(List.copyOf(keys), givenTimes(), inserted));
    }
  }

  private void beginGroup() {
    editor.beginGroup();
    grouped = true;
  }

  private int times() {
    return Math.max(1, givenTimes());
  }

  /** The product of both counts; 0 when none was given. */
  private int givenTimes() {
    return count == 0 && countBefore == 0
        ? 0
        : Math.min(MAX_COUNT, Math.max(1, countBefore) * Math.max(1, count));
  }

  private void done() {
    count = 0;
    countBefore = 0;
    operator = "";
    pending = "";
    register = VimRegisters.UNNAMED;
    keys.clear();
  }

  private VimMotions motions() {
    return new VimMotions(editor.passage());
  }
}
