package dev.agent.tui.view;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** The list of keys, in as many columns as there is room for, up to three. */
public final class HelpRows {
  private static final int COLUMN = 32;
  private static final int MAX_COLUMNS = 3;

  private HelpRows() {}

  /**
   * A key and what it does.
   *
   * @param keys as they are written: {@code ctrl+o}
   */
  public record Entry(String keys, String what) {}

  /**
   * All entries, column by column; where they don't fit, the last row says how many are missing.
   */
  public static List<Row> rows(List<Entry> entries, int width, int maxRows, Look look) {
    int columns = Math.max(1, Math.min(MAX_COLUMNS, (width - 2) / COLUMN));
    int lines = (entries.size() + columns - 1) / columns;
    boolean cut = lines > maxRows;
    int shown = cut ? Math.max(0, maxRows - 1) : lines;
    int columnWidth = Math.max(1, (width - 2) / columns);
    int keyWidth =
        Math.min(
            Math.max(1, columnWidth / 2),
            2 + entries.stream().mapToInt(entry -> Cells.width(entry.keys())).max().orElse(0));
    List<Row> rows = new ArrayList<>();
    for (int line = 0; line < shown; line++) {
      List<Span> spans = new ArrayList<>();
      spans.add(Span.decoration("  ", Style.PLAIN));
      for (int column = 0; column < columns; column++) {
        // A cut list goes on column by column, so that the first keys are the most important ones.
        int at = column * shown + line;
        if (at < Math.min(entries.size(), shown * columns)) {
          Entry entry = entries.get(at);
          spans.add(Span.of(Cells.pad(entry.keys(), keyWidth), look.style(Token.ACCENT)));
          spans.add(
              Span.of(
                  Cells.pad(entry.what(), Math.max(0, columnWidth - keyWidth - 2)) + "  ",
                  look.style(Token.DIM)));
        }
      }
      rows.add(Rows.cut(Row.of(spans.toArray(Span[]::new)), width, look.glyphs().ellipsis()));
    }
    if (cut && maxRows > 0) {
      int more = entries.size() - shown * columns;
      rows.add(
          Row.of(
              Span.decoration(
                  "  " + look.glyphs().ellipsis() + " +" + more + " (/help)",
                  look.style(Token.DIM))));
    }
    return rows;
  }
}
