package dev.agent.tui.input;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a key does; the keymap says which key, in which context. Where one action means different
 * things in a text field and in a dialog, its description says both.
 */
public enum Action {
  SUBMIT("send; in a menu or dialog: choose"),
  NEWLINE("begin a new line"),
  CANCEL("close the menu, clear the draft (twice), interrupt work; in a dialog: cancel"),
  INTERRUPT("clear the draft, then interrupt work, then (twice) exit"),
  DELETE_FORWARD_OR_EXIT("delete the next character; with no text, twice: exit"),
  COMPLETE("complete; in a dialog: add a note to the answer, or next tab"),
  CYCLE_MODE("next permission mode; in a dialog: yes for the whole session"),
  UP("up; in the first row: older prompts; while working with no text: take back what waits"),
  DOWN("down; in the last row: newer prompts"),
  LEFT("one character back"),
  RIGHT("one character on"),
  WORD_LEFT("to the begin of the word"),
  WORD_RIGHT("to the end of the word"),
  LINE_START("to the begin of the line"),
  LINE_END("to the end of the line; on a paste: show its text"),
  DELETE_BACKWARD("delete the character before"),
  DELETE_FORWARD("delete the next character"),
  DELETE_WORD_BACKWARD("cut to the begin of the word"),
  DELETE_WORD_FORWARD("cut to the end of the word"),
  KILL_WORD("cut back to the blank before"),
  KILL_TO_START("cut to the begin of the line"),
  KILL_TO_END("cut to the end of the line"),
  YANK("insert what was cut last"),
  YANK_POP("replace what was just inserted by what was cut before it"),
  UNDO("undo"),
  REDO("redo"),
  HISTORY_SEARCH("search older prompts; again: an older one"),
  TRANSCRIPT_VIEW("the whole transcript, unfolded; in a dialog: show the details"),
  TOGGLE_TODOS("show or hide the task list"),
  BACKGROUND("let the running command or agent go on in the background"),
  REDRAW("draw everything anew"),
  EXTERNAL_EDITOR("open in $VISUAL or $EDITOR"),
  STASH("put the draft aside, or take it back"),
  SUSPEND("suspend the program"),
  PAGE_UP("one page up"),
  PAGE_DOWN("one page down"),
  SCROLL_UP("one row up"),
  SCROLL_DOWN("one row down"),
  TOP("to the top"),
  BOTTOM("to the end"),
  PREVIOUS_PROMPT("back to a prompt of yours"),
  NEXT_PROMPT("on to your next prompt"),
  PASTE_IMAGE("insert the picture in the clipboard"),
  EXPLAIN("say which rule asks"),
  FULL_SCREEN("show the proposal on the whole screen"),
  SEARCH("search the transcript"),
  SEARCH_NEXT("next place found"),
  SEARCH_PREVIOUS("previous place found"),
  PRINT_TRANSCRIPT("write the transcript to the normal screen"),
  COPY("copy the block");

  private static final Map<String, Action> BY_ID = byId();

  private final String description;

  Action(String description) {
    this.description = description;
  }

  /** What it does, in a few words. */
  public String description() {
    return description;
  }

  /** Its name in keybindings.json: {@code delete-word-backward}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The action with that name. */
  public static Optional<Action> named(String id) {
    return Optional.ofNullable(BY_ID.get(id.toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  private static Map<String, Action> byId() {
    Map<String, Action> all = new HashMap<>();
    for (Action action : values()) {
      all.put(action.id(), action);
    }
    return Map.copyOf(all);
  }
}
