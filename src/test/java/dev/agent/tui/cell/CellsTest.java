package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
  @Test
  void clustersAreThoseOfTheBreakIterator() {
    Random random = new Random(5);
    int[] interesting = {
      'a', 0x300, 0x200D, 0xFE0F, 0x1F469, 0x1F33E, 0x1F3FD, 0x1F1E9, 0x1F1EA, 0x20E3, '1', 0x1100,
      0x1161, 0x11A8, 0xAC00, 0xAC01, 0x915, 0x94D, 0x937, 0x93E, 0xE33, 0x600, 0x6F22, 0x3099,
      0xFF9E, 0x2764, 0xE0067, 0xAD, 0x200B, 0x2500, 0x1F600, 0x0D4E
    };
    for (int i = 0; i < 5000; i++) {
      StringBuilder made = new StringBuilder();
      for (int length = random.nextInt(9); length >= 0; length--) {
        made.appendCodePoint(
            random.nextInt(4) > 0
                ? interesting[random.nextInt(interesting.length)]
                : 0x20 + random.nextInt(0x1FFFF));
      }
      String text = made.toString().replaceAll("[\\p{Cs}\\p{Cn}\\p{Co}]", "");
      BreakIterator breaks = BreakIterator.getCharacterInstance();
      breaks.setText(text);
      List<Integer> expected = new ArrayList<>();
      for (int at = breaks.next(); at != BreakIterator.DONE; at = breaks.next()) {
        expected.add(at);
      }
      List<Integer> found = new ArrayList<>();
      Clusters clusters = new Clusters().reset(text);
      while (clusters.next()) {
        found.add(clusters.end());
      }
      assertThat(found)
          .as(text.codePoints().mapToObj(Integer::toHexString).toList().toString())
          .isEqualTo(expected);
      for (int end : expected) {
        int start = expected.indexOf(end) == 0 ? 0 : expected.get(expected.indexOf(end) - 1);
        assertThat(Cells.previous(text, end)).isEqualTo(start);
        assertThat(Cells.next(text, start)).isEqualTo(end);
      }
    }
  }

  @Test
  void noTextFailsAndHalvesOfPairsCountOne() {
    assertThat(Cells.width("\uD83D")).isEqualTo(1);
    assertThat(Cells.width("a\uDE00b")).isEqualTo(3);
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append((char) random.nextInt(0x10000));
      }
      assertThat(Cells.width(text.toString())).isBetween(0, 2 * text.length());
      assertThat(wrap(text.toString(), 1 + random.nextInt(5), 1)).isNotEmpty();
      assertThat(Cells.width(Cells.cut(text.toString(), 3))).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void ambiguousCharactersAreWideWhereThePersonSaysSo() {
    assertThat(Cells.width("─…①Ω°", 2)).isEqualTo(10);
    assertThat(Cells.width("─…①Ω°", 1)).isEqualTo(5);
    assertThat(Cells.width("aé漢", 2)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdef, 5, abcd…",
    "abcdef, 1, …",
    "abcdef, 0, ''",
    "漢字漢字, 5, 漢字…",
    "漢字漢字, 4, 漢…",
    "👩‍🌾👩‍🌾, 3, 👩‍🌾…"
  })
  void cutTextEndsWithAnEllipsis(String text, int columns, String cut) {
    assertThat(Cells.cut(text, columns)).isEqualTo(cut);
  }

  @Test
  void wordsAreWrappedWithAnIndent() {
    assertThat(wrap("the quick brown fox", 9, 0)).containsExactly("the quick", "brown fox");
    assertThat(wrap("the quick brown fox", 11, 2)).containsExactly("the quick", "  brown fox");
    assertThat(wrap("  indented text here", 10, 2))
        .containsExactly("  indented", "  text", "  here");
    assertThat(wrap("abcdefghij", 4, 0)).containsExactly("abcd", "efgh", "ij");
    assertThat(wrap("ab abcdefghij", 4, 0)).containsExactly("ab", "abcd", "efgh", "ij");
    assertThat(wrap("漢字漢字漢", 5, 0)).containsExactly("漢字", "漢字", "漢");
    assertThat(wrap("漢字、漢字", 4, 0)).containsExactly("漢", "字、", "漢字");
    assertThat(wrap("a\n\nb", 4, 0)).containsExactly("a", "", "b");
    assertThat(wrap("", 4, 0)).containsExactly("");
    assertThat(wrap("one  two   three", 5, 0)).containsExactly("one", "two", "three");
  }

  @Test
  void wrappedRowsJoinToTheTextAgain() {
    Random random = new Random(11);
    String[] pieces = {
      "a", "word", " ", "  ", "漢字", "、", "e\u0301", "👩\u200D🌾", "long-word", "("
    };
    for (int i = 0; i < 3000; i++) {
      StringBuilder made = new StringBuilder("x");
      for (int length = random.nextInt(20); length > 0; length--) {
        made.append(pieces[random.nextInt(pieces.length)]);
      }
      String text = made.append('x').toString();
      int columns = 2 + random.nextInt(12);
      StringBuilder joined = new StringBuilder();
      for (Row row :
          Wrapping.wrap(
              List.of(Span.of(text, Style.PLAIN)), columns, Span.decoration(" ", Style.PLAIN))) {
        assertThat(row.width()).isLessThanOrEqualTo(columns);
        joined.append(row.joint());
        row.spans().stream().filter(s -> !s.decoration()).forEach(s -> joined.append(s.text()));
      }
      assertThat(joined.toString()).isEqualTo(text);
    }
  }

  @Test
  void whatWouldActIsMadeVisible() {
    assertThat(Cells.visible("a\33[31m\u202Eb\7\r\n\tc\u007F\u009B"))
        .isEqualTo("a␛[31m⟨U+202E⟩b␇␍\n\tc␡⟨U+009B⟩");
    assertThat(Cells.visible("plain ü")).isSameAs("plain ü");
    assertThat(Cells.expandTabs("a\tbc\t\n\t漢\tx", 4)).isEqualTo("a   bc  \n    漢  x");
  }

  @Test
  void textIsFilledOrCutToAColumn() {
    assertThat(Cells.pad("ab", 4)).isEqualTo("ab  ");
    assertThat(Cells.pad("漢字", 3)).isEqualTo("漢…");
    assertThat(Cells.pad("漢字漢", 4)).isEqualTo("漢… ");
    assertThat(Cells.truncate("漢字", 3)).isEqualTo("漢");
  }

  private static List<String> wrap(String text, int columns, int indent) {
    Span hang = Span.decoration(" ".repeat(indent), Style.PLAIN);
    return Wrapping.wrap(List.of(Span.of(text, Style.PLAIN)), columns, hang).stream()
        .map(Row::text)
        .toList();
  }
}
