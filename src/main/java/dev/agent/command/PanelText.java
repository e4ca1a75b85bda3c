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

  /** The bar itself says nothing in words: a table stands beside it. */
  private void shares(Section.Shares shares) {
    heading(shares.heading());
    if (shares.total() > 0) {
      StringBuilder bar = new StringBuilder();
      long before = 0;
      int drawn = 0;
      int which = 0;
      for (Share share : shares.parts()) {
        before += share.amount();
        int until = (int) Math.min(BAR, Math.round((double) BAR * before / shares.total()));
        char sign = share.free() ? '.' : SIGNS.charAt(which++ % SIGNS.length());
        bar.append(String.valueOf(sign).repeat(Math.max(0, until - drawn)));
        drawn = Math.max(drawn, until);
      }
      line("[" + bar + "]");
    }
  }
}
