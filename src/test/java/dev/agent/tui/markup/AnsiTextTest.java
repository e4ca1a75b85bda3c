package dev.agent.tui.markup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsiTextTest {
  private static final Theme DARK = theme("dark");
  private static final String ESC = "\u001b";

  /** {@code ^} stands for ESC, {@code ~} for CR, {@code <} for backspace, {@code _} for TAB. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|plain",
        "^[31mred^[0m|red",
        "10%~20%~done|done",
        "long line~new|newg line",
        "long line~^[Knew|new",
        "abc<<X|aXc",
        "abc^[2Kd|'   d'",
        "abc^[1Kd|'   d'",
        "a_b|a       b",
        "12345678_b|12345678        b",
        "abc~_d|abc     d",
        "修理~a|a 理",
        "ab~修|修",
        "title^]0;evil\u0007 gone|title gone",
        "link^]8;;https://x^\\text^]8;;^\\ end|linktext end",
        "^[?25l^[2J^[1;1Hmoved^[>4;1m|moved",
        "^(Bascii^#8|ascii",
        "^Pq#0;2^\\sixel gone|sixel gone",
        "un^]0;ended|un",
        "a\u0007b\u0000c\u007fd\u009be|abcde",
        "bidi\u202e|bidi⟨U+202E⟩",
        "cut^[3|cut",
        "^[31;修|修",
        "^^[1mtwice|twice",
      })
  void whatIsLeft(String output, String expected) {
    String text = output.replace("^", ESC).replace('~', '\r').replace('<', '\b').replace('_', '\t');
    assertThat(texts(AnsiText.rows(text, 80, DARK))).containsExactly(expected);
  }

  @Test
  void anUnfinishedStringEndsWithItsLine() {
    assertThat(texts(AnsiText.rows("a" + ESC + "]0;title\nb\n", 80, DARK)))
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "31|p1|-|0",
        "1;92|p10|-|1",
        "38;5;208|p208|-|0",
        "38;2;1;2;3;48;5;7|#010203|p7|0",
        "38:2::255:0:0|#ff0000|-|0",
        "38:2:255:0:0|#ff0000|-|0",
        "48:5:9;4|-|p9|8",
        "4:3|-|-|8",
        "4;4:0|-|-|0",
        "1;2;22|-|-|0",
        "3;7;9|-|-|52",
        "31;39|-|-|0",
        "31;0|-|-|0",
        "''|-|-|0",
        "38;5;999;1|-|-|1",
        "38;5|-|-|0",
        "38;2;1;2|-|-|0",
        "99999999999|-|-|0",
        "5;8|-|-|0",
        "58;5;1|-|-|0",
      })
  void coloursAreKept(String parameters, String foreground, String background, int flags) {
    List<Row> rows = AnsiText.rows(ESC + "[" + parameters + "mx", 80, DARK);
    Style style = rows.getFirst().spans().getFirst().style();
    assertThat(new Style(style.foreground(), style.background(), Color.DEFAULT, style.flags()))
        .isEqualTo(new Style(color(foreground), color(background), Color.DEFAULT, flags));
  }

  @Test
  void aStyleLastsUntilItIsChanged() {
    List<Row> rows = AnsiText.rows(ESC + "[1mone\ntwo" + ESC + "[m three", 80, DARK);
    Style bold = Style.PLAIN.plus(Style.BOLD);
    assertThat(rows)
        .containsExactly(
            Row.of(Span.of("one", bold)),
            Row.of(Span.of("two", bold), Span.of(" three", Style.PLAIN)));
  }

  @Test
  void aThemeWithoutColoursTakesThemFromOutputToo() {
    List<Row> rows = AnsiText.rows(ESC + "[1;31;44mred", 80, theme("mono"));
    assertThat(rows).containsExactly(Row.of("red", Style.PLAIN.plus(Style.BOLD)));
  }

  @Test
  void theCutsBetweenPiecesDontMatter() {
    String output =
        "start\r\n"
            + ESC
            + "[38;2;1;2;3mcol"
            + ESC
            + "]0;t"
            + ESC
            + "\\our"
            + ESC
            + "[0m\tend\n"
            + "10%\r"
            + ESC
            + "[K20%\rdone\n🎉x\r修"
            + ESC
            + "(Bz\b\byy"
            + ESC
            + "[4:3mw\n";
    List<Row> whole = AnsiText.rows(output, 20, DARK);
    for (int cut = 0; cut <= output.length(); cut++) {
      AnsiText text = new AnsiText();
      text.append(output.substring(0, cut));
      text.rows(20, DARK);
      text.append(output.substring(cut));
      assertThat(text.rows(20, DARK)).as("cut at " + cut).isEqualTo(whole);
    }
  }

  @Test
  void rowsOfEarlierLinesAreDrawnOnce() {
    AnsiText text = new AnsiText();
    text.append("one\ntwo");
    List<Row> first = text.rows(20, DARK);
    text.append(" more\n");
    List<Row> second = text.rows(20, DARK);
    assertThat(second.getFirst()).isSameAs(first.getFirst());
    assertThat(texts(second)).containsExactly("one", "two more");
    assertThat(text.lines()).isEqualTo(2);
    assertThat(texts(text.rows(5, DARK))).containsExactly("one", "two", "more");
  }

  @Test
  void noControlGetsThrough() {
    Random random = new Random(3);
    String letters =
        "\u001b\u001b[]();:?0123489mKHJP\\\u0007\u009b\u009d\r\n\b\t ab修🎉\u202e\u0301";
    for (int round = 0; round < 500; round++) {
      StringBuilder output = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        output.append(letters.charAt(random.nextInt(letters.length())));
      }
      AnsiText text = new AnsiText();
      for (char c : output.toString().toCharArray()) {
        text.append(String.valueOf(c));
      }
      for (Row row : text.rows(1 + random.nextInt(30), DARK)) {
        assertThat(row.text().chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(row.text()).doesNotContain("\u202e");
        assertThat(row.spans()).allMatch(span -> span.link().isEmpty());
      }
    }
  }

  private static Color color(String name) {
    if (name == null) {
      return Color.DEFAULT;
    }
    return name.startsWith("p")
        ? Color.palette(Integer.parseInt(name.substring(1)))
        : Color.rgb(Integer.parseInt(name.substring(1), 16));
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::text).toList();
  }

  private static Theme theme(String name) {
    return new Themes().find(name, Background.DARK).orElseThrow();
  }
}
