package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.loop.AgentEvent;
import dev.agent.message.Usage;
import dev.agent.tool.Display;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpilledTranscriptTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

  /** Pages and texts by their numbers; may forget all of them. */
  private static final class Shelf implements PageStore {
    private final List<byte[]> pages = new ArrayList<>();
    private int reads;
    private boolean burnt;

    @Override
    public Optional<Kept> keep(byte[] page) {
      int number = pages.size();
      pages.add(page.clone());
      return Optional.of(
          () -> {
            reads++;
            if (burnt) {
              throw new IOException("it burnt down");
            }
            return pages.get(number);
          });
    }
  }

  private final Shelf shelf = new Shelf();
  private final Transcript spilling = new Transcript(shelf);
  private final Transcript whole = new Transcript();

  private void both(Content content) {
    long _ = spilling.add(content, NOON, "model-name");
    long _ = whole.add(content, NOON, "model-name");
  }

  private static Content.Answer answer(String text) {
    return new Content.Answer(Source.of(text), false);
  }

  private void many(int count) {
    for (int i = 0; i < count; i++) {
      both(answer("block " + i + " has\nsome lines\n" + "and words ".repeat(i % 40)));
    }
  }

  private static List<String> rows(VirtualTranscript window, int width, int height) {
    return window.view(width, height).stream().map(line -> line.row().text()).toList();
  }

  private VirtualTranscript window(Transcript of) {
    return new VirtualTranscript(of, TranscriptFeedTest.renderer());
  }

  @Test
  void blocksOfEveryKindComeBackAsTheyWere() {
    List<String> kept = new ArrayList<>();
    SourceStore store =
        text -> {
          kept.add(text);
          return Optional.of(() -> text);
        };
    Source text = Source.of("zwei\nZeilen ÄÖ 日本 half \uD83D");
    Source large = Source.of("large\n".repeat(20_000), store);
    Content.Result lines = new Content.Result.Lines("3 files", text, Content.Part.LAST);
    Content.Call call =
        new Content.Call(
            "id",
            "Bash",
            new ToolTitle("Bash", "make"),
            Content.State.FAILED,
            1234,
            Duration.ofMillis(5678),
            "last word",
            lines);
    List<Content> all =
        List.of(
            new Content.Header("agent 1", "model", "/home", List.of("a", "b")),
            new Content.Prompt(text, List.of("[image/png]")),
            answer("plain"),
            new Content.Answer(large, true),
            new Content.Thinking(text, Duration.ofNanos(7), false),
            call,
            new Content.Run(List.of(call, new Content.Thought(text, Duration.ofSeconds(4)), call)),
            new Content.Notice(AgentEvent.Level.ERROR, "text", "hint"),
            new Content.Interrupted(),
            new Content.Summary(
                Duration.ofSeconds(9),
                new Usage(1, 2, 3, 4, 5, 6, 1L << 40),
                Optional.of(new BigDecimal("0.1200"))),
            new Content.Summary(Duration.ZERO, Usage.ZERO, Optional.empty()),
            new Content.Shell("ls", Content.State.DONE, 5, Duration.ZERO, "", lines),
            new Content.Memory("note", "AGENTS.md"),
            new Content.Aside("why?", large),
            new Content.Gone(),
            withResult(
                call,
                new Content.Result.Change(
                    new Display.Diff(
                        "a.txt",
                        List.of(new Display.Hunk(1, 2, 3, 4, List.of(" a", "-b", "+c"))),
                        true))),
            withResult(
                call,
                new Content.Result.Grid(
                    new Display.Table(List.of("x", "y"), List.of(List.of("1", "2"))))),
            withResult(
                call,
                new Content.Result.Tasks(
                    new Display.Todos(List.of(new Display.Todo("do", "doing", "pending"))))));
    List<Block> blocks = new ArrayList<>();
    for (Content content : all) {
      blocks.add(
          new Block(7 + blocks.size(), 3, blocks.size() % 2 == 0, true, NOON, "model", content));
    }
    List<SourceStore.Kept> held = new ArrayList<>();

    byte[] bytes = BlockCodec.write(blocks, held);
    List<Block> read = BlockCodec.read(bytes, blocks.size(), 7, held);

    assertThat(read).usingRecursiveComparison().isEqualTo(blocks);
    assertThat(bytes.length).isLessThan(20_000);
    assertThat(((Content.Answer) read.get(3).content()).text().text()).isEqualTo(kept.getFirst());
  }

  private static Content.Call withResult(Content.Call call, Content.Result result) {
    return new Content.Call(
        call.id(),
        call.tool(),
        call.title(),
        call.state(),
        call.startedAt(),
        call.elapsed(),
        call.progress(),
        result);
  }

  @Test
  void cutBytesAreToldAndNothingElse() {
    List<Block> blocks =
        List.of(new Block(0, 0, false, false, NOON, "model", answer("text 日本 of a block")));
    byte[] bytes = BlockCodec.write(blocks, new ArrayList<>());
    for (int end = 0; end < bytes.length; end++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, end);
      assertThatThrownBy(() -> BlockCodec.read(cut, 1, 0, List.of()))
          .isInstanceOfAny(IndexOutOfBoundsException.class, IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsFarFromTheWindowIsNotInMemory() {
    many(2_000);

    assertThat(shelf.pages.size()).isEqualTo(2_000 / Page.BLOCKS + 1 - Pages.IN_MEMORY);
    assertThat(shelf.reads).isZero();
  }

  @Test
  void scrollingThroughAllOfItShowsWhatAWholeTranscriptShows() {
    many(800);
    VirtualTranscript one = window(spilling);
    VirtualTranscript other = window(whole);
    assertThat(rows(one, 40, 20)).isEqualTo(rows(other, 40, 20));
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      int by = random.nextInt(120) - 80;
      one.scroll(by);
      other.scroll(by);
      assertThat(rows(one, 40, 20)).isEqualTo(rows(other, 40, 20));
    }
    one.toTop();
    other.toTop();
    assertThat(rows(one, 40, 20)).isEqualTo(rows(other, 40, 20)).contains("● block 0 has");
    assertThat(shelf.reads).isPositive();
  }

  @Test
  void anotherWidthReadsNothingBackButWhatIsShown() {
    many(2_000);
    VirtualTranscript one = window(spilling);
    VirtualTranscript other = window(whole);
    for (int width : new int[] {80, 33, 61, 120}) {
      assertThat(rows(one, width, 20)).isEqualTo(rows(other, width, 20));
      assertThat(one.extent()).isEqualTo(other.extent());
    }
    assertThat(shelf.reads).isZero();
  }

  @Test
  void anotherWidthLeavesWhatIsReadWhereItIs() {
    many(2_000);
    VirtualTranscript one = window(spilling);
    rows(one, 80, 20);
    one.toTop();
    one.scroll(900);
    String first = rows(one, 80, 20).getFirst();
    rows(one, 31, 20);
    many(500);

    assertThat(rows(one, 80, 20).getFirst()).isEqualTo(first);
  }

  @Test
  void aChangeOfWhatIsElsewhereIsKept() {
    many(1_000);
    spilling.unfold(5, true);
    spilling.replace(6, answer("another one"));
    lookAtAll();
    int written = shelf.pages.size();
    lookAtAll();

    assertThat(shelf.pages.size()).as("what was only read is not written again").isEqualTo(written);
    assertThat(spilling.at(5).isUnfolded()).isTrue();
    assertThat(Texts.of(spilling.at(6).content())).isEqualTo("another one");
    long size = spilling.size(6);
    lookAtAll();
    assertThat(spilling.size(6)).isEqualTo(size);
  }

  private void lookAtAll() {
    for (int place = 0; place < spilling.size(); place++) {
      assertThat(spilling.at(place).id()).isEqualTo(place);
    }
  }

  @Test
  void whatCantBeReadBackIsToldInItsPlace() {
    many(1_000);
    shelf.burnt = true;

    assertThat(spilling.size()).isEqualTo(1_000);
    assertThat(spilling.at(40).content()).isInstanceOf(Content.Gone.class);
    assertThat(Texts.of(spilling.at(32).content())).contains("it burnt down");
    assertThat(Texts.of(spilling.at(999).content())).startsWith("block 999");
    VirtualTranscript one = window(spilling);
    rows(one, 80, 20);
    one.toTop();
    assertThat(rows(one, 80, 20)).anyMatch(row -> row.contains("can't be read any more"));
  }

  @Test
  void whatComesInFrontMovesNothing() {
    Transcript before = new Transcript(shelf);
    for (int i = 0; i < 700; i++) {
      long _ = before.add(answer("earlier " + i), NOON, "");
      long _ = whole.add(answer("earlier " + i), NOON, "");
    }
    spilling.reserve(1_000);
    many(40);
    VirtualTranscript one = window(spilling);
    rows(one, 60, 12);
    one.scroll(-9);
    List<String> read = rows(one, 60, 12);
    long id = spilling.at(3).id();

    spilling.putInFront(before);

    assertThat(rows(one, 60, 12)).isEqualTo(read);
    assertThat(spilling.size()).isEqualTo(740);
    assertThat(spilling.placeOf(id)).isEqualTo(703);
    assertThat(spilling.find(id - 4).map(it -> Texts.of(it.content()))).contains("earlier 699");
    for (int place = 0; place < 740; place++) {
      assertThat(spilling.placeOf(spilling.at(place).id())).isEqualTo(place);
      assertThat(spilling.at(place).spaced()).isEqualTo(place > 0);
      assertThat(Texts.of(spilling.at(place).content()))
          .isEqualTo(Texts.of(whole.at(place).content()));
    }
    one.toTop();
    VirtualTranscript other = window(whole);
    rows(other, 60, 12);
    other.toTop();
    assertThat(rows(one, 60, 12)).isEqualTo(rows(other, 60, 12));
    assertThat(before.size()).isZero();
  }

  @Test
  void noIdIsUsedTwice() {
    spilling.reserve(100);
    many(70);
    long last = spilling.at(69).id();
    spilling.reset();
    long next = spilling.add(answer("first of the next"), NOON, "");

    assertThat(next).isGreaterThan(last);
    assertThat(spilling.find(last)).isEmpty();
  }
}
