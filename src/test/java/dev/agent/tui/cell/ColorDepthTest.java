package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorDepthTest {
  @ParameterizedTest
  @CsvSource({
    "TERM=xterm, ANSI16",
    "TERM=xterm-256color, PALETTE",
    "TERM=tmux-256color, PALETTE",
    "TERM=xterm-256color COLORTERM=truecolor, RGB",
    "TERM=xterm COLORTERM=24bit, RGB",
    "TERM=xterm-kitty, RGB",
    "TERM=xterm-direct, RGB",
    "TERM=xterm-256color TERM_PROGRAM=iTerm.app, RGB",
    "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal, PALETTE",
    "TERM=linux, ANSI16",
    "TERM=dumb, NONE",
    "'', ANSI16",
    "TERM=xterm NO_COLOR=1, NONE",
    "TERM=xterm NO_COLOR=, ANSI16",
    "TERM=xterm FORCE_COLOR=3, RGB",
    "TERM=xterm FORCE_COLOR=2, PALETTE",
    "TERM=dumb FORCE_COLOR=1, ANSI16",
    "TERM=dumb FORCE_COLOR=true, ANSI16",
    "TERM=xterm-256color FORCE_COLOR=, PALETTE",
    "TERM=xterm-256color FORCE_COLOR=0, NONE",
    "TERM=xterm FORCE_COLOR=3 NO_COLOR=1, NONE",
  })
  void theEnvironmentSaysHowManyColorsThereAre(String variables, ColorDepth depth) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.isEmpty() ? new String[0] : variables.split(" ")) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    assertThat(ColorDepth.of(environment)).isEqualTo(depth);
  }

  @ParameterizedTest
  @CsvSource({
    "PALETTE, 000000, 16", "PALETTE, FFFFFF, 231", "PALETTE, FF0000, 196", "PALETTE, 808080, 244",
    "PALETTE, 5F87AF, 67", "PALETTE, 1E1E2E, 234", "ANSI16, FF1010, 9", "ANSI16, 101010, 0",
    "ANSI16, 00C000, 2", "ANSI16, 888888, 8", "ANSI16, FAFAFA, 15"
  })
  void colorsBecomeTheNearestOfWhatThereIs(ColorDepth depth, String rgb, int index) {
    Color color = Color.rgb(Integer.parseInt(rgb, 16));
    assertThat(new Color(new ColorMap(depth).map(color))).isEqualTo(Color.palette(index));
  }

  @Test
  void namedColorsAreThePersonsOwnAndStay() {
    for (ColorDepth depth :
        new ColorDepth[] {ColorDepth.ANSI16, ColorDepth.PALETTE, ColorDepth.RGB}) {
      for (int i = 0; i < 16; i++) {
        assertThat(new ColorMap(depth).map(Color.palette(i))).isEqualTo(Color.palette(i).bits());
      }
      assertThat(new ColorMap(depth).map(Color.DEFAULT)).isZero();
    }
    assertThat(new ColorMap(ColorDepth.ANSI16).map(Color.palette(196)))
        .isEqualTo(Color.palette(9).bits());
    assertThat(new ColorMap(ColorDepth.NONE).map(Color.rgb(0xFF0000))).isZero();
  }

  @Test
  void modernTerminalsAreKnownByNameButNotBehindAMultiplexer() {
    assertThat(Capabilities.of(Map.of("TERM", "xterm-kitty", "LANG", "C.UTF-8")))
        .isEqualTo(new Capabilities(ColorDepth.RGB, true, true, true, true));
    assertThat(Capabilities.of(Map.of("TERM", "xterm-kitty", "AGENT_NO_SYNC", "1")).synchronizes())
        .isFalse();
    assertThat(
            Capabilities.of(
                Map.of(
                    "TERM",
                    "tmux-256color",
                    "TMUX",
                    "x",
                    "TERM_PROGRAM",
                    "ghostty",
                    "LC_ALL",
                    "C.UTF-8")))
        .isEqualTo(new Capabilities(ColorDepth.RGB, false, false, false, true));
    assertThat(Capabilities.of(Map.of("TERM", "xterm", "LC_CTYPE", "C.UTF-8")))
        .isEqualTo(new Capabilities(ColorDepth.ANSI16, false, false, false, true));
  }
}
