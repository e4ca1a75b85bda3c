package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.PasteText;
import java.util.Optional;

/**
 * Text that is being written: a passage, a cursor, what was cut, and the way back. The cursor and
 * all deletions move by characters as people see them; an inset counts as one character.
 *
 * <p>What is shown is an immutable {@link State} at any time. Not thread-safe.
 */
public final class TextEditor {
  /** A paste of more lines becomes an inset. */
  public static final int MAX_PASTED_LINES = 10;

  /** A paste of more characters becomes an inset. */
  public static final int MAX_PASTED_CHARS = 1000;

  private static final State NOTHING = new State(Passage.EMPTY, 0);

  /** What the last change was, for changes that go on with it. */
  private enum Last {
    OTHER,
    TYPED,
    DELETED,
    KILLED,
    YANKED
  }

  /**
   * Text and cursor.
   *
   * @param cursor a position in the text, before the character that it stands on
   */
  public record State(Passage passage, int cursor) {}

  private final boolean singleLine;
  private final UndoLog log = new UndoLog();
  private final KillRing kills = new KillRing();
  private State state = NOTHING;
  private Last last = Last.OTHER;
  private int yankedFrom;
  private int goal = -1;
  private int insets;
  private int grouping;
  private boolean grouped;

  /**
   * @param singleLine whether line ends become blanks, as in a search field
   */
  public TextEditor(boolean singleLine) {
    this.singleLine = singleLine;
  }

  /** What is there now. */
  public State state() {
    return state;
  }

  /** The text with the labels of its insets. */
  public String text() {
    return state.passage().text();
  }

  /** Text and insets. */
  public Passage passage() {
    return state.passage();
  }

  /** Where the cursor is. */
  public int cursor() {
    return state.cursor();
  }

  /** Whether there is no text. */
  public boolean isEmpty() {
    return state.passage().isEmpty();
  }

  /** Another text; undo leads back to the present one. */
  public void set(Passage passage, int cursor) {
    change(Last.OTHER, new State(passage, passage.outside(cursor)));
  }

  /** No text, and no way back. */
  public void reset() {
    state = NOTHING;
    log.clear();
    settle(Last.OTHER);
  }

  /** Moves the cursor; out of an inset to its end. */
  public void moveTo(int position) {
    int inside = Math.clamp(position, 0, text().length());
    state = new State(passage(), passage().outside(inside));
    settle(Last.OTHER);
  }

  /** Puts another passage in the place of a part. */
  public void replace(int from, int to, Passage with, int cursor) {
    change(Last.OTHER, new State(passage().replace(from, to, with), cursor));
  }

  /** Types text at the cursor; controls are left out. */
  public void insert(String text) {
    String clean = clean(text);
    if (clean.isEmpty()) {
      return;
    }
    // A word is one step of undo: a new one begins with the first letter behind a blank.
    boolean newWord =
        cursor() > 0
            && Character.isWhitespace(text().charAt(cursor() - 1))
            && !Character.isWhitespace(clean.charAt(0));
    if (newWord) {
      settle(Last.OTHER);
    }
    insert(Last.TYPED, Passage.of(clean));
  }

  /** Inserts a passage at the cursor. */
  public void insert(Passage passage) {
    insert(Last.OTHER, passage);
  }

  /**
   * Inserts a paste: a long one as an inset, and the same once more in the place of its inset, as
   * text.
   */
  public void paste(String text) {
    String clean = clean(text);
    long breaks = clean.stripTrailing().chars().filter(c -> c == '\n').count();
    if (clean.length() <= MAX_PASTED_CHARS && breaks < MAX_PASTED_LINES) {
      insert(Last.OTHER, Passage.of(clean));
      return;
    }
    for (Piece piece : passage().pieces()) {
      if (piece.inset() instanceof Inset.Paste paste && paste.text().equals(clean)) {
        expand(piece, paste);
        return;
      }
    }
    insert(Last.OTHER, Passage.of(new Inset.Paste(++insets, clean)));
  }

  /** Inserts a picture. */
  public void image(String mediaType, String base64) {
    insert(Last.OTHER, Passage.of(new Inset.Image(++insets, mediaType, base64)));
  }

  /** Shows the text of the paste that the cursor touches; false when it touches none. */
  public boolean expand() {
    Optional<Piece> piece = passage().pieceAt(cursor());
    if (piece.isPresent() && piece.get().inset() instanceof Inset.Paste paste) {
      expand(piece.get(), paste);
      return true;
    }
    return false;
  }

  /**
   * Does what an action of {@link dev.agent.tui.input.KeyContext#TEXT} says, or moves up or down.
   *
   * @param columns how many columns the text is wrapped at
   * @return false when it is none of those, or there is no row above or below
   */
  public boolean apply(Action action, int columns) {
    switch (action) {
      case LEFT -> moveTo(passage().previous(cursor()));
      case RIGHT -> moveTo(passage().next(cursor()));
      case WORD_LEFT -> moveTo(outOfPiece(Words.start(text(), cursor())));
      case WORD_RIGHT -> moveTo(Words.end(text(), cursor()));
      case LINE_START -> moveTo(passage().lineStart(cursor()));
      case LINE_END -> moveTo(passage().lineEnd(cursor()));
      case UP -> {
        return vertical(-1, columns);
      }
      case DOWN -> {
        return vertical(1, columns);
      }
      case NEWLINE -> insert(Last.OTHER, Passage.of(clean("\n")));
      case DELETE_BACKWARD -> delete(passage().previous(cursor()), cursor());
      case DELETE_FORWARD -> delete(cursor(), passage().next(cursor()));
      case DELETE_WORD_BACKWARD -> kill(outOfPiece(Words.start(text(), cursor())), cursor());
      case DELETE_WORD_FORWARD -> kill(cursor(), passage().outside(Words.end(text(), cursor())));
      case KILL_WORD -> kill(outOfPiece(Words.startBehindBlank(text(), cursor())), cursor());
      case KILL_TO_START -> {
        int start = passage().lineStart(cursor());
        kill(start == cursor() ? passage().previous(start) : start, cursor());
      }
      case KILL_TO_END -> {
        int end = passage().lineEnd(cursor());
        kill(cursor(), end == cursor() ? passage().next(end) : end);
      }
      case YANK -> yank();
      case YANK_POP -> yankPop();
      case UNDO -> undo();
      case REDO -> redo();
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * As if the last change had not been made: there is nothing to undo or to make again of it.
   *
   * @param before what was there before it
   */
  void takeBack(State before) {
    if (log.drop(before)) {
      grouped = false;
    }
    state = before;
    settle(Last.OTHER);
  }

  /** Takes the last change back; false when there is none. */
  public boolean undo() {
    return travel(log.undo(state));
  }

  /** Makes the last change that was taken back again; false when there is none. */
  public boolean redo() {
    return travel(log.redo(state));
  }

  /** All changes until {@link #endGroup} are one step of undo. Groups may be in groups. */
  public void beginGroup() {
    if (grouping++ == 0) {
      grouped = false;
    }
  }

  /** Ends {@link #beginGroup}. */
  public void endGroup() {
    if (--grouping == 0) {
      settle(Last.OTHER);
    }
  }

  /** Moves the cursor and keeps the column that moves up and down aim at. */
  void nudge(int position) {
    state = new State(passage(), position);
  }

  private boolean vertical(int by, int columns) {
    Wrap wrap = new Wrap(passage(), columns);
    int row = wrap.rowOf(cursor());
    int target = row + by;
    if (target < 0 || target >= wrap.lines().size()) {
      return false;
    }
    int wanted = goal >= 0 ? goal : wrap.columnOf(row, cursor());
    moveTo(wrap.positionAt(target, wanted));
    goal = wanted;
    return true;
  }

  private void insert(Last kind, Passage passage) {
    if (passage.isEmpty()) {
      return;
    }
    int at = cursor();
    change(kind, new State(passage().replace(at, at, passage), at + passage.length()));
  }

  private void delete(int from, int to) {
    if (from < to) {
      change(Last.DELETED, new State(passage().replace(from, to, Passage.EMPTY), from));
    }
  }

  private void kill(int from, int to) {
    if (from >= to) {
      return;
    }
    Passage killed = passage().slice(from, to);
    if (last == Last.KILLED) {
      kills.extend(killed, from < cursor());
    } else {
      kills.add(killed);
    }
    change(Last.KILLED, new State(passage().replace(from, to, Passage.EMPTY), from));
  }

  private void yank() {
    kills
        .newest()
        .ifPresent(
            passage -> {
              yankedFrom = cursor();
              insert(Last.YANKED, passage);
            });
  }

  private void yankPop() {
    if (last != Last.YANKED) {
      return;
    }
    kills
        .rotate()
        .ifPresent(
            passage ->
                change(
                    Last.YANKED,
                    new State(
                        passage().replace(yankedFrom, cursor(), passage),
                        yankedFrom + passage.length())));
  }

  private void expand(Piece piece, Inset.Paste paste) {
    change(
        Last.OTHER,
        new State(
            passage().replace(piece.from(), piece.to(), Passage.of(paste.text())),
            piece.from() + paste.text().length()));
  }

  private boolean travel(Optional<State> to) {
    to.ifPresent(there -> state = there);
    settle(Last.OTHER);
    return to.isPresent();
  }

  private void change(Last kind, State next) {
    boolean goesOn = kind == last && (kind == Last.TYPED || kind == Last.DELETED);
    if (grouping > 0 ? !grouped : !goesOn) {
      log.add(state);
      grouped = true;
    }
    state = next;
    settle(kind);
  }

  private void settle(Last kind) {
    last = kind;
    goal = -1;
  }

  private int outOfPiece(int position) {
    return passage().pieces().stream()
        .filter(p -> p.from() < position && position < p.to())
        .findFirst()
        .map(Piece::from)
        .orElse(position);
  }

  private String clean(String text) {
    String clean = PasteText.clean(text);
    return singleLine ? clean.replace('\n', ' ') : clean;
  }
}
