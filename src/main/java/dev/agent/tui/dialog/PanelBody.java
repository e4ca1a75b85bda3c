package dev.agent.tui.dialog;

import dev.agent.command.Panel;
import dev.agent.command.Panel.Section;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a command shows, drawn: its sections one below the other with a blank row between. */
public final class PanelBody implements Body {
  private static final int HANG = 2;
  private static final int MAX_LABEL = 28;

  private final Panel panel;
  private final Function<String, Body> markdown;
  private final Function<Display.Diff, Body> diffs;

  /**
   * @param markdown draws Markdown
   * @param diffs draws a change of a file
   */
  public PanelBody(
      Panel panel, Function<String, Body> markdown, Function<Display.Diff, Body> diffs) {
    this.panel = panel;
    this.markdown = markdown;
    this.diffs = diffs;
  }

  @Override
  public List<Row> rows(int width, Theme theme) {
    List<Row> rows = new ArrayList<>();
    for (Section section : panel.sections()) {
      List<Row> part = rows(section, width, theme);
      if (!rows.isEmpty() && !part.isEmpty()) {
        rows.add(Row.BLANK);
      }
      rows.addAll(part);
    }
    return rows;
  }

  private List<Row> rows(Section section, int width, Theme theme) {
    return switch (section) {
      case Section.Text(String text) -> markdown.apply(text).rows(width, theme);
      case Section.Table table ->
          under(table.heading(), new TableRows(table).rows(width, theme), width, theme);
      case Section.Items(String heading, List<Panel.Item> items) -> {
        List<Row> rows = new ArrayList<>();
        int labels = labels(items, width);
        items.forEach(item -> rows.addAll(item(item, labels, width, theme)));
        yield under(heading, rows, width, theme);
      }
      case Section.Diff(Display.Diff diff) -> diffs.apply(diff).rows(width, theme);
      case Section.Shares shares ->
          under(shares.heading(), ShareRows.rows(shares, width, theme), width, theme);
    };
  }

  private static List<Row> under(String heading, List<Row> rows, int width, Theme theme) {
    if (heading.isBlank()) {
      return rows;
    }
    List<Row> all = new ArrayList<>(Text.wrap(heading, width, theme.style(Token.HEADING)));
    all.addAll(rows);
    return all;
  }

  /** The columns of the labels where details fit beside them; 0 where they stand below. */
  private static int labels(List<Panel.Item> items, int width) {
    int widest = 0;
    for (Panel.Item item : items) {
      boolean oneLine = item.detail().strip().indexOf('\n') < 0;
      widest = oneLine ? Math.max(widest, Cells.width(Text.shown(item.label()))) : width;
    }
    return widest <= MAX_LABEL && 2 * MAX_LABEL + HANG <= width ? widest : 0;
  }

  private static List<Row> item(Panel.Item item, int labels, int width, Theme theme) {
    Span mark = mark(item.mark(), theme);
    int room = Math.max(1, width - mark.width());
    List<Row> rows = new ArrayList<>();
    if (labels > 0 && !item.detail().isBlank()) {
      String label = Text.padded(Text.shown(item.label()), labels) + " ".repeat(HANG);
      Span front = Span.of(label, theme.style(Token.TEXT));
      int left = mark.width() + front.width();
      for (Row row : Text.wrap(item.detail().strip(), width - left, theme.style(Token.DIM))) {
        rows.add(rows.isEmpty() ? row.after(front).after(mark) : row.after(blanks(left)));
      }
      return rows;
    }
    for (Row row : Text.wrap(item.label(), room, theme.style(Token.TEXT))) {
      rows.add(row.after(rows.isEmpty() ? mark : blanks(mark.width())));
    }
    if (!item.detail().isBlank()) {
      int hang = mark.width() + HANG;
      Text.wrap(item.detail().strip(), Math.max(1, width - hang), theme.style(Token.DIM))
          .forEach(row -> rows.add(row.after(blanks(hang))));
    }
    return rows;
  }

  /** A sign besides the colour: nobody needs to see colours. */
  private static Span mark(Panel.Mark mark, Theme theme) {
    return switch (mark) {
      case NONE -> Span.decoration("", Style.PLAIN);
      case GOOD -> Span.decoration("✔ ", theme.style(Token.SUCCESS));
      case WARNING -> Span.decoration("! ", theme.style(Token.WARNING));
      case BAD -> Span.decoration("✘ ", theme.style(Token.ERROR));
      case NOW -> Span.decoration("◼ ", theme.style(Token.ACCENT));
      case OPEN -> Span.decoration("◻ ", theme.style(Token.DIM));
    };
  }

  static Span blanks(int columns) {
    return Span.decoration(" ".repeat(columns), Style.PLAIN);
  }
}
