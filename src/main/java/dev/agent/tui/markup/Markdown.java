package dev.agent.tui.markup;

import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Theme;
import java.util.List;
import java.util.function.Function;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Markdown as rows: CommonMark with tables, task lists, strikethrough and bare addresses. Immutable
 * and thread-safe.
 *
 * <p>A text is understood chunk by chunk ({@link Splitter}), whether it comes whole or in pieces,
 * so that both give the same rows. The price: a reference such as {@code [text][1]} is resolved
 * within its own chunk only; otherwise it stays as it was written, as do definitions.
 */
public final class Markdown {
  /** Deeper nesting is taken as text: it is no answer, and every level costs stack. */
  private static final int MAX_NESTING = 40;

  private static final List<Extension> EXTENSIONS =
      List.of(
          TablesExtension.create(),
          TaskListItemsExtension.create(),
          StrikethroughExtension.create(),
          AutolinkExtension.create());

  private final Highlighter highlighter;
  private final boolean links;
  private final Function<String, Node> parser;
  private final Function<String, Node> outline;

  /**
   * @param links whether the terminal shows text as a link (OSC 8); else addresses are written out
   */
  public Markdown(Highlighter highlighter, boolean links) {
    this(highlighter, links, blocks().build()::parse, outlineParser()::parse);
  }

  /**
   * @param parser understands a chunk
   * @param outline finds blocks and the lines they stand on, no more
   */
  Markdown(
      Highlighter highlighter,
      boolean links,
      Function<String, Node> parser,
      Function<String, Node> outline) {
    this.highlighter = highlighter;
    this.links = links;
    this.parser = parser;
    this.outline = outline;
  }

  static Parser.Builder blocks() {
    return Parser.builder()
        .extensions(EXTENSIONS)
        .includeSourceSpans(IncludeSourceSpans.BLOCKS)
        .maxOpenBlockParsers(MAX_NESTING)
        .maxInlineNesting(MAX_NESTING);
  }

  static Parser outlineParser() {
    return blocks().inlineParserFactory(_ -> (_, _) -> {}).build();
  }

  /** The rows of a whole text. */
  public List<Row> rows(String text, int columns, Theme theme) {
    StreamingMarkdown streaming = stream();
    streaming.append(text);
    streaming.finish();
    return streaming.rows(columns, theme);
  }

  /** An empty text that will grow. */
  public StreamingMarkdown stream() {
    return new StreamingMarkdown(this, new Splitter(outline));
  }

  Node parse(Chunk chunk) {
    return parser.apply(chunk.text());
  }

  /** The rows of a parsed chunk, without the blank row before it. */
  List<Row> rows(Node document, int number, int columns, Theme theme) {
    return new BlockRows(theme, links, highlighter).children(document, columns, number);
  }

  /** The rows of a code block of the top level, to be filled line by line. */
  CodeRows code(Lines.Fence fence, int columns, Theme theme) {
    return new CodeRows(highlighter.session(fence.info()), columns, theme);
  }
}
