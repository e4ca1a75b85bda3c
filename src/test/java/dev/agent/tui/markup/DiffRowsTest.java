package dev.agent.tui.markup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.FakeClock;
import dev.agent.testing.Golden;
import dev.agent.text.Diffs;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.theme.Token;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffRowsTest {
  private static final Theme DARK = theme("dark");

  private static final String BEFORE =
      """
      package demo;

      /** Adds up. */
      public final class Main {
          static long sum(int[] xs) {
              int total = 0;
              for (int i = 0; i <= xs.length; i++) {
                  total += xs[i];
              }
              return total;
          }

          private Main() {}

          /* nothing
             here */
          static String name() {
              return "unnamed and without any address whatever it may be called in other places";
          }
      }
      """;
  private static final String AFTER =
      BEFORE
          .replace("int total", "long total")
          .replace("<= xs.length", "< xs.length")
          .replace("return \"unnamed and", "// nobody knows\n        return \"named but");

  private final DiffRows rows =
      new DiffRows(new Highlighter(new FakeClock()), DiffRows.Layout.AUTO);

  @ParameterizedTest
  @CsvSource({
    "40, dark",
    "40, light",
    "40, mono",
    "60, dark",
    "60, light",
    "60, mono",
    "100, dark",
    "100, light",
    "100, mono",
    "100, ansi16",
    "100, dark-daltonized",
    "200, dark",
    "200, light",
    "200, mono",
    "200, light-daltonized"
  })
  void looksAsItLooked(int columns, String name) {
    List<Row> drawn = rows.rows(diff(BEFORE, AFTER), columns, theme(name));
    Golden.check(getClass(), name + "-" + columns, drawn, columns, theme(name));
  }

  @Test
  void aNumberASignAndTheLine() {
    assertThat(texts(rows.rows(diff("a\nb\n", "a\nc\nd\n"), 40, DARK)))
        .containsExactly("   1   a", "   2 - b", "   2 + c", "   3 + d");
  }

  @Test
  void numbersAndSignsAreNotCopied() {
    String copied =
        rows.rows(diff("a\nb\n", "a\n  c\n"), 40, DARK).stream()
            .map(
                row ->
                    row.spans().stream()
                        .filter(span -> !span.decoration())
                        .map(Span::text)
                        .collect(Collectors.joining()))
            .collect(Collectors.joining("\n"));
    assertThat(copied).isEqualTo("a\nb\n  c");
  }

  @Test
  void changedWordsOfAlikeLinesStandOut() {
    List<Row> drawn = rows.rows(diff("int total = 0;\n", "long total = 0;\n"), 40, DARK);
    assertThat(marked(drawn.get(0), Token.DIFF_REMOVED_WORD)).containsExactly("int");
    assertThat(marked(drawn.get(1), Token.DIFF_ADDED_WORD)).containsExactly("long");
  }

  @Test
  void linesWithLittleInCommonHaveNoChangedWords() {
    List<Row> drawn = rows.rows(diff("int total = 0;\n", "return xs.length;\n"), 40, DARK);
    assertThat(marked(drawn.get(0), Token.DIFF_REMOVED_WORD)).isEmpty();
    assertThat(marked(drawn.get(1), Token.DIFF_ADDED_WORD)).isEmpty();
  }

  @Test
  void aChangedLineIsFoundBehindNewOnes() {
    List<Row> drawn = rows.rows(diff("return total;\n", "// why\n\nreturn sum;\n"), 40, DARK);
    assertThat(texts(drawn)).hasSize(4);
    assertThat(marked(drawn.get(3), Token.DIFF_ADDED_WORD)).containsExactly("sum");
  }

  @Test
  void theTintReachesTheEdge() {
    List<Row> drawn = rows.rows(diff("a\n", "b\n"), 40, DARK);
    assertThat(drawn.get(0).fill())
        .isEqualTo(Style.PLAIN.on(DARK.style(Token.DIFF_REMOVED).background()));
    assertThat(drawn.get(1).fill())
        .isEqualTo(Style.PLAIN.on(DARK.style(Token.DIFF_ADDED).background()));
  }

  @Test
  void longLinesWrapWhileThereIsRoomAndAreCutElse() {
    Display.Diff diff = diff("a\n", "one two three four five six seven\n");
    assertThat(texts(rows.rows(diff, 24, 5, DARK)))
        .containsExactly(
            "   1 - a", "   1 + one two three", "       four five six", "       seven");
    assertThat(texts(rows.rows(diff, 24, 3, DARK)))
        .containsExactly("   1 - a", "   1 + one two three fo…");
  }

  @Test
  void wrappedRowsAreCopiedAsOneLine() {
    List<Row> drawn = rows.rows(diff("a\n", "one two three four five six seven\n"), 24, DARK);
    assertThat(drawn.stream().map(Row::continues)).containsExactly(false, false, true, true);
  }

  @Test
  void hunksAreKeptApart() {
    String before =
        IntStream.range(0, 30).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    String after = before.replace("line 3\n", "x\n").replace("line 22\n", "y\n");
    assertThat(texts(rows.rows(diff(before, after), 40, DARK)))
        .hasSize(8 + 1 + 8)
        .element(8)
        .isEqualTo("   …");
  }

  @Test
  void aLongDifferenceLosesItsMiddle() {
    String after =
        IntStream.range(0, 1000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    List<String> drawn = texts(rows.rows(diff("", after), 40, DARK));
    assertThat(drawn).hasSize(401);
    assertThat(drawn.get(199)).endsWith("line 199");
    assertThat(drawn.get(200)).isEqualTo("     … +600 lines");
    assertThat(drawn.get(201)).endsWith("line 800");
    assertThat(drawn.getLast()).endsWith("1000 + line 999");
  }

  @Test
  void bothSidesStandSideBySideOnWideScreens() {
    Display.Diff diff = diff("a\nb\nc\n", "a\nx\ny\nc\n");
    List<String> drawn = texts(rows.rows(diff, 160, DARK));
    assertThat(drawn).hasSize(4);
    assertThat(drawn.get(1)).startsWith("   2 - b ").contains("│   2 + x");
    assertThat(drawn.get(2)).startsWith("        ").contains("│   3 + y");
    assertThat(texts(rows.rows(diff, 159, DARK))).hasSize(5);
    assertThat(texts(rows.rows(diff("", "a\nb\n"), 160, DARK)))
        .containsExactly("   1 + a", "   2 + b");
  }

  @Test
  void theLayoutMayBeChosen() {
    Highlighter highlighter = new Highlighter(new FakeClock());
    Display.Diff diff = diff("a\n", "b\n");
    assertThat(new DiffRows(highlighter, DiffRows.Layout.SPLIT).rows(diff, 80, DARK)).hasSize(1);
    assertThat(new DiffRows(highlighter, DiffRows.Layout.SPLIT).rows(diff, 39, DARK)).hasSize(2);
    assertThat(new DiffRows(highlighter, DiffRows.Layout.UNIFIED).rows(diff, 300, DARK)).hasSize(2);
  }

  @Test
  void noRowIsTooWideAndNothingActs() {
    Random random = new Random(5);
    String letters = "ab \t\u001b[31m修🎉\u202e{}()\"//";
    for (int round = 0; round < 60; round++) {
      Display.Diff diff = diff(text(random, letters), text(random, letters));
      for (int columns : new int[] {1, 2, 3, 5, 9, 14, 40, 161}) {
        for (int height : new int[] {1, 1000}) {
          for (Row row : rows.rows(diff, columns, height, DARK)) {
            assertThat(row.text().chars().noneMatch(Character::isISOControl)).isTrue();
            assertThat(row.text()).doesNotContain("\u202e");
            // A wide character in one column is dropped when painted.
            assertThat(row.width()).isLessThanOrEqualTo(Math.max(columns, 2));
          }
        }
      }
    }
  }

  @Test
  void linesAreCounted() {
    assertThat(DiffRows.count(diff(BEFORE, AFTER))).isEqualTo(new DiffRows.Count(4, 3));
  }

  private static String text(Random random, String letters) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(80); i > 0; i--) {
      text.append(
          random.nextInt(12) == 0 ? '\n' : letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static Display.Diff diff(String before, String after) {
    return new Display.Diff(
        "src/Main.java",
        Diffs.hunks(before, after).stream()
            .map(
                hunk ->
                    new Display.Hunk(
                        hunk.oldStart(),
                        hunk.oldLines(),
                        hunk.newStart(),
                        hunk.newLines(),
                        hunk.lines()))
            .toList(),
        before.isEmpty());
  }

  private static List<String> marked(Row row, Token token) {
    Style style = DARK.style(token);
    return row.spans().stream()
        .filter(span -> span.style().background().equals(style.background()))
        .map(Span::text)
        .toList();
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::text).toList();
  }

  private static Theme theme(String name) {
    return new Themes().find(name, Background.DARK).orElseThrow();
  }
}
