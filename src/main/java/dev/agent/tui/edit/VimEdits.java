package dev.agent.tui.edit;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** What the commands of normal and visual mode do to the text. Each is one change. */
final class VimEdits {
  private final TextEditor editor;
  private final VimRegisters registers;

  VimEdits(TextEditor editor, VimRegisters registers) {
    this.editor = editor;
    this.registers = registers;
  }

  void yank(VimObjects.Range range, char register) {
    VimObjects.Range whole = whole(range);
    Passage taken = passage().slice(whole.from(), whole.to());
    registers.store(register, taken, range.lines(), true);
    if (!range.lines()) {
      editor.moveTo(whole.from());
    } else if (editor.cursor() > whole.to()
        || passage().lineStart(editor.cursor()) > whole.from()) {
      editor.moveTo(range.from());
    }
  }

  void delete(VimObjects.Range range, char register) {
    VimObjects.Range whole = whole(range);
    registers.store(register, passage().slice(whole.from(), whole.to()), range.lines(), false);
    if (!range.lines()) {
      editor.replace(whole.from(), whole.to(), Passage.EMPTY, whole.from());
      return;
    }
    int from = whole.from();
    int to = whole.to();
    if (to < passage().length()) {
      to++;
    } else if (from > 0) {
      from--;
    }
    editor.replace(from, to, Passage.EMPTY, from);
    editor.moveTo(motions().firstVisible(Math.min(whole.from(), passage().length())));
  }

  /** Deletes what is to be written anew; of lines an empty one is left. */
  void change(VimObjects.Range range, char register) {
    VimObjects.Range whole = whole(range);
    registers.store(register, passage().slice(whole.from(), whole.to()), range.lines(), false);
    editor.replace(whole.from(), whole.to(), Passage.EMPTY, whole.from());
  }

  /** Inserts what a register holds behind the cursor's character or line, or before it. */
  void put(char register, int count, boolean before) {
    VimRegisters.Held held = registers.held(register).orElse(null);
    if (held == null) {
      return;
    }
    Passage all = Passage.EMPTY;
    for (int left = Math.min(count, 1000); left > 0; left--) {
      if (held.lines() && !all.isEmpty()) {
        all = all.then(Passage.of("\n"));
      }
      all = all.then(held.passage());
    }
    int cursor = editor.cursor();
    if (held.lines()) {
      int at = before ? passage().lineStart(cursor) : passage().lineEnd(cursor);
      Passage line = Passage.of("\n");
      editor.replace(at, at, before ? all.then(line) : line.then(all), at);
      editor.moveTo(motions().firstVisible(before ? at : at + 1));
      return;
    }
    int at = before || cursor == passage().lineEnd(cursor) ? cursor : passage().next(cursor);
    editor.replace(at, at, all, at);
    boolean oneLine = all.text().indexOf('\n') < 0;
    editor.moveTo(oneLine ? passage().previous(at + all.length()) : at);
  }

  /** Joins lines: line ends and the indent behind them become one blank. */
  void join(int from, int lines) {
    int at = passage().lineEnd(from);
    for (int left = Math.max(1, lines - 1); left > 0 && at < passage().length(); left--) {
      int next = motions().firstVisible(at + 1);
      boolean plain =
          at == passage().lineStart(at)
              || motions().isBlank(at - 1)
              || next == passage().lineEnd(next)
              || passage().text().charAt(next) == ')';
      editor.replace(at, next, plain ? Passage.EMPTY : Passage.of(" "), at);
      if (left > 1) {
        at = passage().lineEnd(at);
      }
    }
  }

  /** Turns upper case to lower case and the reverse, and goes on behind it. */
  void toggleCase(int count) {
    int from = editor.cursor();
    int to = motions().right(from, count);
    map(from, to, VimEdits::toggled);
    editor.moveTo(to);
  }

  /** Puts a character in the place of so many; nothing when there are fewer in the line. */
  boolean overwrite(int count, String with) {
    int from = editor.cursor();
    int to = from;
    int end = passage().lineEnd(from);
    for (int left = count; left > 0; left--) {
      if (to >= end) {
        return false;
      }
      to = passage().next(to);
    }
    boolean newline = with.equals("\n");
    editor.replace(from, to, Passage.of(newline ? with : with.repeat(count)), from);
    editor.moveTo(newline ? from + 1 : from + with.length() * (count - 1));
    return true;
  }

  /** Changes each character of a part, but for insets and line ends. */
  void map(int from, int to, UnaryOperator<String> mapping) {
    Passage mapped = Passage.EMPTY;
    Passage source = passage();
    StringBuilder plain = new StringBuilder();
    for (int at = from; at < to; at = source.next(at)) {
      if (source.pieceFrom(at).isPresent()) {
        mapped = mapped.then(Passage.of(plain.toString())).then(source.slice(at, source.next(at)));
        plain.setLength(0);
      } else {
        String character = source.text().substring(at, source.next(at));
        plain.append(character.equals("\n") ? character : mapping.apply(character));
      }
    }
    editor.replace(from, to, mapped.then(Passage.of(plain.toString())), from);
  }

  static String toggled(String character) {
    String lower = character.toLowerCase(Locale.ROOT);
    return lower.equals(character) ? character.toUpperCase(Locale.ROOT) : lower;
  }

  /** A range with whole lines if it says so, and never a part of an inset. */
  VimObjects.Range whole(VimObjects.Range range) {
    Passage passage = passage();
    int from = range.lines() ? passage.lineStart(range.from()) : range.from();
    int to = range.lines() ? passage.lineEnd(range.to()) : range.to();
    for (Piece piece : passage.pieces()) {
      if (piece.from() < from && from < piece.to()) {
        from = piece.from();
      }
    }
    return new VimObjects.Range(from, Math.max(from, passage.outside(to)), range.lines());
  }

  private VimMotions motions() {
    return new VimMotions(passage());
  }

  private Passage passage() {
    return editor.passage();
  }
}
