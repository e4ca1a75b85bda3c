package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.input.PasteText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The field in which prompts are written: text, mode, history and its search, completion, stash and
 * vim's keys. It answers each event with what its owner has to do, and knows nothing of how it is
 * drawn. Not thread-safe.
 *
 * <p>Times are those of {@link System#nanoTime}; they only tell what is pressed twice.
 */
public final class Composer {
  private static final Outcome IGNORED = new Outcome.Ignored();
  private static final Outcome CHANGED = new Outcome.Changed();

  /**
   * What goes on around the composer.
   *
   * @param working whether the agent works
   * @param queued whether text waits to be sent
   */
  public record Situation(boolean working, boolean queued) {
    /** Nothing goes on. */
    public static final Situation IDLE = new Situation(false, false);
  }

  /** What has to be done twice must be done again within this time, in nanoseconds. */
  public static final long TWICE_WITHIN = Twice.LIMIT;

  private final Keymap keymap;
  private final History history;
  private final Menu menu;
  private final TextEditor editor = new TextEditor(false);
  private final VimMode vim = new VimMode(editor);
  private final Deque<Draft> stash = new ArrayDeque<>();
  private final Twice twice = new Twice();
  private InputMode mode = InputMode.PROMPT;
  private Optional<HistorySearch> search = Optional.empty();
  private boolean navigating;
  private boolean vimKeys;
  private int columns = Integer.MAX_VALUE;
  private int firstRow;

  /**
   * @param commands the slash commands, by name
   * @param files the files of the project
   */
  public Composer(
      Keymap keymap, History history, CompletionSource commands, CompletionSource files) {
    this.keymap = keymap;
    this.history = history;
    this.menu = new Menu(commands, files);
  }

  /** Takes an event. */
  public Outcome handle(InputEvent event, Situation situation, long now) {
    return switch (event) {
      case InputEvent.Pressed(Key key) -> key(key, situation, now);
      case InputEvent.Pasted(String text, long _) -> paste(text);
      default -> IGNORED;
    };
  }

  /** What is written. */
  public Draft draft() {
    return new Draft(mode, editor.passage());
  }

  /** What becomes of it. */
  public InputMode mode() {
    return mode;
  }

  /** The text and its cursor. */
  public TextEditor.State state() {
    return editor.state();
  }

  /** The completion menu, where one is open. */
  public Optional<Completion> completion() {
    return menu.open();
  }

  /** The search through the history, while there is one. */
  public Optional<HistorySearch> search() {
    return search;
  }

  /**
   * What happens when it is pressed again: {@code CANCEL} (Escape) clears the draft or goes back,
   * {@code INTERRUPT} (Ctrl+C) and {@code DELETE_FORWARD_OR_EXIT} (Ctrl+D) exit.
   */
  public Optional<Action> armed(long now) {
    return twice.armed(now);
  }

  /** What the footer says of vim's mode; empty when there is nothing to say. */
  public String vimLabel() {
    return vimKeys ? vim.label() : "";
  }

  /** Whether the next letter is a command of vim's: the cursor is a block then. */
  public boolean commands() {
    return vimKeys && vim.mode() != VimMode.Mode.INSERT;
  }

  /** Switches vim's keys on or off; on stays in the mode that it is in. */
  public void vim(boolean on) {
    if (vimKeys != on) {
      vimKeys = on;
      vim.reset();
    }
  }

  /** How many drafts are put aside. */
  public int stashed() {
    return stash.size();
  }

  /** The sources of completion know more than before. */
  public void refresh() {
    menu.refresh(mode, editor.state(), navigating || commands());
  }

  /** Writes something else; undo leads back. */
  public void set(Draft draft) {
    mode = draft.mode();
    editor.set(draft.passage(), draft.passage().length());
    vim.reset();
    refresh();
  }

  /** What the person made of the text of {@link Outcome.OpenEditor}; pictures keep their labels. */
  public void edited(String text) {
    Passage before = editor.passage();
    if (!before.expanded().equals(text)) {
      Passage after = Passage.of(PasteText.clean(text).stripTrailing()).with(before.images());
      editor.set(after, after.length());
      refresh();
    }
  }

  /**
   * Messages that waited to be sent are a draft again, before what is written.
   *
   * @param messages as {@link Draft#text} has them
   */
  public void takeBack(List<String> messages) {
    Draft first = Draft.of(String.join("\n", messages));
    Passage rest = editor.passage();
    if (rest.isEmpty()) {
      set(first);
    } else {
      Passage text = first.passage().then(Passage.of("\n"));
      set(new Draft(mode, text.then(rest)));
    }
  }

  /** Inserts a picture. */
  public void image(String mediaType, String base64) {
    editor.image(mediaType, base64);
    refresh();
  }

  /**
   * Lays it out; up and down then go by these rows.
   *
   * @param width all columns, those of the prompt included
   * @param height at most so many rows, the cursor's among them
   */
  public EditorLayout layout(EditorLook look, int width, int height) {
    columns = look.columns(width);
    Optional<VimMode.Selection> selection = vimKeys ? vim.selection() : Optional.empty();
    EditorLayout.Window window =
        EditorLayout.of(
                editor.state(),
                look,
                width,
                selection.map(VimMode.Selection::from).orElse(0),
                selection.map(VimMode.Selection::to).orElse(0))
            .window(height, firstRow);
    firstRow = window.first();
    return window.layout();
  }

  /** Puts the cursor where a cell of the last layout is. */
  public void click(EditorLook look, int width, int row, int column) {
    editor.moveTo(EditorLayout.position(editor.state(), look, width, firstRow + row, column));
    refresh();
  }

  private Outcome paste(String text) {
    twice.disarm();
    if (search.isPresent()) {
      search.get().paste(text);
      return CHANGED;
    }
    navigating = false;
    editor.paste(text);
    refresh();
    return CHANGED;
  }

  private Outcome key(Key key, Situation situation, long now) {
    if (search.isPresent()) {
      return searchKey(search.get(), key);
    }
    if (vimKeys && menu.open().isEmpty()) {
      switch (vim.key(key, columns)) {
        case TAKEN -> {
          twice.disarm();
          navigating = false;
          refresh();
          return CHANGED;
        }
        case ABOVE -> {
          return act(Action.UP, situation, now);
        }
        case BELOW -> {
          return act(Action.DOWN, situation, now);
        }
        case PASSED -> {
          if (key.types() && vim.mode() != VimMode.Mode.INSERT) {
            return IGNORED;
          }
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
    return type(key.text());
  }

  private Outcome type(String text) {
    if (mode == InputMode.PROMPT && editor.cursor() == 0) {
      if (text.equals("?") && editor.isEmpty()) {
        return new Outcome.Help();
      }
      mode = InputMode.begunBy(text);
      if (mode != InputMode.PROMPT) {
        refresh();
        return CHANGED;
      }
    }
    navigating = false;
    editor.insert(text);
    refresh();
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
        if (editor.cursor() == 0 && mode != InputMode.PROMPT) {
          mode = InputMode.PROMPT;
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
    TextEditor.State before = editor.state();
    if (!editor.apply(action, columns)) {
      return new Outcome.Perform(action);
    }
    if (!before.passage().equals(editor.passage())) {
      navigating = false;
    }
    return changed();
  }

  private Outcome changed() {
    refresh();
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
    Draft draft = draft();
    if (draft.isBlank()) {
      return editor.isEmpty() ? new Outcome.Perform(Action.SUBMIT) : CHANGED;
    }
    history.add(draft);
    clear();
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
    if (editor.isEmpty() && mode != InputMode.PROMPT) {
      mode = InputMode.PROMPT;
      return changed();
    }
    if (!again) {
      return arm(Action.CANCEL, now);
    }
    return editor.isEmpty() ? new Outcome.Rewind() : cleared();
  }

  private Outcome interrupt(Situation situation, boolean again, long now) {
    if (!editor.isEmpty() || mode != InputMode.PROMPT) {
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
    Draft draft = draft();
    history.add(draft);
    clear();
    return draft.isBlank() ? CHANGED : new Outcome.Cleared(draft);
  }

  private void clear() {
    editor.reset();
    vim.reset();
    mode = InputMode.PROMPT;
    navigating = false;
    firstRow = 0;
    refresh();
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
    if (editor.apply(action, columns)) {
      return changed();
    }
    Optional<Draft> there = up ? history.older(draft()) : history.newer(draft());
    if (there.isEmpty()) {
      return IGNORED;
    }
    navigating = true;
    mode = there.get().mode();
    editor.set(there.get().passage(), there.get().passage().length());
    vim.settle();
    return changed();
  }

  private Outcome stash() {
    Draft draft = draft();
    if (!draft.isBlank()) {
      stash.push(draft);
      clear();
    } else if (!stash.isEmpty()) {
      set(stash.pop());
    }
    return CHANGED;
  }

  private Outcome searchKey(HistorySearch open, Key key) {
    Optional<Action> action = keymap.action(KeyContext.COMPOSER, key);
    switch (open.key(action, key)) {
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
              if (!draft().isBlank()) {
                history.add(draft());
              }
              navigating = true;
              set(match.draft());
            });
  }

  private Outcome arm(Action action, long now) {
    twice.arm(action, now);
    return CHANGED;
  }
}
