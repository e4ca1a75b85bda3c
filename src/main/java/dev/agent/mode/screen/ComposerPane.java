package dev.agent.mode.screen;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.CursorShape;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.edit.Composer;
import dev.agent.tui.edit.EditorLayout;
import dev.agent.tui.edit.HistorySearch;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.theme.Token;
import dev.agent.tui.view.Look;
import dev.agent.tui.view.Pane;
import dev.agent.tui.view.ScreenModel;
import java.util.List;
import java.util.Optional;

/** The composer as it is drawn, and what stands below it. UI thread only. */
record ComposerPane(Composer composer, Keymap keymap) {

  /** Where what is written goes. */
  ScreenModel.InputKind kind() {
    return switch (composer.mode()) {
      case PROMPT -> ScreenModel.InputKind.PROMPT;
      case SHELL -> ScreenModel.InputKind.SHELL;
      case MEMORY -> ScreenModel.InputKind.MEMORY;
    };
  }

  CursorShape cursorShape() {
    return composer.commands() ? CursorShape.BLOCK : CursorShape.BAR;
  }

  /** What is written, or the search for what was written once. */
  Pane.Drawn draw(Appearance appearance, int width, int maxRows) {
    if (composer.search().isPresent()) {
      return search(composer.search().get(), appearance.look());
    }
    EditorLayout layout = composer.layout(appearance.composer(composer.mode()), width, maxRows);
    return new Pane.Drawn(
        layout.rows(), Optional.of(new Pane.Cursor(layout.cursorRow(), layout.cursorColumn())));
  }

  private static Pane.Drawn search(HistorySearch search, Look look) {
    String label = search.failed() ? "not found: " : "history: ";
    String found =
        search
            .match()
            .map(it -> it.draft().text().strip().lines().findFirst().orElse(""))
            .orElse("");
    Span first = Span.decoration(label, look.style(Token.ACCENT));
    Span typed = Span.of(search.query().text(), look.style(Token.TEXT));
    Row row = Row.of(first, typed, Span.of("  " + Cells.visible(found), look.style(Token.DIM)));
    return new Pane.Drawn(
        List.of(row), Optional.of(new Pane.Cursor(0, first.width() + typed.width())));
  }

  /**
   * What can be completed, else the keys.
   *
   * @param helps whether the keys are wanted
   */
  Pane.Drawn below(Look look, boolean helps, int width, int maxRows) {
    if (composer.completion().isPresent()) {
      return Pane.Drawn.of(CompletionRows.rows(composer.completion().get(), width, maxRows, look));
    }
    return helps
        ? Pane.Drawn.of(HelpEntries.rows(keymap, width, maxRows, look))
        : Pane.Drawn.of(List.of());
  }
}
