package dev.agent.mode.screen;

import dev.agent.command.Panel;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.dialog.TableBody;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import dev.agent.tui.view.Glyphs;
import java.util.ArrayList;
import java.util.List;

/** Draws panels of commands: text, tables, lists, changes, shares. */
final class PanelBody {
  private static final int BAR = 60;

  /** Colours of the parts of a bar, in their order. */
  private static final List<Token> PARTS =
      List.of(
          Token.ACCENT,
          Token.SUCCESS,
          Token.WARNING,
          Token.AUTO,
          Token.SHELL,
          Token.MEMORY,
          Token.ERROR);

  /** Signs of the parts where there are no colours. */
  private static final List<String> SIGNS = List.of("█", "▓", "▒", "▚", "▞", "▤", "▥");

  private static final List<String> ASCII_SIGNS = List.of("#", "=", "+", "*", "%", "o", "x");

  private PanelBody() {}

  static Body of(Panel panel, Appearance appearance) {
    return (width, theme) -> {
      List<Row> rows = new ArrayList<>();
      for (Panel.Section section : panel.sections()) {
        if (!rows.isEmpty()) {
          rows.add(Row.BLANK);
        }
        rows.addAll(section(section, width, theme, appearance));
      }
      return rows;
    };
  }

  private static List<Row> section(
      Panel.Section section, int width, Theme theme, Appearance appearance) {
    return switch (section) {
      case Panel.Section.Text(String text) -> appearance.markdown(text).rows(width, theme);
      case Panel.Section.Table table -> table(table, width, theme);
      case Panel.Section.Items(String heading, List<Panel.Item> items) ->
          items(heading, items, width, theme, appearance);
      case Panel.Section.Diff(Display.Diff diff) -> appearance.diff(diff).rows(width, theme);
      case Panel.Section.Shares shares -> shares(shares, width, theme, appearance);
    };
  }

  private static List<Row> table(Panel.Section.Table table, int width, Theme theme) {
    List<Row> rows = new ArrayList<>(heading(table.heading(), width, theme));
    rows.addAll(new TableBody(table).rows(width, theme));
    return rows;
  }

  private static List<Row> heading(String text, int width, Theme theme) {
    return text.isEmpty()
        ? List.of()
        : List.of(
            Row.of(
                Cells.truncate(Cells.visible(text), width),
                theme.style(Token.TEXT).plus(Style.BOLD)));
  }

  private static List<Row> items(
      String heading, List<Panel.Item> items, int width, Theme theme, Appearance appearance) {
    List<Row> rows = new ArrayList<>(heading(heading, width, theme));
    int widest =
        items.stream()
            .mapToInt(it -> Cells.width(Cells.visible(it.label())))
            .filter(it -> it <= 40)
            .max()
            .orElse(0);
    for (Panel.Item item : items) {
      rows.addAll(item(item, widest, width, theme, appearance));
    }
    return rows;
  }

  private static List<Row> item(
      Panel.Item item, int widest, int width, Theme theme, Appearance appearance) {
    var glyphs = appearance.look().glyphs();
    Span mark =
        switch (item.mark()) {
          case NONE -> Span.decoration("  ", Style.PLAIN);
          case GOOD -> Span.decoration(glyphs.done() + " ", theme.style(Token.SUCCESS));
          case WARNING -> Span.decoration("! ", theme.style(Token.WARNING));
          case BAD -> Span.decoration("x ", theme.style(Token.ERROR));
          case NOW -> Span.decoration(glyphs.current() + " ", theme.style(Token.ACCENT));
          case OPEN -> Span.decoration(glyphs.open() + " ", theme.style(Token.DIM));
        };
    String label = Cells.visible(item.label());
    List<String> details =
        item.detail().isEmpty() ? List.of() : item.detail().strip().lines().toList();
    int indent = 2 + Math.min(widest, Math.max(1, width / 2)) + 2;
    boolean beside = indent + 20 <= width && Cells.width(label) + 4 <= indent;
    List<Row> rows = new ArrayList<>();
    Span name =
        Span.of(
            Cells.truncate(Cells.pad(label, indent - 2), Math.max(1, width - 2)),
            theme.style(Token.TEXT));
    List<Row> wrapped = new ArrayList<>();
    int room = Math.max(1, width - (beside ? indent : 4));
    for (String detail : details) {
      wrapped.addAll(appearance.plain(detail, room));
    }
    if (!beside || wrapped.isEmpty()) {
      Span whole = Span.of(label, theme.style(Token.TEXT));
      for (Row row :
          Wrapping.wrap(List.of(whole), Math.max(1, width - 2), Span.of("", Style.PLAIN))) {
        rows.add(row.after(rows.isEmpty() ? mark : Span.decoration("  ", Style.PLAIN)));
      }
    }
    for (int i = 0; i < wrapped.size(); i++) {
      Row row = wrapped.get(i);
      rows.add(
          beside && i == 0
              ? row.after(name).after(mark)
              : row.after(Span.decoration(" ".repeat(beside ? indent : 4), Style.PLAIN)));
    }
    return rows;
  }

  private static List<Row> shares(
      Panel.Section.Shares shares, int width, Theme theme, Appearance appearance) {
    List<Row> rows = new ArrayList<>(heading(shares.heading(), width, theme));
    int bar = Math.min(BAR, Math.max(1, width));
    long total = Math.max(1, shares.total());
    List<Span> spans = new ArrayList<>();
    List<Row> lines = new ArrayList<>();
    boolean ascii = appearance.look().glyphs().equals(Glyphs.ASCII);
    int used = 0;
    int color = 0;
    List<String> signs = ascii ? ASCII_SIGNS : SIGNS;
    String free = ascii ? "." : "░";
    for (Panel.Share share : shares.parts()) {
      Token token = share.free() ? Token.DIM : PARTS.get(color % PARTS.size());
      String full = signs.get(theme.isMonochrome() || ascii ? color % signs.size() : 0);
      color += share.free() ? 0 : 1;
      int cells = (int) Math.round((double) share.amount() * bar / total);
      cells = Math.clamp(share.amount() > 0 ? Math.max(1, cells) : 0, 0, bar - used);
      used += cells;
      String sign = share.free() ? free : full;
      spans.add(Span.decoration(sign.repeat(cells), theme.style(token)));
      String percent = Math.round(100.0 * share.amount() / total) + "%";
      lines.add(
          Row.of(
              Span.decoration(sign + " ", theme.style(token)),
              Span.of(
                  Cells.pad(Cells.visible(share.name()), 28)
                      + String.format("%,12d", share.amount())
                      + "  "
                      + percent,
                  theme.style(Token.TEXT))));
    }
    rows.add(Row.of(spans.toArray(Span[]::new)));
    rows.add(Row.BLANK);
    rows.addAll(lines);
    return rows;
  }
}
