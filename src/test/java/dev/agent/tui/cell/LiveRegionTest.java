package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.TestTerminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveRegionTest {
  private static final int RUNS = Integer.getInteger("frames.count", 300);
  private static final long SEED = Long.getLong("frames.seed", 11);
  private static final Capabilities CAPABLE =
      new Capabilities(ColorDepth.RGB, true, true, true, true);

  private TestTerminal terminal = TestTerminal.clustering(20, 6, Cells::width);
  private LiveRegion region = new LiveRegion(20, 6, CAPABLE);
  private final StringBuilder sent = new StringBuilder();

  private static List<Row> rows(String... texts) {
    List<Row> rows = new ArrayList<>();
    for (String text : texts) {
      rows.add(Row.of(text, Style.PLAIN));
    }
    return rows;
  }

  private static LiveRegion.Printed printed(String... texts) {
    return new LiveRegion.Printed(rows(texts), false);
  }

  private String frame(List<LiveRegion.Printed> printed, List<Row> live) {
    Bytes bytes = region.frame(printed, live, 0);
    terminal.feed(bytes.toArray());
    sent.append(bytes);
    return bytes.toString();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>(terminal.lines());
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  @Test
  void whatIsPrintedGoesAboveTheRegionAndScrollsOutOfTheScreen() {
    terminal.feed("$ agent\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    frame(List.of(), rows("---", "> "));
    frame(List.of(printed("one", "two", "three")), rows("---", "> x"));
    frame(List.of(printed("four", "five")), rows("work", "---", "> x"));
    frame(List.of(printed("six")), rows("> x"));

    assertThat(lines())
        .containsExactly("$ agent", "one", "two", "three", "four", "five", "six", "> x");
  }

  @Test
  void anUnchangedRegionCostsNothingAndAKeyCostsItsCharacterAlone() {
    region.cursor(2, 1, CursorShape.DEFAULT);
    frame(List.of(), rows("---", "> "));

    String again = frame(List.of(), rows("---", "> "));
    region.cursor(3, 1, CursorShape.DEFAULT);
    String key = frame(List.of(), rows("---", "> x"));

    assertThat(again).isEmpty();
    assertThat(key).isEqualTo("\33[?2026hx\33[?2026l");
  }

  @Test
  void aPromptIsMarkedForTerminalsThatJumpToPrompts() {
    Row prompt = Row.of(Span.of("> ", Style.PLAIN), Span.of("hi", Style.PLAIN));

    frame(
        List.of(new LiveRegion.Printed(List.of(Row.BLANK, prompt), true), printed("answer")),
        rows("> "));

    assertThat(sent.toString())
        .contains("\33]133;A\33\\> \33]133;B\33\\hi\r\n\33]133;C\33\\answer");
    assertThat(lines()).containsExactly("", "> hi", "answer", ">");
  }

  @Test
  void partingTakesTheRegionAwayAndNothingElse() {
    frame(List.of(printed("one", "two")), rows("a", "b", "c"));
    region.cursor(1, 2, CursorShape.BAR);
    frame(List.of(), rows("a", "b", "c"));

    terminal.feed(region.parting());
    terminal.feed("$ \r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    region.isCleared();
    frame(List.of(printed("three")), rows("a", "b", "c"));

    assertThat(lines()).containsExactly("one", "two", "$", "three", "a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNarrowerTerminalShowsTheRegionOnceWhetherItReflowsOrNot(boolean reflows) {
    region.cursor(4, 2, CursorShape.BAR);
    frame(List.of(printed("one", "two")), rows("--------------------", "> hi", "footer"));

    terminal.resize(8, 6, reflows);
    region.resize(8, 6, reflows);
    region.cursor(4, 1, CursorShape.BAR);
    frame(List.of(), rows("--------", "> hi", "footer"));

    assertThat(lines()).containsExactly("one", "two", "--------", "> hi", "footer");
    assertThat(terminal.cursorX()).isEqualTo(4);
  }

  @Test
  void aTerminalOfWhichNobodyKnowsWhetherItReflowsLosesNothingThatWasPrinted() {
    region.cursor(2, 1, CursorShape.BAR);
    frame(List.of(printed("one", "two")), rows("--------------------", "> hi"));

    terminal.resize(8, 6, true);
    region.resize(8, 6, false);
    frame(List.of(), rows("--------", "> hi"));

    assertThat(lines()).startsWith("one", "two").endsWith("--------", "> hi");
  }

  /**
   * Any sequence of frames and sizes: what was printed stays, in its order and each once, and the
   * region is right.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void randomSequencesKeepWhatWasPrintedAndShowTheRegion(boolean reflows) {
    for (int run = 0; run < RUNS; run++) {
      play(new Random(SEED + run), reflows, true);
    }
  }

  /**
   * Without another width there is nothing on the terminal but what was printed, and the region.
   */
  @Test
  void randomSequencesLeaveNothingBehind() {
    for (int run = 0; run < RUNS; run++) {
      play(new Random(SEED * 31 + run), false, false);
    }
  }

  private void play(Random random, boolean reflows, boolean resizes) {
    int columns = 8 + random.nextInt(40);
    int rows = 3 + random.nextInt(12);
    terminal = TestTerminal.clustering(columns, rows, Cells::width);
    region =
        new LiveRegion(
            columns,
            rows,
            new Capabilities(
                ColorDepth.RGB, random.nextBoolean(), random.nextBoolean(), false, true));
    List<String> wanted = new ArrayList<>();
    int number = 0;
    for (int step = 0; step < 25; step++) {
      switch (random.nextInt(resizes ? 6 : 12)) {
        case 0 -> {
          if (resizes) {
            columns = 8 + random.nextInt(40);
            rows = 3 + random.nextInt(12);
            terminal.resize(columns, rows, reflows);
            region.resize(columns, rows, reflows);
          }
        }
        case 1 -> region.repaint();
        case 2 -> {
          terminal.feed(region.parting());
          wanted.add("$ " + number);
          terminal.feed(
              ("$ " + number++ + "\r\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
          region.isCleared();
        }
        default -> {}
      }
      List<Row> printed = new ArrayList<>();
      for (int i = random.nextInt(4) * random.nextInt(5); i > 0; i--) {
        // Where rows are cut, what is cut off is the terminal's loss.
        Row row = row(random, "p" + number++ + ":", reflows ? columns : 8);
        printed.add(row);
        wanted.add(row.text().stripTrailing());
      }
      List<Row> live = new ArrayList<>();
      for (int i = random.nextInt(rows); i > 0; i--) {
        live.add(row(random, "", columns));
      }
      if (live.isEmpty() || random.nextInt(3) == 0) {
        region.hideCursor();
      } else {
        region.cursor(random.nextInt(columns), random.nextInt(live.size()), CursorShape.BAR);
      }
      String bytes =
          region
              .frame(List.of(new LiveRegion.Printed(printed, random.nextBoolean())), live, 0)
              .toString();
      terminal.feed(bytes.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(bytes)
          .doesNotContain("\33[2J", "\33[3J", "\33[?1049")
          .doesNotContainPattern("\33\\[[0-9;]*[HSTr]");
      check(wanted, live, rows, resizes);
      assertThat(region.frame(List.of(), live, 0).length()).isZero();
    }
  }

  private void check(List<String> wanted, List<Row> live, int rows, boolean resizes) {
    List<String> shown = lines();
    List<String> liveTexts = live.stream().map(it -> it.text().stripTrailing()).toList();
    while (!liveTexts.isEmpty() && liveTexts.getLast().isEmpty()) {
      liveTexts = liveTexts.subList(0, liveTexts.size() - 1);
    }
    List<String> all = new ArrayList<>(wanted);
    all.addAll(liveTexts);
    while (!all.isEmpty() && all.getLast().isEmpty()) {
      all.removeLast();
    }
    if (resizes) {
      assertThat(shown).containsSubsequence(all);
      assertThat(shown.subList(shown.size() - liveTexts.size(), shown.size())).isEqualTo(liveTexts);
      wanted.forEach(
          text -> assertThat(shown.stream().filter(it -> it.equals(text)).count()).isEqualTo(1));
    } else {
      assertThat(shown).isEqualTo(all);
    }
    assertThat(live).hasSizeLessThan(rows);
  }

  private static Row row(Random random, String begin, int width) {
    String[] words = {"word ", "日本", "e\u0301t", "   ", "─────", "👍 ", "x", "code();"};
    List<Span> spans = new ArrayList<>();
    spans.add(Span.of(begin, Style.PLAIN));
    int room = width - begin.length();
    for (int i = random.nextInt(12); i > 0; i--) {
      String word = words[random.nextInt(words.length)];
      if (Cells.width(word) <= room) {
        Style style =
            random.nextInt(3) > 0
                ? Style.PLAIN
                : Style.PLAIN.plus(random.nextBoolean() ? Style.BOLD : Style.UNDERLINE);
        spans.add(new Span(word, style, random.nextInt(6) == 0 ? "https://a.example" : "", false));
        room -= Cells.width(word);
      }
    }
    return new Row(spans, false, Style.PLAIN);
  }

  @Test
  void manyRowsAtOnceArePrintedWhole() {
    String[] texts = IntStream.range(0, 200).mapToObj(it -> "row " + it).toArray(String[]::new);

    frame(List.of(), rows("a", "b", "c", "d", "e"));
    frame(List.of(printed(texts)), rows("a", "b"));

    assertThat(lines()).startsWith(texts).hasSize(202);
  }
}
