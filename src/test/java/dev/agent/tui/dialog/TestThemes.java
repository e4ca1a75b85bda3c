package dev.agent.tui.dialog;

import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import java.util.List;

/** The themes in which pictures are taken. */
final class TestThemes {
  static final Theme DARK = theme("dark");
  static final Theme LIGHT = theme("light");
  static final Theme MONO = theme("mono");
  static final List<Theme> ALL = List.of(DARK, LIGHT, MONO);

  private TestThemes() {}

  private static Theme theme(String name) {
    return new Themes().find(name, Background.DARK).orElseThrow();
  }
}
