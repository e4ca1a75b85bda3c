package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Cells;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @Test
  void whatActsOrHidesIsWrittenOut() {
    assertThat(Text.shown("plain 日本 é")).isEqualTo("plain 日本 é");
    assertThat(Text.shown("a\tb\nc\rd\u001be\u007f")).isEqualTo("a␉b␊c␍d␛e␡");
    assertThat(Text.shown("\u202Ex\u200B\u00A0\u0085\uDB40\uDC41\uD800"))
        .isEqualTo("⟨U+202E⟩x⟨U+200B⟩⟨U+00A0⟩⟨U+0085⟩⟨U+E0041⟩⟨U+D800⟩");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one two three     | 7  | one two/three
          one two           | 3  | one/two
          abcdefgh          | 3  | abc/def/gh
          a abcdefgh        | 3  | a /abc/def/gh
          日本語             | 4  | 日本/語
          ''                | 5  | ''
          """)
  void wrapsAtBlanksWhereItCan(String text, int width, String parts) {
    assertThat(String.join("/", Text.parts(text, width))).isEqualTo(parts);
  }

  @Test
  void nothingOfALineIsLostButBlanksAtBreaks() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        line.append("a b  日👩é".charAt(0)).append(random.nextInt(4) == 0 ? "  " : "xy日");
      }
      int width = 1 + random.nextInt(20);
      var parts = Text.parts(line.toString(), width);
      assertThat(String.join("", parts).replace(" ", ""))
          .isEqualTo(line.toString().replace(" ", ""));
      assertThat(parts).allMatch(part -> Cells.width(part) <= Math.max(2, width));
    }
  }

  @Test
  void manyBlanksStayRowsSoThatPaddingShows() {
    assertThat(Text.parts("a" + " ".repeat(25) + "b", 10)).hasSizeGreaterThan(2);
  }

  @Test
  void theEndOfAPathTellsItFromOthers() {
    assertThat(Text.tail("/home/me/src/Main.java", 12)).isEqualTo("…c/Main.java");
    assertThat(Text.tail("日本語", 4)).isEqualTo("…語");
    assertThat(Text.tail("abc", 0)).isEmpty();
    assertThat(Text.tail("abc", 3)).isEqualTo("abc");
  }
}
