package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "a b_c9 d, 2, 6",
    "naïve x, 0, 5",
    "re\u0301sume\u0301 x, 0, 8",
    "..one.., 2, 5",
    "漢字 x, 0, 2",
  })
  void wordsAreLettersDigitsAndUnderscores(String text, int from, int to) {
    assertThat(Words.end(text, from)).isEqualTo(to);
    assertThat(Words.start(text, to)).isEqualTo(from);
  }

  @ParameterizedTest
  @CsvSource({"..., 0, 3", "'  ', 0, 2"})
  void withoutAWordItIsTheEndOfTheText(String text, int from, int to) {
    assertThat(Words.end(text, from)).isEqualTo(to);
    assertThat(Words.start(text, to)).isEqualTo(from);
  }

  @ParameterizedTest
  @CsvSource({"'a b.c/d  ', 2", "'a', 0", "'  ', 0", "'x\ny.z', 2"})
  void whatStandsBetweenBlanks(String text, int from) {
    assertThat(Words.startBehindBlank(text, text.length())).isEqualTo(from);
  }
}
