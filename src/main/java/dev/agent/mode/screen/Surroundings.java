package dev.agent.mode.screen;

import dev.agent.tui.cell.Row;
import dev.agent.tui.view.Footer;
import dev.agent.tui.view.ScreenModel;
import dev.agent.tui.view.TranscriptFeed;
import dev.agent.tui.view.TranscriptSelection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands on the screen around the transcript: which parts the person wants to see, what they
 * say, and the model of a frame that is made of them. UI thread only.
 */
final class Surroundings {
  private final ComposerPane composer;
  private final DialogStack dialogs;
  private final Facts facts;
  private final boolean still;
  private List<Row> statusLine = List.of();
  private List<String> warnings = List.of();
  private boolean showsTodos = true;
  private boolean helps;
  private boolean scrollMouse;
  private String pending = "";

  /**
   * @param still whether signs must not move
   */
  Surroundings(ComposerPane composer, DialogStack dialogs, Facts facts, boolean still) {
    this.composer = composer;
    this.dialogs = dialogs;
    this.facts = facts;
    this.still = still;
  }

  void statusLine(List<Row> rows) {
    statusLine = rows;
  }

  void warnings(List<String> texts) {
    warnings = texts;
  }

  void showTodos(boolean shows) {
    showsTodos = shows;
  }

  void help(boolean shows) {
    helps = shows;
  }

  boolean helps() {
    return helps;
  }

  /** What was pressed of a sequence of keys; empty for nothing. */
  void pending(String keys) {
    pending = keys;
  }

  /** Whether the mouse does nothing but scroll. */
  void scrollMouse(boolean only) {
    scrollMouse = only;
  }

  /**
   * All that a frame shows besides the transcript.
   *
   * @param flash what is said for a moment; blank for nothing
   * @param selection what is selected in the transcript
   * @param instant the time of day
   * @param now the same moment, in nanoseconds
   */
  ScreenModel model(
      TranscriptFeed feed,
      Appearance appearance,
      String flash,
      Optional<TranscriptSelection> selection,
      Instant instant,
      long now) {
    Optional<OpenDialog> dialog = dialogs.first();
    return new ScreenModel(
        instant,
        still,
        dialog.flatMap(OpenDialog::question).isPresent() && feed.activity().isWorking()
            ? feed.activity().asking()
            : feed.activity(),
        feed.openCalls(),
        feed.todos(),
        showsTodos,
        facts.queued(),
        warnings,
        composer.kind(),
        (columns, rows) -> composer.draw(appearance, columns, rows),
        dialog.map(
            it -> (columns, rows) -> dialogs.draw(it, columns, rows, appearance.theme(), instant)),
        (columns, rows) -> composer.below(appearance.look(), helps, columns, rows),
        footer(appearance, flash, now),
        statusLine,
        selection);
  }

  private Footer footer(Appearance appearance, String flash, long now) {
    Footer footer = facts.footer(composer.composer(), around(), flash, scrollMouse, now);
    return pending.isEmpty()
        ? footer
        : footer.hinting(pending + " " + appearance.look().glyphs().ellipsis());
  }

  private Facts.Around around() {
    return dialogs.first().isPresent()
        ? Facts.Around.DIALOG
        : helps && composer.composer().completion().isEmpty()
            ? Facts.Around.HELP
            : Facts.Around.NOTHING;
  }
}
