package dev.agent.tui.markup;

import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.commonmark.node.Document;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * Markdown that arrives in pieces. What is closed is parsed once and its rows never change; only
 * the open chunk is parsed again, at most once for each call of {@link #rows}. The rows at the end
 * are those of the whole text, wherever it was cut. Belongs to one thread.
 */
public final class StreamingMarkdown {
  /**
   * A line of nothing else may still become a heading's underline, a fence, a table's second row.
   */
  private static final Pattern MARKS = Pattern.compile("[-=_*+~`#>|:\\s]+");

  private final Markdown markdown;
  private final Splitter splitter;
  private final List<Node> parsed = new ArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private boolean afterReturn;
  private boolean finished;

  private int columns = -1;
  private @Nullable Theme theme;
  private final List<Row> stable = new ArrayList<>();
  private int drawn;
  private @Nullable FencedCode openCode;
  private @Nullable List<Row> current;

  StreamingMarkdown(Markdown markdown, Splitter splitter) {
    this.markdown = markdown;
    this.splitter = splitter;
  }

  /**
   * Adds text.
   *
   * @throws IllegalStateException after {@link #finish}
   */
  public void append(String delta) {
    if (finished) {
      throw new IllegalStateException("the text is finished");
    }
    int start = 0;
    for (int i = 0; i < delta.length(); i++) {
      char c = delta.charAt(i);
      if (c == '\n' && afterReturn) {
        start = i + 1;
      } else if (c == '\n' || c == '\r') {
        partial.append(delta, start, i);
        endLine();
        start = i + 1;
      }
      afterReturn = c == '\r';
    }
    partial.append(delta, start, delta.length());
    current = null;
  }

  /** Nothing more will come: the last line means what it says. */
  public void finish() {
    if (!finished) {
      if (!partial.isEmpty()) {
        endLine();
      }
      splitter.finish();
      finished = true;
      current = null;
    }
  }

  /** The rows of all text so far. The list is not changed later. */
  public List<Row> rows(int newColumns, Theme newTheme) {
    int wanted = Math.max(1, newColumns);
    if (wanted != columns || newTheme != theme) {
      columns = wanted;
      theme = newTheme;
      stable.clear();
      drawn = 0;
      openCode = null;
      current = null;
    }
    List<Row> known = current;
    if (known != null) {
      return known;
    }
    drawClosed(newTheme);
    List<Row> rows = new ArrayList<>(stable);
    drawOpen(rows, newTheme);
    current = List.copyOf(rows);
    return current;
  }

  /** How many rows of the last {@link #rows} never change at that width, from the first on. */
  public int stableRows() {
    return stable.size();
  }

  private void endLine() {
    splitter.line(partial.toString());
    partial.setLength(0);
  }

  private void drawClosed(Theme look) {
    List<Chunk> closed = splitter.closed();
    for (; drawn < closed.size(); drawn++) {
      Chunk chunk = closed.get(drawn);
      if (drawn == parsed.size()) {
        parsed.add(chunk.kind() == Chunk.Kind.FENCE ? new Document() : markdown.parse(chunk));
      }
      List<Row> rows;
      if (chunk.kind() == Chunk.Kind.FENCE) {
        FencedCode code = openCode == null ? code(chunk.text(), look) : openCode;
        code.read(chunk.text());
        rows = code.rows("");
      } else {
        rows = markdown.rows(parsed.get(drawn), chunk.number(), columns, look);
      }
      openCode = null;
      add(stable, rows, chunk.apart());
    }
  }

  private void drawOpen(List<Row> rows, Theme look) {
    String line = MARKS.matcher(partial).matches() ? "" : partial.toString();
    if (splitter.kind() == Chunk.Kind.FENCE) {
      FencedCode code = openCode == null ? code(splitter.text(), look) : openCode;
      openCode = code;
      code.read(splitter.text());
      add(rows, code.rows(line), splitter.isApart());
      return;
    }
    List<Chunk> chunks = new ArrayList<>();
    if (line.isEmpty()) {
      splitter.open().ifPresent(chunks::add);
    } else {
      Splitter fork = splitter.fork();
      fork.line(line);
      fork.finish();
      chunks.addAll(fork.closed());
    }
    for (Chunk chunk : chunks) {
      if (chunk.kind() != Chunk.Kind.FENCE) {
        Node document = markdown.parse(chunk);
        add(rows, markdown.rows(document, chunk.number(), columns, look), chunk.apart());
      }
    }
  }

  private FencedCode code(CharSequence text, Theme look) {
    int end = FencedCode.lineEnd(text, 0);
    String first = text.subSequence(0, end).toString();
    Lines.Fence fence = Objects.requireNonNull(Lines.Fence.of(first));
    return new FencedCode(fence, markdown.code(fence, columns, look));
  }

  private static void add(List<Row> rows, List<Row> more, boolean apart) {
    if (!more.isEmpty()) {
      if (apart && !rows.isEmpty()) {
        rows.add(Row.BLANK);
      }
      rows.addAll(more);
    }
  }
}
