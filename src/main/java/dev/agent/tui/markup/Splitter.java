package dev.agent.tui.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Cuts Markdown into chunks that mean the same alone as in the whole text, line by line: a line is
 * looked at once, what was closed stays closed. Where the characters of a line don't settle whether
 * it goes on with the open chunk, the parser is asked about that chunk.
 */
final class Splitter {
  private static final List<String> RAW_TAGS =
      List.of("</script>", "</pre>", "</style>", "</textarea>");

  private final Function<String, Node> parser;
  private final List<Chunk> closed = new ArrayList<>();

  private Chunk.@Nullable Kind kind;
  private final StringBuilder text = new StringBuilder();
  private int lines;
  private int blanks;
  private int number = -1;
  private boolean apart;
  private Lines.@Nullable Fence fence;
  private Lines.@Nullable Marker marker;
  private String htmlEnd = "";

  private Chunk.@Nullable Kind kindBefore;
  private boolean gap;

  /** The last block of the top level in a text. */
  private record Last(Node node, int line) {}

  /**
   * @param parser finds the blocks of a text, with the lines they stand on
   */
  Splitter(Function<String, Node> parser) {
    this.parser = parser;
  }

  /** A splitter that goes on from here without changing this one; what is closed is left out. */
  Splitter fork() {
    Splitter fork = new Splitter(parser);
    fork.kind = kind;
    fork.text.append(text);
    fork.lines = lines;
    fork.blanks = blanks;
    fork.number = number;
    fork.apart = apart;
    fork.fence = fence;
    fork.marker = marker;
    fork.htmlEnd = htmlEnd;
    fork.kindBefore = kindBefore;
    fork.gap = gap;
    return fork;
  }

  /** Chunks that will not change any more, in order. */
  List<Chunk> closed() {
    return closed;
  }

  /** The chunk that the next line may go on with. */
  Optional<Chunk> open() {
    Chunk.Kind open = kind;
    return open == null
        ? Optional.empty()
        : Optional.of(new Chunk(open, text.toString(), number, apart));
  }

  /** The kind of the open chunk; null when there is none. */
  Chunk.@Nullable Kind kind() {
    return kind;
  }

  /** The text of the open chunk: its lines with LF between them. */
  CharSequence text() {
    return text;
  }

  /** Whether a blank row stands before the open chunk. */
  boolean isApart() {
    return apart;
  }

  /** Nothing follows. */
  void finish() {
    close();
  }

  /** Reads a line, without its end. */
  void line(String line) {
    Chunk.Kind open = kind;
    if (open == null) {
      if (Lines.isBlank(line)) {
        gap = true;
      } else {
        start(line);
      }
      return;
    }
    switch (open) {
      case FENCE -> fenced(line);
      case HTML -> html(line);
      case INDENTED -> indented(line);
      case ITEM -> item(line);
      case TABLE -> table(line);
      case QUOTE -> quote(line);
      case PARAGRAPH -> paragraph(line);
      case LINE -> restart(line);
    }
  }

  private void start(String line) {
    String body = Lines.body(line);
    Lines.Fence opening = Lines.Fence.of(line);
    Lines.Marker item = Lines.Marker.of(line);
    String end = body.startsWith("<") ? Lines.htmlEnd(body) : "";
    if (Lines.indent(line) >= 4) {
      begin(Chunk.Kind.INDENTED, line);
    } else if (opening != null) {
      begin(Chunk.Kind.FENCE, line);
      fence = opening;
    } else if (Lines.isHeading(body) || Lines.isRule(body)) {
      begin(Chunk.Kind.LINE, line);
      close();
    } else if (item != null) {
      beginItem(item, line);
    } else if (body.startsWith(">")) {
      begin(Chunk.Kind.QUOTE, line);
    } else if (!end.isEmpty()) {
      begin(Chunk.Kind.HTML, line);
      htmlEnd = end;
      if (endsHtml(line)) {
        close();
      }
    } else if (body.startsWith("<") && last(line).node() instanceof HtmlBlock) {
      begin(Chunk.Kind.HTML, line);
    } else {
      begin(Chunk.Kind.PARAGRAPH, line);
    }
  }

  private void begin(Chunk.Kind newKind, String line) {
    boolean first = kindBefore == null;
    boolean mayTouch = newKind == Chunk.Kind.ITEM && kindBefore == Chunk.Kind.PARAGRAPH;
    kind = newKind;
    apart = !first && (gap || !mayTouch);
    gap = false;
    number = -1;
    blanks = 0;
    text.setLength(0);
    text.append(line);
    lines = 1;
    htmlEnd = "";
    fence = null;
  }

  private void beginItem(Lines.Marker item, String line) {
    Lines.Marker before = marker;
    boolean sameList =
        kindBefore == Chunk.Kind.ITEM && before != null && before.kind() == item.kind();
    int next = sameList && item.number() >= 0 ? number + 1 : item.number();
    boolean touches = sameList && !gap;
    begin(Chunk.Kind.ITEM, line);
    apart &= !touches;
    number = next;
    marker = item;
  }

  private void add(String line) {
    text.repeat('\n', blanks + 1).append(line);
    lines += blanks + 1;
    blanks = 0;
  }

  private void close() {
    Chunk.Kind open = kind;
    if (open != null) {
      closed.add(new Chunk(open, text.toString(), number, apart));
      gap |= blanks > 0;
      kindBefore = open;
      kind = null;
      fence = null;
    }
  }

  private void closeAtBlank() {
    close();
    gap = true;
  }

  private void restart(String line) {
    close();
    start(line);
  }

  private void fenced(String line) {
    Lines.Fence open = fence;
    add(line);
    if (open != null && open.isClosedBy(line)) {
      close();
    }
  }

  private void html(String line) {
    if (htmlEnd.isEmpty() && Lines.isBlank(line)) {
      closeAtBlank();
      return;
    }
    add(line);
    if (!htmlEnd.isEmpty() && endsHtml(line)) {
      close();
    }
  }

  private boolean endsHtml(String line) {
    if (!htmlEnd.equals("</")) {
      return line.contains(htmlEnd);
    }
    String lower = line.toLowerCase(Locale.ROOT);
    return RAW_TAGS.stream().anyMatch(lower::contains);
  }

  private void indented(String line) {
    if (Lines.isBlank(line)) {
      blanks++;
    } else if (Lines.indent(line) >= 4) {
      add(line);
    } else {
      restart(line);
    }
  }

  private void item(String line) {
    Lines.Marker open = marker;
    if (Lines.isBlank(line)) {
      // An item may begin with one empty line, not with two.
      if (open != null && open.isEmpty() && lines == 1) {
        closeAtBlank();
      } else {
        blanks++;
      }
    } else if (open != null && Lines.indent(line) >= open.content()) {
      add(line);
    } else if (blanks > 0
        || (Lines.Marker.of(line) != null && !Lines.isRule(Lines.body(line)))
        || beginsHere(line)) {
      restart(line);
    } else {
      add(line);
    }
  }

  private void table(String line) {
    String body = Lines.body(line);
    if (Lines.isBlank(line)) {
      closeAtBlank();
    } else if (body.strip().equals("|") || (body.indexOf('|') < 0 && beginsHere(line))) {
      restart(line);
    } else {
      add(line);
    }
  }

  private void quote(String line) {
    if (Lines.isBlank(line)) {
      closeAtBlank();
    } else if (Lines.indent(line) <= 3 && Lines.body(line).startsWith(">")) {
      add(line);
    } else if (beginsHere(line)) {
      restart(line);
    } else {
      add(line);
    }
  }

  private void paragraph(String line) {
    String body = Lines.body(line);
    if (Lines.isBlank(line)) {
      closeAtBlank();
    } else if (Lines.indent(line) >= 4) {
      add(line);
    } else if (Lines.Fence.of(line) != null || Lines.isHeading(body) || body.startsWith(">")) {
      restart(line);
    } else if (Lines.isUnderline(body) || Lines.isDelimiter(body)) {
      underlined(line);
    } else if (Lines.isRule(body)) {
      restart(line);
    } else {
      Lines.Marker item = Lines.Marker.of(line);
      boolean begins =
          item == null
              ? body.startsWith("<") && beginsHere(line) && !isParagraphLast(line)
              : item.interruptsParagraph()
                  || (text.charAt(0) == '[' && beginsHere(line) && !isParagraphLast(line));
      if (begins) {
        restart(line);
      } else {
        add(line);
      }
    }
  }

  /** A line of dashes: a heading, a table, a rule, an item, or just text. */
  private void underlined(String line) {
    Last last = last(text + "\n" + line);
    if (last.node() instanceof Heading || last.node() instanceof ThematicBreak) {
      add(line);
      close();
    } else if (last.node() instanceof TableBlock) {
      add(line);
      kind = Chunk.Kind.TABLE;
    } else if (last.line() == lines && !(last.node() instanceof Paragraph)) {
      restart(line);
    } else {
      add(line);
    }
  }

  private boolean isParagraphLast(String line) {
    return last(text + "\n" + line).node() instanceof Paragraph;
  }

  /** Whether a block begins with this line, if it follows the open chunk. */
  private boolean beginsHere(String line) {
    return last(text + "\n" + line).line() == lines;
  }

  private Last last(String source) {
    Node document = parser.apply(source);
    Node node = document.getLastChild();
    if (node == null) {
      return new Last(document, 0);
    }
    return new Last(
        node,
        node.getSourceSpans().isEmpty() ? 0 : node.getSourceSpans().getFirst().getLineIndex());
  }
}
