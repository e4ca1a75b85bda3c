package dev.agent.mode.screen;

import dev.agent.tui.cell.Row;
import dev.agent.tui.dialog.Help;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.view.HelpRows;
import dev.agent.tui.view.Look;
import java.util.ArrayList;
import java.util.List;

/** What {@code ?} shows below the composer: of all keys the most useful ones, those first. */
final class HelpEntries {
  private HelpEntries() {}

  private static final List<Action> USEFUL =
      List.of(
          Action.NEWLINE,
          Action.CANCEL,
          Action.CYCLE_MODE,
          Action.TRANSCRIPT_VIEW,
          Action.TOGGLE_TODOS,
          Action.HISTORY_SEARCH,
          Action.EXTERNAL_EDITOR,
          Action.STASH,
          Action.PASTE_IMAGE,
          Action.BACKGROUND,
          Action.PAGE_UP,
          Action.BOTTOM,
          Action.UNDO,
          Action.REDRAW,
          Action.SUSPEND,
          Action.INTERRUPT);

  static List<Row> rows(Keymap keymap, int width, int maxRows, Look look) {
    List<Help.Use> uses = new ArrayList<>(Help.CHARACTERS);
    uses.removeIf(it -> it.keys().equals("?")); // that key was found
    USEFUL.forEach(action -> Help.use(keymap, action).ifPresent(uses::add));
    List<HelpRows.Entry> entries =
        uses.stream().map(it -> new HelpRows.Entry(it.keys(), it.what())).toList();
    return HelpRows.rows(entries, width, maxRows, look);
  }
}
