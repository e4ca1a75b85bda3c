package dev.agent.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFilterTest {
  private static String filter(String pattern, String text) {
    return new LineFilter(Pattern.compile(pattern)).apply(text);
  }

  @ParameterizedTest
  @CsvSource({
    "a, a/b/ca, a/ca/",
    "^a$, a/b/ca, a/",
    "x, a/b, ''",
    "b$, a/b/, b/",
    "'', a//b, a//b/"
  })
  void only_lines_with_the_pattern_stay(String pattern, String text, String kept) {
    assertThat(filter(pattern, text.replace('/', '\n'))).isEqualTo(kept.replace('/', '\n'));
  }

  @Test
  void a_pattern_that_explodes_ends_the_filtering_and_loses_nothing() {
    String line = "a".repeat(400) + "!";
    assertThat(filter("(.*a)(.*a)(.*a)(.*a)(.*a)\\1z", "keep\n" + line + "\nrest"))
        .isEqualTo("[the filter takes too long; from here on all lines]\n" + line + "\nrest");
  }

  @Test
  void a_pattern_that_nests_too_deeply_is_no_crash() {
    String line = "ab".repeat(500_000);
    assertThat(filter("(a|b)*c", line + "\nrest")).contains("rest");
  }
}
