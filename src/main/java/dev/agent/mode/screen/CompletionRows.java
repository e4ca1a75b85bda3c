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

/** Draws the completion menu: one row a candidate. The footer counts them. */
final class CompletionRows {
  private static final int DESCRIPTIONS_FROM = 50;

  /** Columns that a description keeps beside names of any length. */
  private static final int MIN_DESCRIPTION = 24;

  private CompletionRows() {}

  static List<Row> rows(Completion menu, int width, int maxRows, Look look) {
    if (maxRows < 1) {
      return List.of();
    }
    List<Candidate> shown = menu.visible();
    int selected = menu.selected() - menu.first();
    int from = Math.clamp(selected - maxRows + 1, 0, Math.max(0, shown.size() - maxRows));
    shown = shown.subList(from, Math.min(shown.size(), from + maxRows));
    String mark = menu.commands() ? "/" : "";
    int longest = shown.stream().mapToInt(it -> Cells.width(text(it))).max().orElse(0);
    boolean described = width >= DESCRIPTIONS_FROM && longest > 0;
    int widest = shown.stream().mapToInt(it -> Cells.width(mark + it.name())).max().orElse(0);
    int beside = described ? Math.min(longest, MIN_DESCRIPTION) + 2 : 0;
    int name = Math.clamp(width - 4 - beside, 1, Math.max(1, widest));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      rows.add(row(shown.get(i), mark, name, described, from + i == selected, width, look));
    }
    return rows;
  }

  private static String text(Candidate candidate) {
    return Cells.visible(candidate.description().replace('\n', ' ').strip());
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
    String name = shortened(Cells.visible(mark + candidate.name()), nameWidth, look);
    List<Span> spans = new ArrayList<>();
    spans.add(Span.decoration(isSelected ? look.glyphs().prompt() + " " : "  ", style));
    spans.add(Span.of(described ? Cells.pad(name, nameWidth) : name, style));
    int left = width - 2 - nameWidth - 4;
    if (described && left > 4) {
      spans.add(Span.of("  " + cut(text(candidate), left, look), look.style(Token.DIM)));
    }
    return Row.of(spans.toArray(Span[]::new));
  }

  private static String cut(String text, int columns, Look look) {
    String sign = look.glyphs().ellipsis();
    return Cells.width(text) <= columns
        ? text
        : Cells.truncate(text, Math.max(0, columns - Cells.width(sign))).stripTrailing() + sign;
  }

  /** A path that is too long loses its beginning: its end is what tells it from others. */
  private static String shortened(String name, int columns, Look look) {
    if (Cells.width(name) <= columns || name.indexOf('/', 1) < 0) {
      return cut(name, columns, look);
    }
    String sign = look.glyphs().ellipsis();
    int from = 0;
    while (from < name.length()
        && Cells.width(name.substring(from)) > columns - Cells.width(sign)) {
      from = Cells.next(name, from);
    }
    return sign + name.substring(from);
  }
}
