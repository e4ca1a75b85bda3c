package dev.agent.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Control characters of texts that go to a terminal. */
class AnsiTest {
  @Test
  void everyControlCharacterCanBeBroughtIntoSight() {
    assertThat(Ansi.shown("a\u001b]0;x\u0007\tb\r\n\u009bc\u007f")).isEqualTo("a␛]0;x␇\tb␍\n␡c␡");
    assertThat(Ansi.shown("漢 é\n")).isEqualTo("漢 é\n");
  }
}
