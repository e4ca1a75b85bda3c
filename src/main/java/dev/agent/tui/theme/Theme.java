package dev.agent.tui.theme;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Style;
import java.util.EnumMap;
import java.util.Map;

/** A style for each token. Immutable. */
public final class Theme {
  private final String name;
  private final EnumMap<Token, Style> styles;
  private final Color background;
  private final Color foreground;
  private final boolean monochrome;

  /** Tokens that are not in the map look plain. */
  public Theme(String name, Map<Token, Style> styles) {
    this(name, styles, Color.DEFAULT, Color.DEFAULT);
  }

  /**
   * A theme that was made for a terminal of these colours. They are never sent; contrasts are
   * measured against them.
   */
  public Theme(String name, Map<Token, Style> styles, Color background, Color foreground) {
    this.name = name;
    this.background = background;
    this.foreground = foreground;
    this.styles = new EnumMap<>(Token.class);
    boolean colourless = true;
    for (Token token : Token.values()) {
      Style style = styles.getOrDefault(token, Style.PLAIN);
      colourless &=
          style.foreground().isDefault()
              && style.background().isDefault()
              && style.underline().isDefault();
      this.styles.put(token, style);
    }
    this.monochrome = colourless;
  }

  /** Its name, as settings have it. */
  public String name() {
    return name;
  }

  /** How that looks. */
  public Style style(Token token) {
    return styles.getOrDefault(token, Style.PLAIN);
  }

  /** The background it was made for; the default where it suits any. */
  public Color assumedBackground() {
    return background;
  }

  /** The text colour it was made for; the default where it suits any. */
  public Color assumedForeground() {
    return foreground;
  }

  /** Whether no token has a colour: what comes with colours of its own must lose them as well. */
  public boolean isMonochrome() {
    return monochrome;
  }
}
