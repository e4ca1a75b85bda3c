package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Section;
import dev.agent.command.Panel.Share;
import dev.agent.tool.Display;
import java.util.ArrayList;
import java.util.List;

/** A panel as plain text, for output that nobody draws: pipes, plain terminals, screen readers. */
public final class PanelText {
  private static final int BAR = 60;
  private static final String SIGNS = "#=+*%o~x";

  private final StringBuilder out = new StringBuilder();
  private final Style style;

  private PanelText(Style style) {
    this.style = style;
  }

  /** How tables and signs are written. */
  public enum Style {
    /** Tables in columns, changes with signs. */
    COLUMNS,
    /** Tables as {@code Heading: value}, changes in words: to be listened to. */
    SPOKEN
  }

  /** The text; ends with a line end. */
  public static String of(Panel panel, Style style) {
    PanelText text = new PanelText(style);
    text.line(panel.title());
    for (Section section : panel.sections()) {
      if (style == Style.COLUMNS) {
        text.line("");
      }
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
      line(style == Style.SPOKEN ? heading + ":" : heading);
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
      String first =
          style == Style.SPOKEN
              ? (mark.isEmpty() ? "" : mark + ": ")
              : (mark.isEmpty() ? "-" : "[" + mark + "]") + " ";
      String indent = style == Style.SPOKEN ? "" : "  ";
      line(first + item.label().replace("\n", "\n" + indent));
      if (!item.detail().isEmpty()) {
        line(indent + item.detail().replace("\n", "\n" + indent));
      }
    }
  }

  private void table(Section.Table table) {
    heading(table.heading());
    if (style == Style.SPOKEN) {
      for (List<String> row : table.rows()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          String name = table.columns().get(i).heading();
          if (!row.get(i).isBlank()) {
            cells.add((name.isEmpty() ? "" : name + ": ") + row.get(i).strip());
          }
        }
        line(String.join(", ", cells));
      }
      return;
    }
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
      int oldLine = hunk.oldStart();
      int newLine = hunk.newStart();
      if (style == Style.COLUMNS) {
        line(
            "@@ -%d,%d +%d,%d @@"
                .formatted(hunk.oldStart(), hunk.oldLines(), hunk.newStart(), hunk.newLines()));
      }
      for (String each : hunk.lines()) {
        char sign = each.isEmpty() ? ' ' : each.charAt(0);
        String rest = each.isEmpty() ? "" : each.substring(1);
        if (style == Style.COLUMNS) {
          line(each);
        } else if (sign != ' ') {
          boolean added = sign == '+';
          line((added ? "added line " + newLine : "removed line " + oldLine) + ": " + rest.strip());
        }
        oldLine += sign == '+' ? 0 : 1;
        newLine += sign == '-' ? 0 : 1;
      }
    }
  }

  /** The bar itself says nothing in words: a table stands beside it. */
  private void shares(Section.Shares shares) {
    heading(shares.heading());
    if (style == Style.COLUMNS && shares.total() > 0) {
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
