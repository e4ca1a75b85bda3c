package dev.agent.tui.markup;

import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.EnumMap;
import java.util.List;

/** The looks of code on one ground. */
final class SyntaxStyles {
  private final Style base;
  private final EnumMap<Token, Style> styles = new EnumMap<>(Token.class);

  /**
   * @param base what has no class; its background is below all others
   */
  SyntaxStyles(Theme theme, Style base) {
    this.base = base;
    for (Token token : Token.values()) {
      styles.put(token, theme.style(token).over(base));
    }
  }

  /** How text without a class looks. */
  Style base() {
    return base;
  }

  /** How a class looks. */
  Style style(Token token) {
    return styles.getOrDefault(token, base);
  }

  /** A line in the colours of its runs. */
  List<Span> spans(String line, List<Highlighter.Run> runs) {
    SpanBuilder spans = new SpanBuilder(line);
    for (Highlighter.Run run : runs) {
      spans.to(run.start(), base);
      spans.to(run.end(), style(run.token()));
    }
    spans.to(line.length(), base);
    return spans.done();
  }
}
