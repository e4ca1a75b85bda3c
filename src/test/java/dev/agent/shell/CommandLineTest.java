package dev.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      value = {
        "ls => [ls] => true",
        "ls -l a  b => [ls -l a b] => true",
        "a && b || c => [a, b, c] => true",
        "a;b & c => [a, b, c] => true",
        "a | b |& c => [a, b, c] => true",
        "'a b' c => [a b c] => true",
        "a 'x;y' \"p|q\" => [a x;y p|q] => true",
        "a > /dev/null 2>&1 => [a] => true",
        "a 2>/dev/null => [a] => true",
        "a > f => [a] => false",
        "a < f => [a] => false",
        "a $x => [a $x] => false",
        "a $(b c) d => [b c, a $ d] => false",
        "a \"$(b c)\" => [b c, a $] => false",
        "a \"$(b \"$(c)\")\" => [c, b $, a $] => false",
        "a `b c` => [b c, a $] => false",
        "(a) => [a] => false",
        "{ a; } => [{ a, }] => false",
        "a ~ => [a ~] => false",
        "a # b => [a] => false",
        "a#b => [a#b] => true",
        "$'\\x61\\t' => [a\t] => false",
        "if a; then b; fi => [if a, then b, fi] => false",
        "a *.ts => [a *.ts] => true",
      })
  void linesAreCutIntoTheirCommands(String text, String parts, boolean plain) {
    CommandLine line = CommandLine.parse(text);
    assertThat(line.parts().toString()).isEqualTo(parts);
    assertThat(line.plain()).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a '",
        "a \"",
        "a \\",
        "a |",
        "a &&",
        "| a",
        "&& a",
        "a && ",
        "echo $(a",
        "a `b",
        "$'a",
        "a\u0000b",
        "a\rb",
        "a\u001b[1G",
        "a\u202eb",
        "a\u200bb",
        "a\u00a0b",
        "a\u2028b",
        "a\ue000b"
      })
  void whatCanNotBeReadOrHidesCharactersIsNotSound(String text) {
    assertThat(CommandLine.parse(text).sound()).isFalse();
    assertThat(CommandLine.parse(text).plain()).isFalse();
  }

  @Test
  void linesThatAreTooLongAreNotSound() {
    assertThat(CommandLine.parse("a".repeat(CommandLine.MAX_CHARS)).sound()).isTrue();
    assertThat(CommandLine.parse("a".repeat(CommandLine.MAX_CHARS + 1)).sound()).isFalse();
    assertThat(CommandLine.parse("echo ".repeat(9_000) + "; rm x").parts()).contains("rm x");
    assertThat(CommandLine.parse("$(".repeat(50_000)).sound()).isFalse();
  }

  @Test
  void wordsKeepTheirBlanks() {
    assertThat(CommandLine.parse("cat 'a b' c\\ d \"e f\" > 'g h'").commands())
        .containsExactly(
            new CommandLine.Command(List.of("cat", "a b", "c d", "e f"), List.of("g h")));
  }

  @Test
  void anyTextIsReadWithoutFailure() {
    Random random = new Random(11);
    String alphabet = "ab '\"\\$`(){}<>|&;\n#*?[]~=x!-0\u200b";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(24); k > 0; k--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      CommandLine line = CommandLine.parse(text.toString());
      assertThat(line.readings()).isNotNull();
      if (line.plain()) {
        assertThat(line.sound()).isTrue();
      }
    }
  }
}
