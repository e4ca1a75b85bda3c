package dev.agent.tui.theme;

import dev.agent.tui.cell.Style;
import java.util.EnumMap;
import java.util.Map;

/** A style for each token. Immutable. */
public final class Theme {
  private final String name;
  private final EnumMap<Token, Style> styles;

  /** Tokens that are not in the map look plain. */
  public Theme(String name, Map<Token, Style> styles) {
    this.name = name;
    this.styles = new EnumMap<>(Token.class);
    for (Token token : Token.values()) {
      this.styles.put(token, styles.getOrDefault(token, Style.PLAIN));
    }
  }

  /** Its name, as settings have it. */
  public String name() {
    return name;
  }

  /** How that looks. */
  public Style style(Token token) {
    return styles.getOrDefault(token, Style.PLAIN);
  }
}
