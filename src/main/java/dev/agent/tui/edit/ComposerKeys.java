package dev.agent.tui.edit;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.edit.Composer.Situation;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.Keymap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What keys and pastes mean to a composer, by what is written and what goes on around it: whether
 * they edit, walk through the history or search it, complete, send, or are for its owner. Not
 * thread-safe.
 */
final class ComposerKeys {
  private static final Outcome IGNORED = new Outcome.Ignored();
  private static final Outcome CHANGED = new Outcome.Changed();

  private static final Key ESCAPE = Key.named(KeyType.Escape, false, false, false);

  private final Keymap keymap;
  private final History history;
  private final PromptEditor prompt;
  private final TextEditor editor;
  private final Menu menu;
  private final Deque<Draft> stash = new ArrayDeque<>();
  private final Twice twice = new Twice();
  private Optional<HistorySearch> search = Optional.empty();

  ComposerKeys(Keymap keymap, History history, PromptEditor prompt) {
    this.keymap = keymap;
    this.history = history;
    this.prompt = prompt;
    this.editor = prompt.editor();
    this.menu = prompt.menu();
  }

  /** The search through the history, while there is one. */
  Optional<HistorySearch> search() {
    return search;
  }

  /** What happens when it is pressed again. */
  Optional<Action> armed(long now) {
    return twice.armed(now);
  }

  /** How many drafts are put aside. */
  int stashed() {
    return stash.size();
  }

  /** Takes a text that was pasted. */
  Outcome paste(String text) {
    twice.disarm();
    if (search.isPresent()) {
      search.get().paste(text);
      return CHANGED;
    }
    prompt.paste(text);
    return CHANGED;
  }

  /** Takes a key. */
  Outcome key(Key key, Situation situation, long now) {
    if (search.isPresent()) {
      return searchKey(search.get(), key);
    }
    if (prompt.isEscape(key, now)) {
      return key(ESCAPE, situation, now);
    }
    switch (prompt.vimKey(key)) {
      case TAKEN -> {
        twice.disarm();
        prompt.written();
        return CHANGED;
      }
      case ABOVE -> {
        return act(Action.UP, situation, now);
      }
      case BELOW -> {
        return act(Action.DOWN, situation, now);
      }
      case PASSED -> {
        if (key.types() && menu.open().isEmpty() && prompt.commands()) {
          return IGNORED;
        }
      }
    }
    KeyContext context = situation.working() ? KeyContext.WORKING : KeyContext.COMPOSER;
    Optional<Action> action = keymap.action(context, key);
    if (action.isPresent()) {
      return act(action.get(), situation, now);
    }
    if (!key.types()) {
      return IGNORED;
    }
    twice.disarm();
    return type(key.text(), now);
  }

  /** Does what several keys mean together. */
  Outcome perform(Action action, Situation situation, long now) {
    if (search.isPresent()) {
      return searched(search.get(), search.get().act(action), Optional.of(action));
    }
    prompt.settle();
    return act(action, situation, now);
  }

  private Outcome type(String text, long now) {
    if (prompt.mode() == InputMode.PROMPT && editor.cursor() == 0) {
      if (text.equals("?") && editor.isEmpty()) {
        return new Outcome.Help();
      }
      prompt.mode(InputMode.begunBy(text));
      if (prompt.mode() != InputMode.PROMPT) {
        return changed();
      }
    }
    prompt.type(text, now);
    return CHANGED;
  }

  private Outcome act(Action action, Situation situation, long now) {
    boolean again = twice.armed(now).equals(Optional.of(action));
    twice.disarm();
    return switch (action) {
      case SUBMIT -> submit();
      case CANCEL -> cancel(situation, again, now);
      case INTERRUPT -> interrupt(situation, again, now);
      case DELETE_FORWARD_OR_EXIT -> {
        if (editor.isEmpty()) {
          yield again ? new Outcome.Exit() : arm(action, now);
        }
        yield edit(Action.DELETE_FORWARD);
      }
      case COMPLETE -> complete();
      case UP, DOWN -> vertical(action, situation);
      case LINE_END -> {
        int cursor = editor.cursor();
        boolean on =
            editor.passage().pieceFrom(cursor).isPresent()
                || cursor == editor.passage().lineEnd(cursor);
        yield on && editor.expand() ? changed() : edit(action);
      }
      case DELETE_BACKWARD -> {
        if (editor.cursor() == 0 && prompt.mode() != InputMode.PROMPT) {
          prompt.mode(InputMode.PROMPT);
          yield changed();
        }
        yield edit(action);
      }
      case HISTORY_SEARCH -> {
        search = Optional.of(new HistorySearch(history.drafts()));
        menu.close();
        yield CHANGED;
      }
      case STASH -> stash();
      case EXTERNAL_EDITOR -> new Outcome.OpenEditor(editor.passage().expanded());
      case PASTE_IMAGE -> new Outcome.PasteImage();
      default -> edit(action);
    };
  }

  /** Does what the editor can; anything else is for the owner. */
  private Outcome edit(Action action) {
    Passage before = editor.passage();
    if (!prompt.apply(action)) {
      return new Outcome.Perform(action);
    }
    if (before.equals(editor.passage())) {
      return changed();
    }
    prompt.written();
    return CHANGED;
  }

  private Outcome changed() {
    prompt.refresh();
    return CHANGED;
  }

  private Outcome submit() {
    Optional<Completion> open = menu.open();
    if (open.isPresent() && menu.accept(editor) && !open.get().commands()) {
      return changed();
    }
    int cursor = editor.cursor();
    if (cursor > 0 && editor.text().charAt(cursor - 1) == '\\') {
      editor.replace(cursor - 1, cursor, Passage.of("\n"), cursor);
      return changed();
    }
    Draft draft = prompt.draft();
    if (draft.isBlank()) {
      return editor.isEmpty() ? new Outcome.Perform(Action.SUBMIT) : CHANGED;
    }
    history.add(draft);
    prompt.clear();
    return new Outcome.Submit(draft, toSend(draft), draft.passage().images());
  }

  /** Without blanks around, but for one that keeps a prompt from being taken for something else. */
  private static String toSend(Draft draft) {
    String whole = draft.passage().expanded();
    String text = whole.strip();
    boolean means = !text.isEmpty() && "/!#".indexOf(text.charAt(0)) >= 0;
    return means && draft.mode() == InputMode.PROMPT && whole.charAt(0) != text.charAt(0)
        ? " " + text
        : text;
  }

  private Outcome cancel(Situation situation, boolean again, long now) {
    if (menu.open().isPresent()) {
      menu.close();
      return CHANGED;
    }
    if (situation.working()) {
      return new Outcome.Interrupt();
    }
    if (editor.isEmpty() && prompt.mode() != InputMode.PROMPT) {
      prompt.mode(InputMode.PROMPT);
      return changed();
    }
    if (!again) {
      return arm(Action.CANCEL, now);
    }
    return editor.isEmpty() ? new Outcome.Rewind() : cleared();
  }

  private Outcome interrupt(Situation situation, boolean again, long now) {
    if (!editor.isEmpty() || prompt.mode() != InputMode.PROMPT) {
      // While something works the next one interrupts it; otherwise the next one exits.
      Outcome outcome = cleared();
      if (!situation.working()) {
        arm(Action.INTERRUPT, now);
      }
      return outcome;
    }
    if (again) {
      return new Outcome.Exit();
    }
    arm(Action.INTERRUPT, now);
    return situation.working() ? new Outcome.Interrupt() : CHANGED;
  }

  private Outcome cleared() {
    Draft draft = prompt.draft();
    history.add(draft);
    prompt.clear();
    return draft.isBlank() ? CHANGED : new Outcome.Cleared(draft);
  }

  private Outcome complete() {
    if (menu.open().isPresent()) {
      menu.accept(editor);
      return changed();
    }
    return new Outcome.Perform(Action.COMPLETE);
  }

  private Outcome vertical(Action action, Situation situation) {
    boolean up = action == Action.UP;
    if (menu.open().isPresent()) {
      menu.move(up ? -1 : 1);
      return CHANGED;
    }
    if (up && situation.queued() && editor.isEmpty()) {
      return new Outcome.TakeBackQueue();
    }
    if (prompt.apply(action)) {
      return changed();
    }
    Optional<Draft> there = up ? history.older(prompt.draft()) : history.newer(prompt.draft());
    if (there.isEmpty()) {
      return IGNORED;
    }
    prompt.walkTo(there.get());
    return CHANGED;
  }

  private Outcome stash() {
    Draft draft = prompt.draft();
    if (!draft.isBlank()) {
      stash.push(draft);
      prompt.clear();
    } else if (!stash.isEmpty()) {
      prompt.set(stash.pop());
    }
    return CHANGED;
  }

  private Outcome searchKey(HistorySearch open, Key key) {
    Optional<Action> action = keymap.action(KeyContext.COMPOSER, key);
    return searched(open, open.key(action, key), action);
  }

  private Outcome searched(
      HistorySearch open, HistorySearch.Answer answer, Optional<Action> action) {
    switch (answer) {
      case IGNORED -> {
        return action.<Outcome>map(Outcome.Perform::new).orElse(IGNORED);
      }
      case SEARCHES -> {}
      case LEFT -> search = Optional.empty();
      case TAKEN -> use(open);
      case SENT -> {
        boolean found = open.match().isPresent();
        use(open);
        return found ? submit() : CHANGED;
      }
    }
    return CHANGED;
  }

  /** Writes what was found; the draft that was there is kept in the history. */
  private void use(HistorySearch open) {
    search = Optional.empty();
    open.match()
        .ifPresent(
            match -> {
              if (!prompt.draft().isBlank()) {
                history.add(prompt.draft());
              }
              prompt.recall(match.draft());
            });
  }

  private Outcome arm(Action action, long now) {
    twice.arm(action, now);
    return CHANGED;
  }
}
