package dev.agent.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.text.FrontMatter.Problem;
import dev.agent.text.FrontMatter.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontMatterTest {
  private static Value value(String lines) {
    return FrontMatter.of("---\n" + lines + "\n---\n").values().values().iterator().next();
  }

  @Test
  void valuesStandInFrontAndTheRestIsTheBody() {
    FrontMatter read = FrontMatter.of("---\nname: a\n\n# note\nDescription: b c\n---\nthe\nbody");

    assertThat(read.text("name")).isEqualTo("a");
    assertThat(read.text("description")).isEqualTo("b c");
    assertThat(read.body()).isEqualTo("the\nbody");
    assertThat(read.bodyLine()).isEqualTo(7);
    assertThat(read.problems()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: [file] [lines]             | [file] [lines]   | [file];[lines]",
        "a: Fix: it                    | Fix: it          | Fix:;it",
        "a: \"x, y\"                   | x, y             | x;y",
        "a: 'it''s'                    | it's             | it's",
        "a: [x, \"y z\"]               | [x, \"y z\"]     | x;y z",
        "a: Bash(git add:*), Bash(ls)  | Bash(git add:*), Bash(ls) | Bash(git add:*);Bash(ls)",
        "a: Bash(git log *) Read       | Bash(git log *) Read      | Bash(git log *);Read",
        "a: one two                    | one two          | one;two",
        "a:                            | ``               | ``",
      })
  void oneLineIsRead(String line, String text, String items) {
    assertThat(value(line).text()).isEqualTo(text);
    assertThat(value(line).items())
        .isEqualTo(items.isEmpty() ? List.of() : List.of(items.split(";")));
  }

  @Test
  void listsAndBlocksOfLinesAreRead() {
    assertThat(value("a:\n  - Bash(ls, x)\n  - \"Read\"").items())
        .containsExactly("Bash(ls, x)", "Read");
    assertThat(value("a:\n- x\n- y").items()).containsExactly("x", "y");
    assertThat(value("a: |\n  one\n  two").text()).isEqualTo("one\ntwo");
    assertThat(value("a: >\n  one\n  two").text()).isEqualTo("one two");
    assertThat(value("a: one\n  two").text()).isEqualTo("one two");
  }

  @Test
  void whatMakesNoSenseIsToldWithItsLine() {
    FrontMatter read = FrontMatter.of("---\n  lost\nname: a\nwhat is this\nname: b\n---\nbody");

    assertThat(read.problems()).extracting(Problem::line).containsExactly(2, 4, 5);
    assertThat(read.text("name")).isEqualTo("a");
    assertThat(read.body()).isEqualTo("body");
  }

  @Test
  void withoutASecondFenceAllIsBody() {
    FrontMatter read = FrontMatter.of("---\nname: a\n");

    assertThat(read.body()).isEqualTo("---\nname: a\n");
    assertThat(read.problems()).hasSize(1);
  }

  @Test
  void windowsLineEndsAndMarksAreNoHindrance() {
    FrontMatter read = FrontMatter.of("\uFEFF---\r\nname: a\r\n---\r\nbody\r\n");

    assertThat(read.text("name")).isEqualTo("a");
    assertThat(read.body()).isEqualTo("body\n");
  }

  @Test
  void anyTextCanBeRead() {
    String text = "---\na: [\"x, (y\n- z: |\n b: 'c\n: d\n\u0000: e\n---\n---\nbody";
    for (int end = 0; end <= text.length(); end++) {
      FrontMatter read = FrontMatter.of(text.substring(0, end));
      assertThat(read.bodyLine()).isPositive();
    }
  }
}
