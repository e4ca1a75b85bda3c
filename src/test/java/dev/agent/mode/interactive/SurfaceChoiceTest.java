package dev.agent.mode.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flag before environment before setting before what the terminal can do. */
class SurfaceChoiceTest {
  @ParameterizedTest
  @CsvSource({
    // flag, TERM, ACCESSIBLE, setting, columns, rows, surface, from
    "'', xterm, '', '', 100, 30, fullscreen, default",
    "'', xterm, '', inline, 100, 30, inline, setting",
    "'', xterm, '', plain, 20, 5, plain, setting",
    "'', xterm, '', '', 39, 30, plain, terminal",
    "'', xterm, '', inline, 100, 9, plain, terminal",
    "'', xterm, '', '', 0, 0, plain, terminal",
    "'', dumb, '', inline, 100, 30, plain, environment",
    "'', '', '', '', 100, 30, plain, environment",
    "'', xterm, 1, inline, 100, 30, plain, environment",
    "'', xterm, 0, '', 100, 30, fullscreen, default",
    "'', xterm, FALSE, '', 100, 30, fullscreen, default",
    "inline, dumb, 1, plain, 20, 5, inline, flag",
    "plain, xterm, '', inline, 100, 30, plain, flag"
  })
  void theStrongestWins(
      String flag,
      String term,
      String accessible,
      String setting,
      int columns,
      int rows,
      String surface,
      String from) {
    assertThat(
            SurfaceChoice.of(
                true,
                some(flag),
                Map.of("TERM", term, "ACCESSIBLE", accessible),
                some(setting),
                () -> new SurfaceChoice.Size(columns, rows)))
        .isEqualTo(new SurfaceChoice(surface, from));
  }

  @ParameterizedTest
  @CsvSource({"fullscreen", "inline", "''"})
  void outputThatIsNoTerminalIsAlwaysPlain(String flag) {
    assertThat(
            SurfaceChoice.of(
                false,
                some(flag),
                Map.of("TERM", "xterm"),
                Optional.empty(),
                () -> new SurfaceChoice.Size(100, 30)))
        .isEqualTo(new SurfaceChoice("plain", "terminal"));
  }

  private static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
