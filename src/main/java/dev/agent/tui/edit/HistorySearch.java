package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A search through the prompts of before: the newest one that holds what is typed, then older ones.
 * Case doesn't count.
 */
public final class HistorySearch {
  private final List<Draft> drafts;
  private final TextEditor query = new TextEditor(true);
  private int at;
  private boolean failed;

  /**
   * @param drafts newest first
   */
  HistorySearch(List<Draft> drafts) {
    this.drafts = List.copyOf(drafts);
  }

  /**
   * A prompt that was found.
   *
   * @param from where in its text what is searched for begins
   * @param to where it ends
   */
  public record Match(Draft draft, int from, int to) {}

  /** What is searched for. */
  public TextEditor query() {
    return query;
  }

  /** Whether there is no (older) prompt with what is searched for. */
  public boolean failed() {
    return failed;
  }

  /** The prompt that is found now; with nothing typed the newest one. */
  public Optional<Match> match() {
    return at < drafts.size() ? match(drafts.get(at)) : Optional.empty();
  }

  /** What a key did. */
  enum Answer {
    /** Nothing: it means something else, or nothing at all. */
    IGNORED,
    /** The search goes on. */
    SEARCHES,
    /** The search is over, and nothing comes of it. */
    LEFT,
    /** What was found is to be written. */
    TAKEN,
    /** The same, to be sent. */
    SENT
  }

  /**
   * Takes a key.
   *
   * @param action what the key means in the composer
   */
  Answer key(Optional<Action> action, Key key) {
    if (action.isEmpty()) {
      if (!key.types()) {
        return Answer.IGNORED;
      }
      query.insert(key.text());
      changed();
      return Answer.SEARCHES;
    }
    return act(action.get());
  }

  /** Does an action. */
  Answer act(Action action) {
    return switch (action) {
      case HISTORY_SEARCH, UP -> {
        older();
        yield Answer.SEARCHES;
      }
      case CANCEL, INTERRUPT -> Answer.LEFT;
      case COMPLETE -> Answer.TAKEN;
      case SUBMIT -> Answer.SENT;
      default -> edit(action);
    };
  }

  private Answer edit(Action action) {
    String before = query.text();
    if (!query.apply(action, Integer.MAX_VALUE)) {
      return Answer.IGNORED;
    }
    if (!before.equals(query.text())) {
      changed();
    }
    return Answer.SEARCHES;
  }

  /** Takes a text that was pasted. */
  void paste(String text) {
    query.paste(text);
    changed();
  }

  /** What is searched for has changed: from the newest on again. */
  private void changed() {
    seek(0);
  }

  /** An older prompt; what is found stays when there is none. */
  void older() {
    seek(match().isPresent() ? at + 1 : at);
  }

  private void seek(int from) {
    for (int i = from; i < drafts.size(); i++) {
      if (match(drafts.get(i)).isPresent()) {
        at = i;
        failed = false;
        return;
      }
    }
    failed = true;
    if (match().isEmpty()) {
      at = drafts.size();
    }
  }

  private Optional<Match> match(Draft draft) {
    String wanted = query.text().toLowerCase(Locale.ROOT);
    String text = draft.passage().text();
    for (int from = 0; from + wanted.length() <= text.length(); from++) {
      if (text.regionMatches(true, from, wanted, 0, wanted.length())) {
        return Optional.of(new Match(draft, from, from + wanted.length()));
      }
    }
    return Optional.empty();
  }
}
