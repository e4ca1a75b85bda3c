package dev.agent.mode.screen;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.edit.Candidate;
import dev.agent.tui.edit.Completion;
import dev.agent.tui.theme.Token;
import dev.agent.tui.view.Look;
import java.util.ArrayList;
import java.util.List;

/** Draws the completion menu: one row a candidate, and a row that counts them. */
final class CompletionRows {
  private static final int DESCRIPTIONS_FROM = 50;
  private static final int MAX_NAME = 40;

  private CompletionRows() {}

  static List<Row> rows(Completion menu, int width, int maxRows, Look look) {
    if (maxRows < 2) {
      return List.of();
    }
    List<Candidate> shown = menu.visible();
    int selected = menu.selected() - menu.first();
    int room = maxRows - 1;
    int from = Math.clamp(selected - room + 1, 0, Math.max(0, shown.size() - room));
    shown = shown.subList(from, Math.min(shown.size(), from + room));
    String mark = menu.commands() ? "/" : "";
    boolean described =
        width >= DESCRIPTIONS_FROM && shown.stream().anyMatch(it -> !it.description().isEmpty());
    int widest = shown.stream().mapToInt(it -> Cells.width(mark + it.name())).max().orElse(0);
    int name = described ? Math.min(MAX_NAME, widest) : Math.max(1, width - 4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      rows.add(row(shown.get(i), mark, name, described, from + i == selected, width, look));
    }
    String keys =
        menu.commands()
            ? "tab complete" + " " + look.glyphs().dot() + " enter run"
            : "tab complete";
    String counted =
        (menu.selected() + 1) + " of " + menu.total() + " " + look.glyphs().dot() + " " + keys;
    rows.add(
        Row.of(
            Span.decoration("  ", Style.PLAIN),
            Span.of(Cells.truncate(counted, Math.max(1, width - 2)), look.style(Token.DIM))));
    return rows;
  }

  private static Row row(
      Candidate candidate,
      String mark,
      int nameWidth,
      boolean described,
      boolean isSelected,
      int width,
      Look look) {
    Style style = look.style(isSelected ? Token.SELECTED : Token.TEXT);
    String name = Cells.truncate(Cells.visible(mark + candidate.name()), nameWidth);
    List<Span> spans = new ArrayList<>();
    spans.add(Span.decoration(isSelected ? look.glyphs().prompt() + " " : "  ", style));
    spans.add(Span.of(described ? Cells.pad(name, nameWidth) : name, style));
    int left = width - 2 - nameWidth - 3;
    if (described && left > 4) {
      String text = candidate.description().replace('\n', ' ').strip();
      spans.add(Span.of("  " + Cells.truncate(Cells.visible(text), left), look.style(Token.DIM)));
    }
    return Row.of(spans.toArray(Span[]::new));
  }
}
