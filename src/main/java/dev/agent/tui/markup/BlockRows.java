package dev.agent.tui.markup;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.ThematicBreak;

/** Parsed blocks as rows of one theme. */
final class BlockRows {
  /** Less room than this is not worth an indent. */
  private static final int LEAST_COLUMNS = 8;

  private static final Span NO_HANG = Span.decoration("", Style.PLAIN);

  private final Theme theme;
  private final boolean links;
  private final Highlighter highlighter;

  BlockRows(Theme theme, boolean links, Highlighter highlighter) {
    this.theme = theme;
    this.links = links;
    this.highlighter = highlighter;
  }

  /**
   * The blocks inside of a node, one below the other; a blank row where the author left one.
   *
   * @param number that of the first item, where the first block is a numbered list
   */
  List<Row> children(Node parent, int columns, int number) {
    return children(parent, columns, Style.PLAIN, number);
  }

  private List<Row> children(Node parent, int columns, Style base, int number) {
    List<Row> rows = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      List<Row> block = block(node, columns, base, number);
      if (!rows.isEmpty() && !block.isEmpty() && isApart(node)) {
        rows.add(Row.BLANK);
      }
      rows.addAll(block);
    }
    return rows;
  }

  /** Whether a blank row belongs between a block and the one before it. */
  private static boolean isApart(Node node) {
    Node before = node.getPrevious();
    if (before == null) {
      return false;
    }
    boolean mayTouch =
        node.getParent() instanceof ListBlock
            || (before instanceof Paragraph && node instanceof ListBlock)
            || before instanceof LinkReferenceDefinition
            || node.getParent() instanceof ListItem;
    return !mayTouch || firstLine(node) > lastLine(before) + 1;
  }

  private static int firstLine(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty() ? 0 : spans.getFirst().getLineIndex();
  }

  private static int lastLine(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty() ? 0 : spans.getLast().getLineIndex();
  }

  private List<Row> block(Node node, int columns, Style base, int number) {
    return switch (node) {
      case Heading heading -> heading(heading, columns, base);
      case BlockQuote _ -> quote(node, columns);
      case BulletList _ -> list(node, columns, base, -1);
      case OrderedList list -> {
        Integer start = list.getMarkerStartNumber();
        yield list(node, columns, base, number >= 0 ? number : start == null ? 1 : start);
      }
      case FencedCodeBlock code -> code(code.getLiteral(), code.getInfo(), columns);
      case IndentedCodeBlock code -> code(code.getLiteral(), "", columns);
      case ThematicBreak _ ->
          List.of(Row.of(Span.decoration("─".repeat(columns), theme.style(Token.RULE))));
      case TableBlock table -> new TableRows(theme, links).rows(table, columns, base);
      case HtmlBlock html -> lines(html.getLiteral(), columns, theme.style(Token.DIM).over(base));
      case LinkReferenceDefinition definition -> definition(definition, columns, base);
      case TaskListItemMarker _ -> List.of(); // drawn as the item's marker
      default -> wrap(InlineText.of(node, base, theme, links), columns);
    };
  }

  private List<Row> heading(Heading heading, int columns, Style base) {
    Style style = theme.style(Token.HEADING).over(base);
    if (heading.getLevel() == 1) {
      style = style.plus(Style.UNDERLINE);
    }
    return wrap(InlineText.of(heading, style, theme, links), columns);
  }

  private List<Row> quote(Node quote, int columns) {
    Style style = theme.style(Token.QUOTE);
    Span bar = Span.decoration("▎ ", theme.style(Token.RULE));
    int inside = columns - bar.width();
    if (inside < LEAST_COLUMNS) {
      return children(quote, columns, style, -1);
    }
    return children(quote, inside, style, -1).stream().map(row -> row.after(bar)).toList();
  }

  private List<Row> list(Node list, int columns, Style base, int number) {
    List<Row> rows = new ArrayList<>();
    int next = number;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (!rows.isEmpty() && isApart(item)) {
        rows.add(Row.BLANK);
      }
      rows.addAll(item(item, columns, base, next));
      next += next >= 0 ? 1 : 0;
    }
    return rows;
  }

  private List<Row> item(Node item, int columns, Style base, int number) {
    Span marker = marker(item, base, number);
    int inside = columns - marker.width();
    if (inside < LEAST_COLUMNS) {
      List<Row> rows = new ArrayList<>(wrap(List.of(marker), columns));
      rows.addAll(children(item, columns, base, -1));
      return rows;
    }
    Span indent = Span.of(" ".repeat(marker.width()), Style.PLAIN);
    Span hang = Span.decoration(indent.text(), Style.PLAIN);
    List<Row> rows = new ArrayList<>();
    for (Node node = item.getFirstChild(); node != null; node = node.getNext()) {
      boolean isCode = node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock;
      List<Row> block = block(node, inside, base, -1);
      if (!rows.isEmpty() && !block.isEmpty() && isApart(node)) {
        rows.add(Row.BLANK);
      }
      for (Row row : block) {
        // What wraps, code, and what has borders is copied without the indent; other lines with it.
        boolean bare = isCode || row.continues() || startsDecorated(row);
        rows.add(rows.isEmpty() ? row.after(marker) : row.after(bare ? hang : indent));
      }
    }
    return rows.isEmpty() ? wrap(List.of(marker), columns) : rows;
  }

  private static boolean startsDecorated(Row row) {
    return row.spans().isEmpty() || row.spans().getFirst().decoration();
  }

  private Span marker(Node item, Style base, int number) {
    if (item.getFirstChild() instanceof TaskListItemMarker box) {
      return box.isChecked()
          ? Span.of("☑ ", theme.style(Token.SUCCESS).over(base))
          : Span.of("☐ ", theme.style(Token.DIM).over(base));
    }
    return Span.of(number < 0 ? "- " : number + ". ", theme.style(Token.DIM).over(base));
  }

  private List<Row> code(String literal, String info, int columns) {
    CodeRows code = new CodeRows(highlighter.session(info), columns, theme);
    String lines = literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
    for (String line : lines.split("\n", -1)) {
      code.line(line);
    }
    return code.rows();
  }

  private List<Row> definition(LinkReferenceDefinition definition, int columns, Style base) {
    String address = definition.getDestination();
    Style dim = theme.style(Token.DIM).over(base);
    String link = links ? Links.target(address).orElse("") : "";
    String label = Cells.visible("[" + definition.getLabel() + "]: ").replace('\n', ' ');
    String shown = Cells.visible(address).replace('\n', ' ');
    return wrap(
        List.of(
            Span.of(label, dim), new Span(shown, theme.style(Token.LINK).over(base), link, false)),
        columns);
  }

  private static List<Row> lines(String literal, int columns, Style style) {
    List<Row> rows = new ArrayList<>();
    for (String line : literal.stripTrailing().split("\n", -1)) {
      String shown = Cells.expandTabs(Cells.visible(line), CodeRows.TAB);
      rows.addAll(wrap(List.of(Span.of(shown, style)), columns));
    }
    return rows;
  }

  private static List<Row> wrap(List<Span> spans, int columns) {
    return Wrapping.wrap(spans, columns, NO_HANG);
  }
}
