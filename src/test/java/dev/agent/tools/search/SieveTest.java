package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SieveTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "k",
          "s",
          "i",
          "é",
          "ſ",
          "K",
          "İ",
          "😀",
          "-",
          " ",
          "[ab]",
          "[^a]",
          "[a-k0-9]",
          "[[:digit:]]",
          "[^é]",
          ".",
          "\\w",
          "\\W",
          "\\d",
          "\\s",
          "\\S",
          "\\.",
          "\\x41",
          "\\p{Lu}",
          "\\u00e9",
          "^",
          "$",
          "\\b",
          "\\B",
          "(a|bk)",
          "(?:é|s+)",
          "(?<n>ab?)",
          "(|a)",
          "{",
          "x{2}");
  private static final List<String> TEXTS =
      List.of(
          "a", "b", "A", "B", "k", "K", "s", "S", "ſ", "K", "i", "İ", "ı", "é", "É", "😀", "-", " ",
          "1", "{", "x", "xx", "\t", "\r", "\0", "\n");

  @Test
  void neverHoldsBackALineThatFits() {
    Random random = new Random(5);
    int sieves = 0;
    int fitting = 0;
    for (int i = 0; i < 4_000; i++) {
      String expression = expression(random);
      boolean ignoreCase = random.nextBoolean();
      boolean multiline = random.nextInt(4) == 0;
      Pattern pattern;
      try {
        pattern = Expression.compile(expression, ignoreCase, multiline);
      } catch (PatternSyntaxException e) {
        continue;
      }
      Optional<Sieve> sieve = Sieve.of(expression, ignoreCase, multiline);
      if (sieve.isEmpty()) {
        continue;
      }
      sieves++;
      for (int j = 0; j < 20; j++) {
        String text = text(random);
        int firstFit = 0;
        for (String line : multiline ? new String[] {text} : text.split("\n", -1)) {
          int end = firstFit + line.getBytes(StandardCharsets.UTF_8).length;
          if (pattern.matcher(line).find()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(sieve.get().indexIn(bytes, 0, bytes.length))
                .as("%s on \"%s\"", expression, text)
                .isBetween(0, end);
            fitting++;
            break;
          }
          firstFit = end + 1;
        }
      }
    }
    assertThat(sieves).isGreaterThan(1_000);
    assertThat(fitting).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          [a-z]+[0-9]{5}$     ; abc 12345 x1234   ; -1
          [a-z]+[0-9]{5}$     ; abc12345          ; 7
          foo|bar             ; fo ba             ; -1
          foo|bar             ; xbar              ; 3
          a.b                 ; a--b              ; -1
          a.b                 ; aéb               ; 3
          naï                 ; nai               ; -1
          \\berr(or)?\\b      ; er                ; -1
          x{2,3}y             ; xy xxy            ; 5
          """)
  void findsWhereTheExpressionMayEnd(String expression, String text, int end) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Sieve.of(expression, false, false).orElseThrow().indexIn(bytes, 0, bytes.length))
        .isEqualTo(end);
  }

  @Test
  void nothingFitsAcrossLinesUnlessWanted() {
    byte[] bytes = "a\nb".getBytes(StandardCharsets.UTF_8);

    assertThat(Sieve.of("a\\sb", false, false).orElseThrow().indexIn(bytes, 0, 3)).isEqualTo(-1);
    assertThat(Sieve.of("a\\sb", false, true).orElseThrow().indexIn(bytes, 0, 3)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x*", "", "a|", "^$", "a(?=b)", "(?<!a)b", "(a)\\1", "(?i)a", "\\Qa\\E", "(?>a)", "a{3000}"
      })
  void leavesToTheMatcherWhatAlwaysFitsOrIsNotUnderstood(String expression) {
    assertThat(Sieve.of(expression, false, false)).isEmpty();
  }

  @Test
  void expressionsWithVeryManyStatesPassEverythingInTheEnd() {
    Sieve sieve = Sieve.of("[ab]*a[ab]{12}c", false, false).orElseThrow();
    Random random = new Random(1);
    byte[] bytes = new byte[200_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextBoolean() ? 'a' : 'b');
    }

    assertThat(sieve.indexIn(bytes, 0, bytes.length)).isNotNegative();
  }

  private static String expression(Random random) {
    StringBuilder out = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      out.append(PIECES.get(random.nextInt(PIECES.size())));
      out.append(
          List.of("", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "+?", "|")
              .get(random.nextInt(11)));
    }
    return out.toString();
  }

  private static String text(Random random) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      out.append(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return out.toString();
  }
}
