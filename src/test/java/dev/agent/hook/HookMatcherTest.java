package dev.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookMatcherTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';Bash;true",
        "*;anything;true",
        "Bash;Bash;true",
        "Bash;BashOutput;false",
        "bash;Bash;false",
        "Edit|Write;Write;true",
        "Edit, Write;Write;true",
        "Edit|Write;NotebookEdit;false",
        "mcp__memory;mcp__memory__read;false",
        "mcp__memory__.*;mcp__memory__read;true",
        "Edit.*;NotebookEdit;true",
        "^Edit;NotebookEdit;false",
        "^(Bash|Glob)$;Glob;true",
        "a-b|c_d;a-b;true",
      })
  void saysWhichNamesItCovers(String matcher, String name, boolean covers) {
    assertThat(HookMatcher.of(matcher).orElseThrow().matches(name)).isEqualTo(covers);
  }

  @Test
  void whatIsNoRegularExpressionIsNoMatcher() {
    assertThat(HookMatcher.of("(")).isEmpty();
  }
}
