package dev.agent.tui.markup;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** The inside of a paragraph, a heading or a cell as spans; LF in a span is a line's end. */
final class InlineText {
  private final Theme theme;
  private final boolean links;
  private final List<Span> spans = new ArrayList<>();

  private InlineText(Theme theme, boolean links) {
    this.theme = theme;
    this.links = links;
  }

  /**
   * The children of a node.
   *
   * @param links whether the terminal shows text as a link; else the address is written out
   */
  static List<Span> of(Node parent, Style base, Theme theme, boolean links) {
    InlineText text = new InlineText(theme, links);
    text.children(parent, base, "");
    return text.spans;
  }

  private void children(Node parent, Style style, String link) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      node(node, style, link);
    }
  }

  private void node(Node node, Style style, String link) {
    switch (node) {
      case Text text -> add(text.getLiteral(), style, link);
      case Code code -> code(code.getLiteral(), style, link);
      case Emphasis _ -> children(node, style.plus(Style.ITALIC), link);
      case StrongEmphasis _ -> children(node, style.plus(Style.BOLD), link);
      case Strikethrough _ -> children(node, style.plus(Style.STRIKE), link);
      case SoftLineBreak _ -> lineBreak(style);
      case HardLineBreak _ -> lineBreak(style);
      case HtmlInline html -> html(html.getLiteral(), style, link);
      case Link target -> link(node, target.getDestination(), style);
      case Image image -> link(node, image.getDestination(), style);
      case TaskListItemMarker _ -> {} // drawn by the list
      default -> children(node, style, link);
    }
  }

  private void add(String text, Style style, String link) {
    if (!text.isEmpty()) {
      String shown = Cells.visible(text).replace('\n', ' ').replace('\t', ' ');
      spans.add(new Span(shown, style, link, false));
    }
  }

  private void lineBreak(Style style) {
    spans.add(Span.of("\n", style));
  }

  /** A theme that gives code no look of its own keeps the marks that the author wrote. */
  private void code(String literal, Style style, String link) {
    Style code = theme.style(Token.CODE);
    if (code.equals(Style.PLAIN)) {
      add("`" + literal + "`", style, link);
    } else {
      add(literal, code.over(style), link);
    }
  }

  /** Tags are shown as they are, but for the line break: tables have no other way to write it. */
  private void html(String literal, Style style, String link) {
    String tag = literal.toLowerCase(Locale.ROOT).replace(" ", "");
    if (tag.equals("<br>") || tag.equals("<br/>")) {
      lineBreak(style);
    } else {
      add(literal, style, link);
    }
  }

  private void link(Node node, String destination, Style style) {
    Style look = theme.style(Token.LINK).over(style);
    Optional<String> target = links ? Links.target(destination) : Optional.empty();
    int first = spans.size();
    children(node, look, target.orElse(""));
    if (spans.size() == first) {
      add(destination, look, target.orElse(""));
    }
    StringBuilder text = new StringBuilder();
    spans.subList(first, spans.size()).forEach(span -> text.append(span.text()));
    if (Links.mustBeTold(text.toString(), destination, target.isPresent())) {
      add(" (" + destination + ")", theme.style(Token.DIM).over(style), target.orElse(""));
    }
  }
}
