package dev.agent.mode.screen;

import dev.agent.text.Diffs;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import dev.agent.tui.dialog.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A little of everything that a theme colours. */
final class ThemeSample {
  private static final String TEXT =
      """
      Text with `code`, **bold** and [a link](https://example.org).

      ```java
      /** Adds up. */
      static long sum(int[] values) {
        return IntStream.of(values).asLongStream().sum(); // 64 bits
      }
      ```
      """;
  private static final String BEFORE =
      """
      int total = 0;
      for (int i = 0; i <= values.length; i++) {
        total += values[i];
      }
      """;
  private static final String AFTER =
      """
      long total = 0;
      for (int i = 0; i < values.length; i++) {
        total += values[i];
      }
      """;

  private ThemeSample() {}

  static Body of(Supplier<Appearance> appearance) {
    List<Display.Hunk> hunks =
        Diffs.hunks(BEFORE, AFTER).stream()
            .map(
                it ->
                    new Display.Hunk(
                        it.oldStart(), it.oldLines(), it.newStart(), it.newLines(), it.lines()))
            .toList();
    Display.Diff change = new Display.Diff("Sum.java", hunks, false);
    return (width, theme) -> {
      List<Row> rows = new ArrayList<>(appearance.get().markdown(TEXT).rows(width, theme));
      rows.add(Row.BLANK);
      rows.addAll(appearance.get().diff(change).rows(width, theme));
      return rows;
    };
  }
}
