package dev.agent.tui.view;

import java.util.ArrayList;
import java.util.List;

/** Counts the rows that came since a window left the end. Owned by the UI thread. */
final class NewLines {
  private final Transcript transcript;
  private final TranscriptLayout layout;
  private int lastPlace = -1;
  private int lastRows;
  private final List<Integer> dirty = new ArrayList<>();

  NewLines(Transcript transcript, TranscriptLayout layout) {
    this.transcript = transcript;
    this.layout = layout;
  }

  /** The window leaves the end. */
  void leave() {
    lastPlace = transcript.size() - 1;
    lastRows = lastPlace < 0 ? 0 : layout.rows(lastPlace).size();
    dirty.clear();
  }

  /** So many blocks came in front of all. */
  void moved(int by) {
    lastPlace = lastPlace < 0 ? lastPlace : lastPlace + by;
    dirty.replaceAll(place -> place + by);
  }

  /** A block came or changed while the window is away from the end. */
  void touched(int place) {
    if (place >= lastPlace && (dirty.isEmpty() || dirty.getLast() != place)) {
      dirty.add(place);
    }
  }

  /** Rows of the last block at another width: its own growth is forgotten. */
  void remeasure() {
    if (lastPlace >= 0 && lastPlace < transcript.size()) {
      lastRows = layout.rows(lastPlace).size();
    }
  }

  /** The window is at the end again. */
  void forget() {
    lastPlace = -1;
    lastRows = 0;
    dirty.clear();
  }

  int count() {
    for (int place : dirty) {
      if (place < transcript.size()) {
        // Estimates don't count.
        layout.rows(place);
      }
    }
    dirty.clear();
    int since = layout.total() - (lastPlace < 0 ? 0 : layout.before(lastPlace)) - lastRows;
    return Math.max(0, since);
  }
}
