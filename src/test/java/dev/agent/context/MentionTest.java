package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "look at @src/Main.java please | src/Main.java",
        "@a and @b/c.txt               | a;b/c.txt",
        "(@docs/x.md)                  | docs/x.md)",
        "@\"with blanks.txt\" is odd   | with blanks.txt",
        "write to me@example.com       | ''",
        "use `@Override` here          | ''",
        "x@y @z                        | z",
        "@                             | ''",
        "@~/notes.md                   | ~/notes.md",
      })
  void namesWhatStandsBehindAnAtSign(String text, String names) {
    List<String> expected = names.isEmpty() ? List.of() : List.of(names.split(";"));

    assertThat(Mention.in(text)).extracting(Mention::name).isEqualTo(expected);
  }

  @Test
  void linesCanBeGiven() {
    assertThat(Mention.in("see @A.java#L10-20, and @B.java#L7."))
        .containsExactly(new Mention(4, 18, "A.java", 10, 20), new Mention(24, 34, "B.java", 7, 7));
  }

  @Test
  void linesThatMakeNoSenseBelongToTheName() {
    assertThat(Mention.in("@A.java#L20-10"))
        .extracting(Mention::name)
        .containsExactly("A.java#L20-10");
  }

  @Test
  void fencedCodeNamesNothing() {
    assertThat(Mention.in("@one\n```\n@two\n```\n@three"))
        .extracting(Mention::name)
        .containsExactly("one", "three");
  }

  @Test
  void thePunctuationOfTheSentenceCanBeTakenOff() {
    Mention mention = Mention.in("is it @Main.java?").getFirst();

    assertThat(mention.shorter()).isEqualTo(new Mention(6, 16, "Main.java", 0, 0));
  }

  @Test
  void anyTextCanBeRead() {
    String text = "a @\"b @c#L1-\n```@d`@`e @@ @\"\" \uD800@f";
    for (int end = 0; end <= text.length(); end++) {
      for (Mention mention : Mention.in(text.substring(0, end))) {
        assertThat(mention.end()).isLessThanOrEqualTo(end);
        assertThat(text.charAt(mention.start())).isEqualTo('@');
      }
    }
  }
}
