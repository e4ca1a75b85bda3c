package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VirtualTranscriptTest {
  private final Transcript transcript = new Transcript();
  private final Counting blocks = new Counting();
  private final VirtualTranscript view = new VirtualTranscript(transcript, blocks);

  /** Draws the text of an answer, wrapped, and counts how often. Its estimates are poor. */
  private static final class Counting implements BlockRows {
    private int drawn;

    @Override
    public List<Row> rows(Block block, int width) {
      drawn++;
      if (block.content() instanceof Content.Gone) {
        return List.of();
      }
      String text =
          block.content() instanceof Content.Answer(Source source, _) ? source.text() : "header";
      if (block.isUnfolded()) {
        text += "\nmore\nand more\nand still more";
      }
      return Wrapping.wrap(
          List.of(Span.of(text, Style.PLAIN)), width, Span.decoration("", Style.PLAIN));
    }

    @Override
    public int estimate(Transcript transcript, int place, int width) {
      return 3;
    }
  }

  private long add(String text) {
    return transcript.add(answer(text), Instant.EPOCH, "");
  }

  private static Content answer(String text) {
    return new Content.Answer(Source.of(text), false);
  }

  private List<String> shown(int width, int height) {
    return view.view(width, height).stream().map(line -> line.row().text()).toList();
  }

  private void addNumbered(int count) {
    for (int i = 0; i < count; i++) {
      add("block " + i + "\nsecond row of " + i);
    }
  }

  @Test
  void theEndIsShownAndFollowed() {
    addNumbered(5);
    assertThat(shown(40, 3)).containsExactly("second row of 3", "block 4", "second row of 4");

    add("new");
    assertThat(shown(40, 3)).containsExactly("block 4", "second row of 4", "new");
  }

  @Test
  void shortContentStandsAtTheBottom() {
    add("one");
    assertThat(shown(20, 3)).containsExactly("", "", "one");
  }

  @Test
  void theHeaderStandsAtTheTopWhileThereIsRoom() {
    transcript.add(new Content.Header("", "", "", List.of()), Instant.EPOCH, "");
    assertThat(shown(20, 4)).containsExactly("header", "", "", "");
    add("one");
    assertThat(shown(20, 4)).containsExactly("header", "", "", "one");
    addNumbered(2);
    assertThat(shown(20, 4))
        .containsExactly("block 0", "second row of 0", "block 1", "second row of 1");
  }

  @Test
  void whatIsReadStaysWhileNewBlocksCome() {
    addNumbered(20);
    shown(40, 4);
    view.scroll(-6);
    List<String> before = shown(40, 4);
    assertThat(before)
        .containsExactly("block 15", "second row of 15", "block 16", "second row of 16");

    long last = add("streams");
    transcript.replace(last, answer("streams\nin\nfor\na while"));

    assertThat(shown(40, 4)).isEqualTo(before);
    assertThat(view.isFollowing()).isFalse();
    assertThat(view.newLines()).isEqualTo(4);
  }

  @Test
  void scrollingToTheEndFollowsAgain() {
    addNumbered(20);
    shown(40, 4);
    view.scroll(-6);
    shown(40, 4);
    view.scroll(5);
    shown(40, 4);
    assertThat(view.isFollowing()).isFalse();
    view.scroll(1);
    shown(40, 4);

    assertThat(view.isFollowing()).isTrue();
    assertThat(view.newLines()).isZero();
  }

  @Test
  void growthOfTheLastBlockCountsAsNewLines() {
    addNumbered(10);
    long last = add("one");
    shown(40, 4);
    view.page(-1);
    transcript.replace(last, answer("one\ntwo\nthree"));
    add("four");

    assertThat(view.newLines()).isEqualTo(3);
    view.toBottom();
    assertThat(shown(40, 4)).containsExactly("one", "two", "three", "four");
  }

  @Test
  void correctedHeightsAboveDoNotMoveTheView() {
    for (int i = 0; i < 200; i++) {
      add("x\n".repeat(i % 7) + "block " + i);
    }
    shown(40, 10);
    view.scroll(-300);
    List<String> before = shown(40, 10);
    for (int i = 0; i < 40; i++) {
      view.scroll(-7);
      shown(40, 10);
    }
    for (int i = 0; i < 40; i++) {
      view.scroll(7);
      shown(40, 10);
    }

    assertThat(shown(40, 10)).isEqualTo(before);
  }

  @Test
  void pagesOverlapByTwoRows() {
    addNumbered(50);
    List<String> last = shown(40, 10);
    view.page(-1);
    List<String> before = shown(40, 10);

    assertThat(before.subList(8, 10)).isEqualTo(last.subList(0, 2));
  }

  @Test
  void aResizeKeepsWhatIsReadAndComingBackGivesTheSameRows() {
    for (int i = 0; i < 60; i++) {
      add("In block " + i + " " + "there are some words ".repeat(i % 9));
    }
    shown(60, 12);
    view.scroll(-70);
    List<String> before = shown(60, 12);
    String firstWords = before.getFirst().strip().split(" ")[0];
    for (int width : new int[] {20, 100, 33, 7, 80}) {
      assertThat(shown(width, 12).getFirst()).contains(firstWords.substring(0, 2));
    }

    assertThat(shown(60, 12)).isEqualTo(before);
  }

  @Test
  void aBlockUnfoldsInItsPlace() {
    addNumbered(30);
    List<String> before = shown(40, 6);

    view.toggle(28);
    List<String> after = shown(40, 6);
    assertThat(after.subList(0, 4)).isEqualTo(before.subList(0, 4));
    assertThat(after.get(4)).isEqualTo("more");

    view.toggle(28);
    assertThat(shown(40, 6)).isEqualTo(before);
    assertThat(view.isFollowing()).isTrue();
  }

  @Test
  void topAndBottomAreReachedAtOnce() {
    addNumbered(1_000);
    shown(40, 4);
    view.toTop();
    assertThat(shown(40, 4)).startsWith("block 0", "second row of 0");
    assertThat(view.extent().first()).isZero();
    view.scroll(-5);
    assertThat(shown(40, 4)).startsWith("block 0");
    view.toBottom();
    assertThat(shown(40, 4)).endsWith("block 999", "second row of 999");
  }

  @Test
  void theCostOfAFrameDoesNotDependOnTheNumberOfBlocks() {
    int few = drawnWith(200);
    int many = drawnWith(20_000);

    assertThat(many).isEqualTo(few);
    assertThat(many).isLessThan(60);
  }

  private static int drawnWith(int count) {
    Transcript transcript = new Transcript();
    Counting blocks = new Counting();
    VirtualTranscript view = new VirtualTranscript(transcript, blocks);
    for (int i = 0; i < count; i++) {
      transcript.add(answer("block " + i + "\nsecond row"), Instant.EPOCH, "");
    }
    view.view(80, 20);
    view.view(80, 20);
    return blocks.drawn;
  }

  @Test
  void aTokenDrawsOneBlockAndAScrolledRowAtMostOne() {
    addNumbered(5_000);
    view.view(80, 20);
    int before = blocks.drawn;
    transcript.replace(4_999, answer("block 4999\nsecond row of 4999 and"));
    view.view(80, 20);
    assertThat(blocks.drawn - before).isEqualTo(1);

    before = blocks.drawn;
    view.scroll(-1);
    view.view(80, 20);
    assertThat(blocks.drawn - before).isLessThanOrEqualTo(1);
  }

  @Test
  void laidOutRowsStayWithinTheirBound() {
    VirtualTranscript small = new VirtualTranscript(transcript, blocks, 20_000);
    addNumbered(2_000);
    small.view(40, 10);
    for (int i = 0; i < 100; i++) {
      small.page(-1);
      small.view(40, 10);
      assertThat(small.cachedBytes()).isLessThanOrEqualTo(20_000);
    }
  }

  @Test
  void aClearedTranscriptIsFollowedFromItsFirstBlockOn() {
    addNumbered(20);
    shown(40, 4);
    view.toTop();
    shown(40, 4);
    transcript.reset();
    assertThat(shown(40, 4)).containsOnly("");
    assertThat(view.isFollowing()).isTrue();
    add("new");
    assertThat(shown(40, 4)).endsWith("new");
  }

  @Test
  void anyOrderOfChangesShowsWhatAFreshViewShows() {
    Random random = new Random(3);
    for (int round = 0; round < 60; round++) {
      Transcript blocksOf = new Transcript();
      VirtualTranscript old = new VirtualTranscript(blocksOf, new Counting(), 4_000);
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(7)) {
          case 0, 1 ->
              blocksOf.add(
                  answer("w ".repeat(random.nextInt(80)) + "\n" + step), Instant.EPOCH, "");
          case 2 -> {
            if (blocksOf.size() > 0) {
              blocksOf.replace(
                  blocksOf.at(random.nextInt(blocksOf.size())).id(),
                  answer("v\n".repeat(random.nextInt(5)) + "u"));
            }
          }
          case 3 -> {
            if (blocksOf.size() > 0) {
              blocksOf.discard(blocksOf.at(random.nextInt(blocksOf.size())).id());
            }
          }
          case 4 -> old.scroll(random.nextInt(41) - 20);
          case 5 -> old.toBottom();
          default -> old.view(1 + random.nextInt(60), random.nextInt(20));
        }
      }
      old.toBottom();
      VirtualTranscript fresh = new VirtualTranscript(blocksOf, new Counting());
      assertThat(text(old.view(31, 9))).isEqualTo(text(fresh.view(31, 9)));
    }
  }

  @Test
  void heightsAddUpAsAPlainSumDoes() {
    Random random = new Random(5);
    Heights heights = new Heights();
    List<Integer> plain = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      if (plain.isEmpty() || random.nextBoolean()) {
        int rows = random.nextInt(9);
        heights.add(rows);
        plain.add(rows);
      } else {
        int place = random.nextInt(plain.size());
        int rows = random.nextInt(9);
        heights.set(place, rows);
        plain.set(place, rows);
      }
    }
    int sum = 0;
    for (int i = 0; i < plain.size(); i++) {
      assertThat(heights.before(i)).isEqualTo(sum);
      sum += plain.get(i);
    }
    assertThat(heights.total()).isEqualTo(sum);
  }

  private static String text(List<VirtualTranscript.Line> lines) {
    return lines.stream().map(line -> line.row().text()).collect(Collectors.joining("\n"));
  }
}
