package dev.agent.tui.view;

import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.time.ZoneId;

/** How views look: colours, signs, and the zone that times are shown in. */
public record Look(Theme theme, Glyphs glyphs, ZoneId zone) {

  /** How something looks. */
  public Style style(Token token) {
    return theme.style(token);
  }

  /** The same in bold. */
  Style bold(Token token) {
    return theme.style(token).plus(Style.BOLD);
  }

  /** A dot between blanks. */
  String separator() {
    return " " + glyphs.dot() + " ";
  }

  /** How a sign with a blank behind it looks: an underline would run into the text. */
  Style sign(Token token) {
    Style style = theme.style(token);
    return new Style(
        style.foreground(),
        style.background(),
        style.underline(),
        style.flags() & ~(Style.UNDERLINE | Style.INVERSE));
  }
}
