package dev.agent.tui.markup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.FakeClock;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.theme.Token;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
  private static final Theme DARK = theme("dark");

  private final Markdown linking = new Markdown(new Highlighter(new FakeClock()), true);
  private final Markdown writing = new Markdown(new Highlighter(new FakeClock()), false);

  /** {@code \n} stands for the end of a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "a\\nb¦a\\nb",
        "a\\n\\nb¦a\\n\\nb",
        "# A\\ntext¦A\\n\\ntext",
        "A\\n===\\ntext¦A\\n\\ntext",
        "Steps:\\n- a\\n- b¦Steps:\\n- a\\n- b",
        "Steps:\\n\\n- a\\n\\n- b¦Steps:\\n\\n- a\\n\\n- b",
        "- a\\n* b¦- a\\n\\n- b",
        "1. a\\n1. b\\n1. c¦1. a\\n2. b\\n3. c",
        "7. a\\n\\n   more\\n8. b¦7. a\\n\\n   more\\n8. b",
        "- a\\n  - b\\n    - c¦- a\\n  - b\\n    - c",
        "- a\\n  1. b\\n  1. c¦- a\\n  1. b\\n  2. c",
        "- [x] a\\n- [ ] b¦☑ a\\n☐ b",
        "-¦'- '",
        "> a\\n> b¦▎ a\\n▎ b",
        "> - a¦▎ - a",
        "```\\n a\\n\\n  b\\n```¦' a\\n\\n  b'",
        "'  ```\\n  a\\n  ```'¦a",
        "```\\n```¦''",
        "    a\\n\\n    b¦a\\n\\nb",
        "- a\\n\\n      code¦- a\\n\\n  code",
        "a<br>b<BR/>c¦a\\nb\\nc",
        "<div>\\n<b>x</b>¦<div>\\n<b>x</b>",
        "<!-- a\\n\\nb -->\\nc¦<!-- a\\n\\nb -->\\n\\nc",
        "![a picture](p.png)¦a picture (p.png)",
        "[a]: https://x.com¦[a]: https://x.com",
        "[t][a]¦[t][a]",
        "\\*a\\* &amp; &#9731;¦*a* & ☃",
        "snake_case_name and 2*3*4¦snake_case_name and 234",
        "\tcode¦code",
      })
  void reads(String source, String expected) {
    List<Row> rows = linking.rows(source.replace("\\n", "\n"), 60, DARK);
    assertThat(String.join("\n", texts(rows))).isEqualTo(expected.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "[guide](https://x.com/a), guide, https://x.com/a, guide (https://x.com/a)",
    "https://x.com/a_b, https://x.com/a_b, https://x.com/a_b, https://x.com/a_b",
    "<me@x.com>, me@x.com, mailto:me@x.com, me@x.com",
    "[x.com](https://x.com/), x.com, https://x.com/, x.com",
    "[file](src/A.java), file (src/A.java), -, file (src/A.java)",
    "[top](#top), top, -, top",
    "[js](javascript:alert), js (javascript:alert), -, js (javascript:alert)",
    "[f](file:///etc/passwd), f (file:///etc/passwd), -, f (file:///etc/passwd)",
    "[https://good.com](https://evil.com), https://good.com (https://evil.com), https://evil.com,"
        + " https://good.com (https://evil.com)",
    "[www.good.com](http://evil.com), www.good.com (http://evil.com), http://evil.com,"
        + " www.good.com (http://evil.com)",
    "[ü](https://x.com/ü), ü, https://x.com/%C3%BC, ü (https://x.com/ü)",
    "[e](https://x.com/&#27;]8), e, https://x.com/%1B]8, e (https://x.com/␛]8)",
  })
  void linksLeadWhereTheySay(String source, String shown, String target, String written) {
    List<Row> rows = linking.rows(source, 90, DARK);
    assertThat(texts(rows)).containsExactly(shown);
    assertThat(rows.getFirst().spans())
        .allMatch(span -> span.link().equals(target.equals("-") ? "" : target));
    assertThat(texts(writing.rows(source, 90, DARK))).containsExactly(written);
  }

  @Test
  void aLongAddressIsBrokenWithoutBlanksAndCopiedWhole() {
    String address = "https://example.com/a/very/long/path?with=parameters&and=more";
    List<Row> rows = writing.rows("See " + address + " there.", 20, DARK);
    assertThat(rows).allMatch(row -> row.width() <= 20);
    assertThat(copied(rows)).isEqualTo("See " + address + " there.");
  }

  @Test
  void whatWrapsIsCopiedAsItWasWritten() {
    String text =
        """
        A paragraph that is longer than the screen is wide, with `code` and a word.

        - an item that wraps as well because it is long
          - another one that is longer than its row
            with a second line
        """;
    assertThat(copied(linking.rows(text, 24, DARK)))
        .isEqualTo(text.strip().replace("`", "").replace("\n    with", "\n    with"));
  }

  @Test
  void quotesTablesAndCodeAreCopiedWithoutTheirFrames() {
    String text = "> quoted\n\n- item\n  ```\n  code\n  ```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    assertThat(copied(linking.rows(text, 40, DARK)))
        .isEqualTo("quoted\n\n- item\ncode\n\n\na  b\n\n1  2\n");
  }

  @Test
  void cellsShareTheRoomByNeed() {
    String table =
        "| id | text | n |\n|---|---|---|\n| 1 | "
            + "some words that need much more room than there is | 12345678 |\n";
    assertThat(texts(linking.rows(table, 40, DARK)))
        .containsExactly(
            "┌────┬──────────────────────┬──────────┐",
            "│ id │ text                 │ n        │",
            "├────┼──────────────────────┼──────────┤",
            "│ 1  │ some words that need │ 12345678 │",
            "│    │ much more room than  │          │",
            "│    │ there is             │          │",
            "└────┴──────────────────────┴──────────┘");
  }

  @Test
  void aTableWithoutRoomIsAList() {
    String table = "| name | what it is |\n|---|---|\n| alphabetical | letters |\n| b | `c` |\n";
    assertThat(texts(linking.rows(table, 22, DARK)))
        .containsExactly(
            "name: alphabetical", "what it is: letters", "", "name: b", "what it is: c");
  }

  @Test
  void columnsStandAsTheyAreToldTo() {
    String table = "| left | mid | right |\n|:---|:---:|---:|\n| a | b | c |\n";
    assertThat(texts(linking.rows(table, 60, DARK))).contains("│ a    │  b  │     c │");
  }

  @Test
  void codeInASentenceKeepsItsMarksWhereAThemeHasNoLookForIt() {
    assertThat(texts(linking.rows("a `b` c", 20, theme("mono")))).containsExactly("a `b` c");
    assertThat(texts(linking.rows("a `b` c", 20, DARK))).containsExactly("a b c");
  }

  @Test
  void headingsAreBoldTheFirstLevelUnderlined() {
    assertThat(linking.rows("# A\n\n## B", 20, DARK))
        .containsExactly(
            Row.of("A", DARK.style(Token.HEADING).plus(Style.UNDERLINE)),
            Row.BLANK,
            Row.of("B", DARK.style(Token.HEADING)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a \u001b[31mb",
        "a \u009b31mb",
        "`\u001b]0;x\u0007`",
        "&#27;]8;;x",
        "\u202eabc",
        "a\u0000b",
        "```\n\u001b[2J\n```",
        "# \u001b[2J",
        "| \u001b[2J |\n|---|\n| \u0007 |",
        "[\u001b](\u001b)",
        "<div>\u001b[2J",
        "[\u001bx]: https://x.com/\u001b"
      })
  void nothingActsOnTheTerminal(String text) {
    for (Markdown markdown : List.of(linking, writing)) {
      for (Row row : markdown.rows(text, 40, DARK)) {
        assertThat(row.text().chars().noneMatch(c -> Character.isISOControl(c) || c == 0x202e))
            .isTrue();
        assertThat(row.spans())
            .allMatch(span -> span.link().chars().noneMatch(Character::isISOControl));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"> ", "- ", "*", "[", "**a ", "1. ", "`", "![", "<b>", "_a*"})
  void deepNestingIsNoTrouble(String piece) {
    assertThat(linking.rows(piece.repeat(3000) + "x", 60, DARK)).isNotNull();
    assertThat(linking.rows((piece + "\n").repeat(300) + "x", 60, DARK)).isNotNull();
  }

  private static String copied(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      if (!text.isEmpty() || row != rows.getFirst()) {
        text.append(row.continues() ? row.joint() : "\n");
      }
      StringBuilder line = new StringBuilder();
      for (Span span : row.spans()) {
        line.append(span.decoration() ? "" : span.text());
      }
      text.append(line.toString().stripTrailing());
    }
    return text.toString();
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::text).toList();
  }

  private static Theme theme(String name) {
    return new Themes().find(name, Background.DARK).orElseThrow();
  }
}
