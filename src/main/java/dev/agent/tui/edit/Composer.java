package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.Keymap;
import java.util.List;
import java.util.Optional;

/**
 * The field in which prompts are written: text, mode, history and its search, completion, stash and
 * vim's keys. It answers each event with what its owner has to do, and knows nothing of how it is
 * drawn. Not thread-safe.
 *
 * <p>Times are those of {@link System#nanoTime}; they only tell what is pressed twice, or right
 * behind something else.
 */
public final class Composer {
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

  private final PromptEditor prompt;
  private final ComposerKeys keys;

  /**
   * @param commands the slash commands, by name
   * @param files the files of the project
   */
  public Composer(
      Keymap keymap, History history, CompletionSource commands, CompletionSource files) {
    this.prompt = new PromptEditor(new Menu(commands, files));
    this.keys = new ComposerKeys(keymap, history, prompt);
  }

  /** Takes an event. */
  public Outcome handle(InputEvent event, Situation situation, long now) {
    return switch (event) {
      case InputEvent.Pressed(Key key) -> keys.key(key, situation, now);
      case InputEvent.Pasted(String text, long _) -> keys.paste(text);
      default -> new Outcome.Ignored();
    };
  }

  /** Does what several keys mean together that were not given to {@link #handle}. */
  public Outcome perform(Action action, Situation situation, long now) {
    return keys.perform(action, situation, now);
  }

  /** What is written. */
  public Draft draft() {
    return prompt.draft();
  }

  /** What becomes of it. */
  public InputMode mode() {
    return prompt.mode();
  }

  /** The text and its cursor. */
  public TextEditor.State state() {
    return prompt.editor().state();
  }

  /** The completion menu, where one is open. */
  public Optional<Completion> completion() {
    return prompt.menu().open();
  }

  /** The search through the history, while there is one. */
  public Optional<HistorySearch> search() {
    return keys.search();
  }

  /**
   * What happens when it is pressed again: {@code CANCEL} (Escape) clears the draft or goes back,
   * {@code INTERRUPT} (Ctrl+C) and {@code DELETE_FORWARD_OR_EXIT} (Ctrl+D) exit.
   */
  public Optional<Action> armed(long now) {
    return keys.armed(now);
  }

  /** What the footer says of vim's mode; empty when there is nothing to say. */
  public String vimLabel() {
    return prompt.vimLabel();
  }

  /** Whether the next letter is a command of vim's: the cursor is a block then. */
  public boolean commands() {
    return prompt.commands();
  }

  /** Switches vim's keys on or off; on stays in the mode that it is in. */
  public void vim(boolean on) {
    prompt.vim(on);
  }

  /**
   * Two characters that mean Escape in vim's insert mode, when one is typed right behind the other.
   *
   * @param two such as {@code jj}; empty for none
   */
  public void insertEscape(String two) {
    prompt.insertEscape(two);
  }

  /** How many drafts are put aside. */
  public int stashed() {
    return keys.stashed();
  }

  /** The sources of completion know more than before. */
  public void refresh() {
    prompt.refresh();
  }

  /** Writes something else; undo leads back. */
  public void set(Draft draft) {
    prompt.set(draft);
  }

  /** What the person made of the text of {@link Outcome.OpenEditor}; pictures keep their labels. */
  public void edited(String text) {
    prompt.edited(text);
  }

  /**
   * Messages that waited to be sent are a draft again, before what is written.
   *
   * @param messages as {@link Draft#text} has them
   */
  public void takeBack(List<String> messages) {
    prompt.takeBack(messages);
  }

  /** Inserts a picture. */
  public void image(String mediaType, String base64) {
    prompt.image(mediaType, base64);
  }

  /**
   * Lays it out; up and down then go by these rows.
   *
   * @param width all columns, those of the prompt included
   * @param height at most so many rows, the cursor's among them
   */
  public EditorLayout layout(EditorLook look, int width, int height) {
    return prompt.layout(look, width, height);
  }

  /** Puts the cursor where a cell of the last layout is. */
  public void click(EditorLook look, int width, int row, int column) {
    prompt.click(look, width, row, column);
  }
}
