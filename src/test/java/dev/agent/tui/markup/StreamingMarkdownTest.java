package dev.agent.tui.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.testing.FakeClock;
import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingMarkdownTest {
  private static final Theme THEME = new Themes().find("dark", Background.DARK).orElseThrow();

  private static final String[] LINES = {
    "",
    "",
    "",
    "",
    "word and word",
    "**bold** and `code`",
    "# Heading",
    "- item",
    "- [x] done",
    "* star",
    "1. one",
    "2. two",
    "7) seven",
    "  nested text",
    "    four blanks",
    "  - nested item",
    "   1. nested number",
    "```java",
    "```",
    "~~~",
    "int x = 1; // one",
    "> quote",
    "> - item in it",
    ">",
    "lazy line",
    "---",
    "===",
    "***",
    "-",
    "- ",
    "| a | b |",
    "|---|:-:|",
    "| 1 | 2 |",
    "a | b",
    "|",
    "<div>",
    "<!-- comment",
    "-->",
    "</div>",
    "<b>x</b>",
    "[label]: https://example.com",
    "[text][label] and [x](y)",
    "https://example.com/a_b_c",
    "\ttab",
    "1.",
    "99. far",
    "  ",
    "[",
    "  ```",
    "    - deep",
    "| --- |",
    "--",
    "<script>",
    "</script>",
    "text\\",
    "&amp; &#27;",
  };

  private final Markdown markdown = new Markdown(new Highlighter(new FakeClock()), true);

  @Test
  void whereverItIsCutTheRowsAtTheEndAreThoseOfTheWhole() {
    for (int seed = 0; seed < 120; seed++) {
      Random random = new Random(seed);
      String text = document(random);
      List<Row> whole = markdown.rows(text, 40, THEME);

      List<List<Row>> seen = stream(text, random, 40);

      assertThat(seen.getLast()).as("seed %d:\n%s", seed, text).isEqualTo(whole);
    }
  }

  @Test
  void rowsOfClosedBlocksNeverChange() {
    for (int seed = 0; seed < 120; seed++) {
      Random random = new Random(seed);
      String text = document(random);
      StreamingMarkdown streaming = markdown.stream();
      List<Row> stable = List.of();
      for (String piece : pieces(text, random)) {
        streaming.append(piece);
        List<Row> rows = streaming.rows(30, THEME);
        assertThat(rows.subList(0, stable.size())).as("seed %d:\n%s", seed, text).isEqualTo(stable);
        stable = rows.subList(0, streaming.stableRows());
      }
    }
  }

  @Test
  void aCutBetweenChunksIsOneBetweenBlocksForTheParser() {
    Parser parser = Markdown.outlineParser();
    for (int seed = 0; seed < 800; seed++) {
      String text = document(new Random(seed)).replace("\r\n", "\n");
      List<Integer> blocks = starts(parser.parse(text));

      Splitter splitter = new Splitter(parser::parse);
      int line = 0;
      List<Integer> begun = new ArrayList<>();
      for (String each : text.split("\n", -1)) {
        int closed = splitter.closed().size();
        boolean open = splitter.kind() != null;
        splitter.line(each);
        boolean isNew = !open || splitter.closed().size() > closed;
        boolean begins = splitter.kind() != null || splitter.closed().size() > closed;
        if (isNew && begins && !each.isBlank() && holdsLine(splitter, each)) {
          begun.add(line);
        }
        line++;
      }

      for (int start : begun) {
        assertThat(blocks).as("seed %d, line %d:\n%s", seed, start, text).contains(start);
      }
    }
  }

  @Test
  void theWorkGrowsWithTheTextAndNotWithItsSquare() throws IOException {
    String answer = MarkdownGoldenTest.sample();
    long once = parsedChars(answer);
    long tenTimes = parsedChars((answer + "\n\n").repeat(10));
    assertThat(tenTimes).isLessThan(11 * once);
    // A code block is read line by line and never goes through the parser.
    String code = "```java\n" + "int counter = 0; // counts\n".repeat(2000) + "```\n";
    assertThat(parsedChars(code)).isZero();
    // Items of one long list are chunks of their own.
    String list = "- an item with some words in it\n".repeat(500);
    assertThat(parsedChars(list)).isLessThan(12L * list.length());
  }

  @Test
  void aFrameParsesTheOpenChunkAtMostOnce() {
    List<String> parsed = new ArrayList<>();
    StreamingMarkdown streaming = counting(parsed, new ArrayList<>()).stream();
    streaming.append("First paragraph.\n\nSecond, still op");
    streaming.rows(40, THEME);
    streaming.rows(40, THEME);
    streaming.append("en");
    streaming.rows(40, THEME);
    streaming.rows(50, THEME);
    assertThat(parsed)
        .containsExactly(
            "First paragraph.", "Second, still op", "Second, still open", "Second, still open");
  }

  @Test
  void anOpenFenceIsCodeAtOnce() {
    StreamingMarkdown streaming = markdown.stream();
    streaming.append("```java\nint **x = 1;");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("int **x = 1;");
    streaming.append("\n``");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("int **x = 1;");
    streaming.append("`\nText");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("int **x = 1;", "", "Text");
  }

  @Test
  void aTableIsDrawnFromItsSecondRow() {
    StreamingMarkdown streaming = markdown.stream();
    streaming.append("| a | b |\n");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("| a | b |");
    streaming.append("|---|--");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("| a | b |");
    streaming.append("-|\n");
    assertThat(texts(streaming.rows(40, THEME)))
        .containsExactly("┌───┬───┐", "│ a │ b │", "└───┴───┘");
    streaming.append("| 1 | 2");
    assertThat(texts(streaming.rows(40, THEME)))
        .containsExactly("┌───┬───┐", "│ a │ b │", "├───┼───┤", "│ 1 │ 2 │", "└───┴───┘");
  }

  @Test
  void whatIsHalfTypedIsText() {
    StreamingMarkdown streaming = markdown.stream();
    streaming.append("See **the");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("See **the");
    streaming.append(" end** of [the gui");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("See the end of [the gui");
    streaming.append("de](https://example.com)\n-");
    assertThat(texts(streaming.rows(40, THEME))).containsExactly("See the end of the guide");
    streaming.append(" item");
    assertThat(texts(streaming.rows(40, THEME)))
        .containsExactly("See the end of the guide", "- item");
  }

  @Test
  void nothingIsAddedAfterTheEnd() {
    StreamingMarkdown streaming = markdown.stream();
    streaming.finish();
    assertThat(streaming.rows(40, THEME)).isEmpty();
    assertThatThrownBy(() -> streaming.append("x")).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc"})
  void everyLineEndIsOne(String text) {
    for (int cut = 0; cut <= text.length(); cut++) {
      StreamingMarkdown streaming = markdown.stream();
      streaming.append(text.substring(0, cut));
      streaming.append(text.substring(cut));
      streaming.finish();
      assertThat(texts(streaming.rows(40, THEME))).containsExactly("a", "b", "", "c");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 3, 7})
  void anyWidthIsDrawn(int columns) throws IOException {
    assertThat(markdown.rows(MarkdownGoldenTest.sample(), columns, THEME)).isNotEmpty();
    for (int seed = 0; seed < 50; seed++) {
      markdown.rows(document(new Random(seed)), columns, THEME);
    }
  }

  @Test
  void noRowIsWiderThanTheScreenAndNoneHoldsControls() throws IOException {
    for (int columns = 8; columns < 60; columns += 3) {
      for (int seed = 0; seed < 8; seed++) {
        String text = MarkdownGoldenTest.sample() + document(new Random(seed));
        for (Row row : markdown.rows(text, columns, THEME)) {
          assertThat(row.width()).as(row.text()).isLessThanOrEqualTo(columns);
          assertThat(row.text().chars().noneMatch(Character::isISOControl)).as(row.text()).isTrue();
          row.spans()
              .forEach(
                  span ->
                      assertThat(span.link().chars().allMatch(c -> c > ' ' && c < 0x7F)).isTrue());
        }
      }
    }
  }

  /** The lines on which something begins that the splitter may cut off. */
  private static List<Integer> starts(Node document) {
    List<Integer> starts = new ArrayList<>();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof ListBlock) {
        for (Node item = node.getFirstChild(); item != null; item = item.getNext()) {
          starts.add(item.getSourceSpans().getFirst().getLineIndex());
        }
      } else if (!node.getSourceSpans().isEmpty()) {
        starts.add(node.getSourceSpans().getFirst().getLineIndex());
      }
    }
    return starts;
  }

  /** Whether the line is where the newest chunk begins, not where one ended. */
  private static boolean holdsLine(Splitter splitter, String line) {
    String newest =
        splitter.kind() == null ? splitter.closed().getLast().text() : splitter.text().toString();
    return newest.equals(line);
  }

  private long parsedChars(String text) {
    List<String> parsed = new ArrayList<>();
    StreamingMarkdown streaming = counting(parsed, parsed).stream();
    for (int at = 0; at < text.length(); at += 12) {
      streaming.append(text.substring(at, Math.min(text.length(), at + 12)));
      streaming.rows(80, THEME);
    }
    streaming.finish();
    streaming.rows(80, THEME);
    return parsed.stream().mapToLong(String::length).sum();
  }

  private static Markdown counting(List<String> parsed, List<String> outlined) {
    return new Markdown(
        new Highlighter(new FakeClock()),
        true,
        into(parsed, Markdown.blocks().build()),
        into(outlined, Markdown.outlineParser()));
  }

  private static Function<String, Node> into(List<String> seen, Parser parser) {
    return text -> {
      seen.add(text);
      return parser.parse(text);
    };
  }

  private List<List<Row>> stream(String text, Random random, int columns) {
    StreamingMarkdown streaming = markdown.stream();
    List<List<Row>> seen = new ArrayList<>();
    for (String piece : pieces(text, random)) {
      streaming.append(piece);
      seen.add(streaming.rows(columns, THEME));
    }
    streaming.finish();
    seen.add(streaming.rows(columns, THEME));
    return seen;
  }

  private static List<String> pieces(String text, Random random) {
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(9));
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }

  private static String document(Random random) {
    StringBuilder text = new StringBuilder();
    int lines = 1 + random.nextInt(25);
    String end = random.nextInt(8) == 0 ? "\r\n" : "\n";
    for (int i = 0; i < lines; i++) {
      text.append(LINES[random.nextInt(LINES.length)]).append(i + 1 < lines ? end : "");
    }
    return text.toString();
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::text).toList();
  }
}
