package dev.agent.tui.cell;

/**
 * How text looks.
 *
 * @param underline the colour of the underline; the default means that of the text
 * @param flags a sum of the constants of this class
 */
public record Style(Color foreground, Color background, Color underline, int flags) {
  public static final int BOLD = 1;
  public static final int DIM = 2;
  public static final int ITALIC = 4;
  public static final int UNDERLINE = 8;
  public static final int INVERSE = 16;
  public static final int STRIKE = 32;

  /** The terminal's own look. */
  public static final Style PLAIN = new Style(Color.DEFAULT, Color.DEFAULT, Color.DEFAULT, 0);

  /** This style on another background. */
  public Style on(Color newBackground) {
    return new Style(foreground, newBackground, underline, flags);
  }

  /** This style with another text colour. */
  public Style with(Color newForeground) {
    return new Style(newForeground, background, underline, flags);
  }

  /** This style with these flags besides its own. */
  public Style plus(int moreFlags) {
    return new Style(foreground, background, underline, flags | moreFlags);
  }

  /** Whether a flag is set. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** This style laid over another one: what it leaves open shows what is below, flags add up. */
  public Style over(Style below) {
    return new Style(
        foreground.isDefault() ? below.foreground : foreground,
        background.isDefault() ? below.background : background,
        underline.isDefault() ? below.underline : underline,
        flags | below.flags);
  }
}
