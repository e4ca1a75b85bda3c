package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          foo             ; a foo b         ; foo
          interface{}     ; interface{}     ; interface{}
          map[a-z]{2}x    ; mapabx          ; mapabx
          {foo}           ; {foo}           ; {foo}
          a{,b            ; a{,b            ; a{,b
          [[:digit:]]+    ; ab12c           ; 12
          [^[:space:]]+   ; ab c            ; ab
          [[:^alpha:]]+   ; ab12c           ; 12
          [[:punct:]]     ; a]b             ; ]
          [[a]            ; [               ; [
          []a]+           ; ]a              ; ]a
          [a&&b]+         ; &b              ; &b
          (?P<x>a)b       ; ab              ; ab
          \\p{Lu}b        ; aBb             ; Bb
          \\x{41}         ; A               ; A
          \\u{41}         ; A               ; A
          \\w+            ; é               ; é
          \\d             ; ٣               ; ٣
          a$              ; ba              ; a
          """)
  void readsRipgrepsDialect(String source, String text, String match) {
    Matcher matcher = Expression.compile(source.replace("\\\\", "\\"), false, false).matcher(text);

    assertThat(matcher.find()).isTrue();
    assertThat(matcher.group()).isEqualTo(match);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          foo          ; foo
          foo.*barbar  ; barbar
          fooo?        ; foo
          (foo)bar     ; bar
          a\\.bc       ; a.bc
          [abc]xyz     ; xyz
          foo{2}       ; fo
          foo|bar      ;
          (?i)foo      ;
          a            ; a
          .*           ;
          """)
  void knowsWhatEveryMatchHolds(String source, String expected) {
    assertThat(Expression.required(source.replace("\\\\", "\\")))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void whatIsSaidToBeCertainIsInEveryMatch() {
    Random random = new Random(3);
    List<String> parts =
        List.of(
            "a", "b", "ab", "a?", "b*", "(ab)?", "(a|b)", "[ab]", "a+", "b{2}", "a{0,1}", "\\.",
            ".", "^", "$", "\\b", "\\w", "|", "(?:ab)", "\\x61", "[^a]", "{", "\\Qa\\E");
    int matches = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder source = new StringBuilder();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        source.append(parts.get(random.nextInt(parts.size())));
      }
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append("aab.b{ ".charAt(random.nextInt(7)));
      }
      Matcher matcher;
      try {
        matcher = Expression.compile(source.toString(), false, false).matcher(text);
      } catch (PatternSyntaxException e) {
        continue; // not every heap of parts is an expression
      }
      Optional<String> certain = Expression.required(source.toString());
      while (matcher.find()) {
        matches++;
        assertThat(matcher.group()).as("%s", source).contains(certain.orElse(""));
      }
    }
    assertThat(matches).isGreaterThan(2_000);
  }
}
