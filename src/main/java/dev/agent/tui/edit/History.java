package dev.agent.tui.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The prompts of before, newest first, each once: those of this session as they were written,
 * before them the texts of older sessions. Who walks through it never loses what was written: the
 * draft, and older prompts that were changed on the way, are there again on the way back.
 */
public final class History {
  private static final int DRAFT = -1;

  /** How many prompts of this session are kept as they were written; older ones are texts. */
  private static final int MAX_OWN = 500;

  private final Supplier<List<String>> older;
  private final List<Draft> own = new ArrayList<>();
  private final Map<Integer, Draft> changed = new HashMap<>();
  private List<Draft> all = List.of();
  private int position = DRAFT;

  /**
   * @param older prompts of earlier sessions, newest first; asked for when the walk begins, so it
   *     must answer at once
   */
  public History(Supplier<List<String>> older) {
    this.older = older;
  }

  /** A prompt was sent, or a draft cleared: it is the newest now, and the walk is over. */
  public void add(Draft draft) {
    Draft abandoned = changed.getOrDefault(DRAFT, Draft.EMPTY);
    leave();
    if (!abandoned.equals(draft)) {
      put(abandoned);
    }
    put(draft);
  }

  /**
   * The prompt before the one that is shown; empty at the oldest.
   *
   * @param shown what is written now
   */
  public Optional<Draft> older(Draft shown) {
    if (position == DRAFT) {
      all = drafts();
    }
    return go(position + 1, shown);
  }

  /** The prompt behind the one that is shown, in the end the draft; empty when that is shown. */
  public Optional<Draft> newer(Draft shown) {
    return position == DRAFT ? Optional.empty() : go(position - 1, shown);
  }

  /** The walk is over: what is written is a draft again. */
  public void leave() {
    position = DRAFT;
    changed.clear();
    all = List.of();
  }

  /** All prompts, newest first, each text once. */
  public List<Draft> drafts() {
    List<Draft> drafts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Draft draft : own) {
      if (seen.add(draft.text())) {
        drafts.add(draft);
      }
    }
    for (String text : older.get()) {
      if (!text.isBlank() && seen.add(text)) {
        drafts.add(Draft.of(text));
      }
    }
    return drafts;
  }

  private Optional<Draft> go(int to, Draft shown) {
    if (to >= all.size()) {
      return Optional.empty();
    }
    changed.put(position, shown);
    position = to;
    Draft there = to == DRAFT ? Draft.EMPTY : all.get(to);
    return Optional.of(changed.getOrDefault(to, there));
  }

  private void put(Draft draft) {
    if (!draft.isBlank()) {
      own.removeIf(same -> same.text().equals(draft.text()));
      own.addFirst(draft);
      if (own.size() > MAX_OWN) {
        own.removeLast();
      }
    }
  }
}
