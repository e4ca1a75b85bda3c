package dev.agent.tui.edit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** States to go back to and forward again. Keeps a bounded number of characters. */
final class UndoLog {
  private static final int MAX_STATES = 500;
  private static final long MAX_CHARS = 8_000_000;

  private final Deque<TextEditor.State> before = new ArrayDeque<>();
  private final Deque<TextEditor.State> after = new ArrayDeque<>();
  private long chars;

  /** A change follows this state. */
  void add(TextEditor.State state) {
    after.clear();
    push(state);
  }

  /** Forgets a state if it is the last one that a change followed; whether it was. */
  boolean drop(TextEditor.State state) {
    boolean isLast = state.equals(before.peekFirst());
    if (isLast) {
      before.removeFirst();
      chars -= state.passage().length();
    }
    return isLast;
  }

  /** The state before the last change; the present one can be had back. */
  Optional<TextEditor.State> undo(TextEditor.State present) {
    if (before.isEmpty()) {
      return Optional.empty();
    }
    after.addFirst(present);
    TextEditor.State state = before.removeFirst();
    chars -= state.passage().length();
    return Optional.of(state);
  }

  /** The state that the last undo left. */
  Optional<TextEditor.State> redo(TextEditor.State present) {
    if (after.isEmpty()) {
      return Optional.empty();
    }
    push(present);
    return Optional.of(after.removeFirst());
  }

  void clear() {
    before.clear();
    after.clear();
    chars = 0;
  }

  private void push(TextEditor.State state) {
    before.addFirst(state);
    chars += state.passage().length();
    while (before.size() > MAX_STATES || chars > MAX_CHARS && before.size() > 1) {
      chars -= before.removeLast().passage().length();
    }
  }
}
