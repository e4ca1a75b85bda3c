package dev.agent.tui.dialog;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.List;
import java.util.Map;

/** Three themes that tell the tokens of dialogs apart. */
final class TestThemes {
  static final Theme DARK =
      new Theme(
          "dark",
          Map.of(
              Token.DIM, fg(0x909090),
              Token.ACCENT, fg(0xd7875f),
              Token.RULE, fg(0x585858),
              Token.SELECTED, fg(0xd7875f).plus(Style.BOLD),
              Token.WARNING, fg(0xffd75f),
              Token.ERROR, fg(0xff5f5f),
              Token.SUCCESS, fg(0x5fd787),
              Token.HEADING, Style.PLAIN.plus(Style.BOLD),
              Token.MATCH, fg(0xffd75f).plus(Style.UNDERLINE)));
  static final Theme LIGHT =
      new Theme(
          "light",
          Map.of(
              Token.DIM, fg(0x606060),
              Token.ACCENT, fg(0x9a4a1f),
              Token.RULE, fg(0xb0b0b0),
              Token.SELECTED, fg(0x9a4a1f).plus(Style.BOLD),
              Token.WARNING, fg(0x7a5a00),
              Token.ERROR, fg(0xb00020),
              Token.SUCCESS, fg(0x1f6f3f),
              Token.HEADING, Style.PLAIN.plus(Style.BOLD),
              Token.MATCH, fg(0x7a5a00).plus(Style.UNDERLINE)));
  static final Theme MONO =
      new Theme(
          "mono",
          Map.of(
              Token.DIM, Style.PLAIN.plus(Style.DIM),
              Token.RULE, Style.PLAIN.plus(Style.DIM),
              Token.SELECTED, Style.PLAIN.plus(Style.BOLD),
              Token.WARNING, Style.PLAIN.plus(Style.BOLD),
              Token.HEADING, Style.PLAIN.plus(Style.BOLD),
              Token.MATCH, Style.PLAIN.plus(Style.UNDERLINE)));
  static final List<Theme> ALL = List.of(DARK, LIGHT, MONO);

  private TestThemes() {}

  private static Style fg(int rgb) {
    return Style.PLAIN.with(Color.rgb(rgb));
  }
}
