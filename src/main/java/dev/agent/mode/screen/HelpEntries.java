package dev.agent.mode.screen;

import dev.agent.tui.cell.Row;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Chord;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.view.HelpRows;
import dev.agent.tui.view.Look;
import java.util.ArrayList;
import java.util.List;

/** The keys that {@code ?} shows below the composer, the most useful ones first. */
final class HelpEntries {
  private HelpEntries() {}

  private record Use(Action action, String what) {}

  private static final List<Use> USES =
      List.of(
          new Use(Action.NEWLINE, "new line"),
          new Use(Action.CANCEL, "interrupt, go back"),
          new Use(Action.CYCLE_MODE, "permission mode"),
          new Use(Action.TRANSCRIPT_VIEW, "whole transcript"),
          new Use(Action.TOGGLE_TODOS, "task list"),
          new Use(Action.HISTORY_SEARCH, "search history"),
          new Use(Action.EXTERNAL_EDITOR, "edit in $EDITOR"),
          new Use(Action.STASH, "set draft aside"),
          new Use(Action.PASTE_IMAGE, "paste a picture"),
          new Use(Action.BACKGROUND, "to the background"),
          new Use(Action.PAGE_UP, "scroll back"),
          new Use(Action.BOTTOM, "to the end"),
          new Use(Action.UNDO, "undo"),
          new Use(Action.REDRAW, "draw anew"),
          new Use(Action.SUSPEND, "suspend"),
          new Use(Action.INTERRUPT, "clear, stop, exit"));

  static List<Row> rows(Keymap keymap, int width, int maxRows, Look look) {
    List<HelpRows.Entry> entries = new ArrayList<>();
    entries.add(new HelpRows.Entry("/", "commands"));
    entries.add(new HelpRows.Entry("@", "files"));
    entries.add(new HelpRows.Entry("!", "shell command"));
    entries.add(new HelpRows.Entry("#", "memory"));
    for (Use use : USES) {
      List<Chord> chords = keymap.chords(KeyContext.WORKING, use.action());
      if (!chords.isEmpty()) {
        entries.add(new HelpRows.Entry(chords.getFirst().toString(), use.what()));
      }
    }
    return HelpRows.rows(entries, width, maxRows, look);
  }
}
