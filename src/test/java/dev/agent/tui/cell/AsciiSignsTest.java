package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiSignsTest {
  private static String ascii(String text) {
    return text.codePoints()
        .map(AsciiSigns::of)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @Test
  void signsAreOfAsciiAndLettersStay() {
    assertThat(ascii("─┌┬┐│ … ⏎ 1–2 · ● ☑ ▎ █░ ↑↓ “x” ␛"))
        .isEqualTo("-+++| . ; 1-2 - * x | #. ^v \"x\" ?");
    assertThat(ascii("é日😀 a~")).isEqualTo("é日😀 a~");
  }

  @Test
  void whatIsWrittenForSuchATerminalIsAscii() {
    CellScreen screen =
        new CellScreen(12, 1, new Capabilities(ColorDepth.NONE, true, false, false, true, false));
    screen.buffer().paint(Row.of("─ … ⏎ – │", Style.PLAIN), 0, 0, 12);

    assertThat(screen.frame(0).toString()).contains("- . ; - |");
  }

  @ParameterizedTest
  @CsvSource({
    "LC_ALL, C.UTF-8, true",
    "LC_CTYPE, en_GB.utf8, true",
    "LANG, C, false",
    "LANG, '', false",
    "OTHER, C.UTF-8, false",
  })
  void theLocaleSaysWhetherMoreIsShown(String name, String value, boolean unicode) {
    assertThat(Capabilities.of(Map.of("TERM", "xterm", name, value)).unicode()).isEqualTo(unicode);
  }

  @Test
  void theStrongestVariableCounts() {
    assertThat(Capabilities.of(Map.of("LC_ALL", "C", "LANG", "C.UTF-8")).unicode()).isFalse();
  }
}
