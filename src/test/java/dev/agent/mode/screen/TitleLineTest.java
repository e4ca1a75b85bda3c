package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.screen.TitleLine.Progress;
import dev.agent.tui.UiLoop;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitleLineTest {
  private final TitleLine title = new TitleLine(TerminalKind.of(Map.of("WT_SESSION", "1")));

  @Test
  void whatIsWantedFirstIsWrittenAtOnce() {
    assertThat(title.due(5)).isEqualTo(UiLoop.NEVER);

    title.want("one", Progress.WORKING);

    assertThat(title.due(5)).isEqualTo(5);
    assertThat(title.take(5)).contains("\33]0;one\7\33]9;4;3;0\7");
    assertThat(title.due(6)).isEqualTo(UiLoop.NEVER);
  }

  @Test
  void theNextChangeWaitsASecondAndOnlyTheLastOneIsWritten() {
    title.want("one", Progress.WORKING);
    title.take(5);
    title.want("two", Progress.WORKING);
    title.want("three", Progress.ASKING);

    assertThat(title.due(6)).isEqualTo(5 + TitleLine.PAUSE);
    assertThat(title.take(4 + TitleLine.PAUSE)).isEmpty();
    assertThat(title.take(5 + TitleLine.PAUSE)).contains("\33]0;three\7\33]9;4;4;100\7");
  }

  @Test
  void whatIsBackAsItWasIsNotWritten() {
    title.want("one", Progress.REST);
    title.take(5);
    title.want("two", Progress.REST);
    title.want("one", Progress.REST);

    assertThat(title.due(6)).isEqualTo(UiLoop.NEVER);
  }

  @Test
  void progressEndsWhenTheTerminalIsGivenAwayAndIsBackBehind() {
    title.want("one", Progress.WORKING);
    title.take(5);

    assertThat(title.give()).isEqualTo("\33]9;4;0;0\7");
    assertThat(title.take(6)).contains("\33]0;one\7\33]9;4;3;0\7");
  }

  @ParameterizedTest
  @CsvSource({
    "VTE_VERSION, 7900, true",
    "VTE_VERSION, 7600, false",
    "VTE_VERSION, x, false",
    "ConEmuANSI, ON, true",
    "TERM, xterm-ghostty, true",
    "TERM, xterm-kitty, false",
    "TERM_PROGRAM, iTerm.app, false",
    "TERM, xterm, false",
  })
  void onlyTerminalsThatAreKnownToReadItAreTold(String variable, String value, boolean told) {
    TitleLine line = new TitleLine(TerminalKind.of(Map.of(variable, value)));
    line.want("", Progress.WORKING);

    assertThat(line.take(0).isPresent()).isEqualTo(told);
  }
}
