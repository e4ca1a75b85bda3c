package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.CommandTemplate.Piece;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTemplateTest {
  private static List<Piece> fill(String body, String arguments, String... names) {
    return new CommandTemplate(body, List.of(names))
        .fill(arguments, Map.of("CLAUDE_PROJECT_DIR", "/p"));
  }

  private static String text(List<Piece> pieces) {
    StringBuilder out = new StringBuilder();
    for (Piece piece : pieces) {
      out.append(
          switch (piece) {
            case Piece.Written(String text) -> text;
            case Piece.Given(String text) -> text;
            case Piece.Shell(String line) -> "{" + line + "}";
          });
    }
    return out.toString();
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fix $ARGUMENTS now             | a b       | fix a b now",
        "fix $1 in $2                   | a b       | fix a in b",
        "fix $1 in $2                   | a         | fix a in $2",
        "fix $0 in $1                   | a b       | fix a in b",
        "$ARGUMENTS[1] of $1            | a b       | b of b",
        "say $1                         | \"a b\" c | say a b",
        "costs $100                     | a         | costs $100",
        "$ARGUMENTSX stays              | ``        | $ARGUMENTSX stays",
        "in ${CLAUDE_PROJECT_DIR}/src   | ``        | in /p/src",
        "in ${HOME}                     | ``        | in ${HOME}",
        "$PATH                          | ``        | $PATH",
      })
  void argumentsComeToTheirPlaces(String body, String arguments, String filled) {
    assertThat(text(fill(body, arguments))).isEqualTo(filled);
  }

  @Test
  void argumentsWithoutAPlaceComeAtTheEnd() {
    assertThat(text(fill("review it", "a b"))).isEqualTo("review it\n\nARGUMENTS: a b");
    assertThat(text(fill("review it", ""))).isEqualTo("review it");
  }

  @Test
  void argumentsCanHaveNames() {
    assertThat(text(fill("from $source to $target", "a b", "source", "target")))
        .isEqualTo("from a to b");
  }

  @Test
  void whatWasGivenIsNeverReadAsTemplate() {
    assertThat(fill("say $ARGUMENTS", "!`rm -rf x` $1"))
        .containsExactly(new Piece.Written("say "), new Piece.Given("!`rm -rf x` $1"));
  }

  @Test
  void commandLinesStandBetweenBackticks() {
    assertThat(text(fill("Status: !`git status -s`\nand !`git log -n $1`.", "3")))
        .isEqualTo("Status: {git status -s}\nand {git log -n 3}.");
  }

  @Test
  void commandLinesStandInFences() {
    assertThat(text(fill("A\n```!\ngit status\ngit log\n```\nB", "")))
        .isEqualTo("A\n{git status\ngit log}\nB");
  }

  @Test
  void anExclamationMarkInTextIsNoCommandLine() {
    assertThat(text(fill("Stop!`now` and `!x` and !important", "")))
        .isEqualTo("Stop!`now` and `!x` and !important");
  }

  @Test
  void wordsAreCutAsAShellCutsThem() {
    assertThat(ArgumentWords.of(" a  'b c' \"d \\\" e\" f\\ g h\"i\"j '' "))
        .containsExactly("a", "b c", "d \" e", "f g", "hij", "");
    assertThat(ArgumentWords.of("it's open")).containsExactly("its open");
  }
}
