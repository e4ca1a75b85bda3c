package dev.agent.tui.edit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What was cut, newest first. */
final class KillRing {
  private static final int LIMIT = 30;

  private final Deque<Passage> kills = new ArrayDeque<>();

  /** A new cut. */
  void add(Passage killed) {
    kills.addFirst(killed);
    if (kills.size() > LIMIT) {
      kills.removeLast();
    }
  }

  /** A cut that goes on with the one before it. */
  void extend(Passage killed, boolean before) {
    Passage last = kills.isEmpty() ? Passage.EMPTY : kills.removeFirst();
    add(before ? killed.then(last) : last.then(killed));
  }

  /** The newest. */
  Optional<Passage> newest() {
    return Optional.ofNullable(kills.peekFirst());
  }

  /** The newest becomes the oldest. */
  Optional<Passage> rotate() {
    if (!kills.isEmpty()) {
      kills.addLast(kills.removeFirst());
    }
    return newest();
  }
}
