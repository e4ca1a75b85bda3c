package dev.agent.tui.dialog;

import dev.agent.command.Panel.Section;
import dev.agent.command.Panel.Share;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** How a whole is shared out: for each part a bar of its own, an amount and a percentage. */
final class ShareRows {
  private static final int MAX_BAR = 40;
  private static final int MIN_BAR = 8;

  private ShareRows() {}

  static List<Row> rows(Section.Shares shares, int width, Theme theme) {
    int names =
        shares.parts().stream().mapToInt(it -> Cells.width(Text.shown(it.name()))).max().orElse(0);
    int figures = 2 + 7 + 2 + 4;
    int bar = Math.min(MAX_BAR, width - names - figures - 2);
    List<Row> rows = new ArrayList<>();
    for (Share share : shares.parts()) {
      double part = shares.total() <= 0 ? 0 : (double) share.amount() / shares.total();
      List<Span> spans = new ArrayList<>();
      Style style = theme.style(share.free() ? Token.DIM : Token.TEXT);
      String name = Text.shown(share.name());
      spans.add(Span.of(Text.padded(name, Math.min(names, Math.max(1, width - figures))), style));
      String amount = Amounts.tokens(share.amount());
      String percent = Math.round(100 * part) + "%";
      spans.add(
          Span.of(
              " ".repeat(2 + Math.max(0, 7 - amount.length()))
                  + amount
                  + " ".repeat(2 + Math.max(0, 4 - percent.length()))
                  + percent,
              style));
      if (bar >= MIN_BAR) {
        // A part that is there is seen, however small it is.
        int filled = (int) Math.round(part * bar);
        int seen = share.amount() > 0 ? Math.max(1, filled) : 0;
        spans.add(PanelBody.blanks(2));
        spans.add(
            Span.decoration(
                (share.free() ? "░" : "█").repeat(seen),
                theme.style(share.free() ? Token.DIM : Token.ACCENT)));
      }
      rows.add(Text.cut(new Row(spans, false, Style.PLAIN), Math.max(1, width)));
    }
    return rows;
  }
}
