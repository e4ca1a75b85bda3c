package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClustersTest {
  private static final List<String> PARTS =
      List.of(
          "a", "\n", "\t", " ", "é", "\u0301", "漢", "か", "\u3099", "한", "\u11A8", "👩", "\u200d",
          "👧", "🏽", "🇩", "🇪", "\ufe0f", "❤", "Ж", "ß", "नि", "\u0600");

  @Test
  void walksForwardAsTheRulesOfUnicodeSay() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      String text = text(random);
      BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
      breaks.setText(text);

      for (int at = 0; at < text.length(); at = Clusters.next(text, at)) {
        assertThat(Clusters.next(text, at))
            .as("%s from %d", text, at)
            .isEqualTo(breaks.following(at));
      }
    }
  }

  @Test
  void walksBackWhereItCameFrom() {
    Random random = new Random(2);
    for (int round = 0; round < 300; round++) {
      String text = text(random).replace("\u0600", "");

      for (int at = 0; at < text.length(); ) {
        int next = Clusters.next(text, at);
        assertThat(Clusters.previous(text, next)).as("%s back from %d", text, next).isEqualTo(at);
        at = next;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a b_c9 d, 2, 6",
    "naïve x, 0, 5",
    "..., 0, 3",
    "re\u0301sume\u0301 x, 0, 8",
  })
  void wordsAreLettersDigitsAndUnderscores(String text, int from, int to) {
    assertThat(Clusters.wordEnd(text, from)).isEqualTo(to);
    if (!text.equals("...")) {
      assertThat(Clusters.wordStart(text, to)).isEqualTo(from);
    }
  }

  @Test
  void anEndlessClusterIsCutAndNotLookedThrough() {
    String text = "a" + "\u0301".repeat(5000);

    assertThat(Clusters.next(text, 0)).isBetween(100, 400);
    assertThat(Clusters.previous(text, text.length())).isLessThan(text.length());
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }
}
