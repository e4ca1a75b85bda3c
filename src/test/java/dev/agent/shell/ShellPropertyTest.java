package dev.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellPropertyTest {
  private static final long STEPS_PER_CHARACTER = 120;

  @Test
  void anyTextIsAnswered() {
    Random random = new Random(1);
    String signs = "'\"`\\$(){}[]<>|&;#\n\t!*?=~a1 {do}EOFifthenficase<<$((((";
    for (int i = 0; i < 8_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(
            random.nextInt(20) == 0
                ? (char) random.nextInt(0x10000)
                : signs.charAt(random.nextInt(signs.length())));
      }
      assertThat(Analysis.of(text.toString()).commands()).as(text.toString()).isNotNull();
    }
  }

  @Test
  void everyBeginningAndMutationOfAScriptIsAnswered() {
    Random random = new Random(2);
    for (int i = 0; i < 60; i++) {
      String script = new ShellScripts(random, false).script();
      for (int cut = 0; cut < script.length(); cut++) {
        assertThat(Analysis.of(script.substring(0, cut)).commands()).isNotNull();
      }
      for (int m = 0; m < 20; m++) {
        String mutated = ShellDifferentialTest.mutated(script, random);
        assertThat(Analysis.of(mutated).commands()).as(mutated).isNotNull();
      }
    }
  }

  @Test
  void spellingsWithQuotesGiveTheSameFacts() {
    Random random = new Random(3);
    List<String> lines =
        List.of(
            "rm -rf build",
            "git push origin main",
            "timeout 5 bash -c ls",
            "cd src && cat ../.env",
            "find . -name x -exec cat y +",
            "sudo -u bob rm x",
            "xargs grep foo");
    for (int i = 0; i < 1_500; i++) {
      String line = lines.get(i % lines.size());
      StringBuilder spelled = new StringBuilder();
      for (int c = 0; c < line.length(); c++) {
        char sign = line.charAt(c);
        boolean plain = Character.isLetter(sign) || sign == '-' || sign == '.' || sign == '/';
        spelled.append(plain ? spelling(sign, random) : Character.toString(sign));
      }
      Analysis expected = Analysis.of(line);
      Analysis actual = Analysis.of(spelled.toString());
      assertThat(actual.allCommands()).as(spelled.toString()).isEqualTo(expected.allCommands());
      assertThat(actual.isProvable()).isEqualTo(expected.isProvable());
    }
  }

  private static String spelling(char sign, Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> "''" + sign;
      case 1 -> "'" + sign + "'";
      case 2 -> "\"" + sign + "\"";
      case 3 -> "\\" + sign;
      case 4 -> "$'" + sign + "'";
      case 5 -> String.format("$'\\x%02x'", (int) sign);
      case 6 -> sign + "\"\"";
      case 7 -> "\\\n" + sign;
      default -> Character.toString(sign);
    };
  }

  /** Texts that grow; the work per character must not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ",
        "a;",
        "a|",
        "(",
        "((",
        "$((",
        "$(",
        "`",
        "{",
        "{ ",
        "'",
        "\"",
        "\"$(",
        "${x:-",
        "[[ ",
        "[[ (",
        "if ",
        "case x in ",
        "f() ",
        "{a,",
        "{a,b}",
        "{1..9}",
        "<<A ",
        "a <<A\n",
        "$'",
        "\\",
        "! ",
        "time ",
        "x=(",
        "a[",
        "{x}",
        "a[x]=",
        "#\n",
        "~",
        "eval ",
        "sudo ",
        "nice ",
        "bash -c ",
        "for i in a b c d; do ",
        "while a; do ",
        "&>",
        "<(",
        "$[",
        "?(",
        "a=$a;",
        "strace "
      })
  void workGrowsWithTheLength(String piece) {
    for (int length : new int[] {1_000, 10_000, 40_000}) {
      String text = piece.repeat(length / piece.length());
      Script script = ShellParser.parse(text);

      assertThat(script.steps())
          .as("steps for %d", length)
          .isLessThan(STEPS_PER_CHARACTER * length);
      if (length <= Script.MAX_CHARS) {
        assertThat(Analysis.of(script, Map.of()).commands()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "$(", "{ ", "\"$(", "${x:-", "<(", "if ", "! ( ", "((", "$((", "`"})
  void nestingWithoutEndIsAnswered(String piece) {
    Analysis analysis = Analysis.of(piece.repeat(3_000) + "ls");

    assertThat(analysis.isProvable()).isFalse();
  }
}
