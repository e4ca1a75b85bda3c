package dev.agent.tui.cell;

/**
 * A piece of one row in one style. The text holds no control characters; what comes from tools and
 * models is cleaned before it becomes a span.
 *
 * @param link where a click leads; empty = nowhere
 * @param decoration drawn for the eye only (a gutter, a border, a label): left out when the person
 *     copies the text
 */
public record Span(String text, Style style, String link, boolean decoration) {

  /** Text that is copied and leads nowhere. */
  public static Span of(String text, Style style) {
    return new Span(text, style, "", false);
  }

  /** Something for the eye only. */
  public static Span decoration(String text, Style style) {
    return new Span(text, style, "", true);
  }

  /** How many columns it takes. */
  public int width() {
    return Cells.width(text);
  }
}
