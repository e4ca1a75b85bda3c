package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {
  @Test
  void findsWhatASimpleSearchFinds() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      boolean ignoreCase = random.nextBoolean();
      String text = letters(random, 30);
      String wanted = letters(random, 4) + "a";
      int from = random.nextInt(text.length() + 1);
      int to = from + random.nextInt(text.length() - from + 1);

      String within = text.substring(0, to);
      int expected =
          ignoreCase
              ? within.toLowerCase(Locale.ROOT).indexOf(wanted.toLowerCase(Locale.ROOT), from)
              : within.indexOf(wanted, from);
      assertThat(
              new Needle(wanted, ignoreCase)
                  .indexIn(text.getBytes(StandardCharsets.US_ASCII), from, to))
          .as("\"%s\" in \"%s\" from %d to %d, %b", wanted, text, from, to, ignoreCase)
          .isEqualTo(expected);
    }
  }

  private static String letters(Random random, int most) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      out.append("abAB@`".charAt(random.nextInt(6)));
    }
    return out.toString();
  }
}
