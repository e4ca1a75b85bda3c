package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Section;
import dev.agent.command.Panel.Share;
import dev.agent.tool.Display;
import java.util.ArrayList;
import java.util.List;

/** A panel as text in columns, for output that nobody draws. */
public final class PanelText {
  private static final int BAR = 60;
  private static final String SIGNS = "#=+*%o~x";

  private final StringBuilder out = new StringBuilder();

  private PanelText() {}

  /** The text; ends with a line end. */
  public static String of(Panel panel) {
    PanelText text = new PanelText();
    text.line(panel.title());
    for (Section section : panel.sections()) {
      text.line("");
      switch (section) {
        case Section.Text(String body) -> text.line(body.strip().replace("`", ""));
        case Section.Items(String heading, List<Item> items) -> text.items(heading, items);
        case Section.Table table -> text.table(table);
        case Section.Diff(Display.Diff diff) -> text.diff(diff);
        case Section.Shares shares -> text.shares(shares);
      }
    }
    return text.out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void heading(String heading) {
    if (!heading.isEmpty()) {
      line(heading);
    }
  }

  private void items(String heading, List<Item> items) {
    heading(heading);
    for (Item item : items) {
      String mark =
          switch (item.mark()) {
            case NONE -> "";
            case GOOD -> "ok";
            case WARNING -> "warning";
            case BAD -> "error";
            case NOW -> "now";
            case OPEN -> "open";
          };
      String first = (mark.isEmpty() ? "-" : "[" + mark + "]") + " ";
      line(first + item.label().replace("\n", "\n  "));
      if (!item.detail().isEmpty()) {
        line("  " + item.detail().replace("\n", "\n  "));
      }
    }
  }

  private void table(Section.Table table) {
    heading(table.heading());
    int[] widths = new int[table.columns().size()];
    List<List<String>> rows = new ArrayList<>();
    if (table.columns().stream().anyMatch(it -> !it.heading().isEmpty())) {
      rows.add(table.columns().stream().map(Column::heading).toList());
    }
    rows.addAll(table.rows());
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - length(row.get(i)));
        boolean number = table.columns().get(i).number();
        text.append(i == 0 ? "" : "  ").append(number ? blanks + row.get(i) : row.get(i) + blanks);
      }
      line(text.toString().stripTrailing());
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private void diff(Display.Diff diff) {
    line(diff.path() + (diff.created() ? " (new)" : ""));
    for (Display.Hunk hunk : diff.hunks()) {
      line(
          "@@ -%d,%d +%d,%d @@"
              .formatted(hunk.oldStart(), hunk.oldLines(), hunk.newStart(), hunk.newLines()));
      hunk.lines().forEach(this::line);
    }
  }

  private void shares(Section.Shares shares) {
    heading(shares.heading());
    StringBuilder bar = new StringBuilder();
    List<List<String>> rows = new ArrayList<>();
    long before = 0;
    int which = 0;
    for (Share share : shares.parts()) {
      before += share.amount();
      int until =
          shares.total() <= 0
              ? 0
              : (int) Math.min(BAR, Math.round((double) BAR * before / shares.total()));
      String sign = share.free() ? "." : SIGNS.substring(which % SIGNS.length()).substring(0, 1);
      which++;
      bar.append(sign.repeat(Math.max(0, until - bar.length())));
      rows.add(
          List.of(
              sign,
              share.name(),
              Figures.tokens(share.amount()),
              Figures.percent(share.amount(), shares.total())));
    }
    line("[" + bar + "]");
    table(
        new Section.Table(
            "",
            List.of(Column.text(""), Column.text(""), Column.number(""), Column.number("")),
            rows));
  }
}
