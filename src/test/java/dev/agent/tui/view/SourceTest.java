package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceTest {
  private static final String LONG =
      IntStream.rangeClosed(1, 20_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

  @Test
  void firstAndLastLinesAreThoseOfTheText() {
    Source source = Source.of("a\nb\nc\nd\n\n");

    assertThat(source.lines()).isEqualTo(4);
    assertThat(source.firstLines(2)).isEqualTo("a\nb");
    assertThat(source.lastLines(2)).isEqualTo("c\nd");
    assertThat(source.firstLines(9)).isEqualTo("a\nb\nc\nd");
    assertThat(source.lastLines(9)).isEqualTo("a\nb\nc\nd");
    assertThat(source.firstLines(0)).isEmpty();
    assertThat(Source.of("\n \n").lines()).isZero();
  }

  @Test
  void aLongTextIsReadBackOnlyWhenAllOfItIsShown() {
    AtomicInteger reads = new AtomicInteger();
    Stage stage =
        new Stage(
            text ->
                Optional.of(
                    () -> {
                      reads.incrementAndGet();
                      return text;
                    }));
    stage.request();
    stage.runs("1", "Bash", "command", "x", new Display.Command(LONG, 0, false, ""));

    assertThat(TranscriptFeedTest.rows(stage, 60, false).getLast().text())
        .isEqualTo("     … +19997 lines (ctrl+o)");
    assertThat(reads).hasValue(0);
    assertThat(TranscriptFeedTest.rows(stage, 60, true).stream().map(Row::text))
        .contains("     line 9", "     line 20000")
        .hasSize(10_002);
    assertThat(reads).hasValue(1);
  }

  @Test
  void aShortTextIsNotOfferedToTheStore() {
    AtomicInteger kept = new AtomicInteger();
    SourceStore store =
        text -> {
          kept.incrementAndGet();
          return Optional.empty();
        };
    Source.of("x".repeat(Source.MAX_IN_MEMORY), store);
    assertThat(kept).hasValue(0);
    assertThat(Source.of(LONG, store).text()).isEqualTo(LONG);
    assertThat(kept).hasValue(1);
  }

  @Test
  void aTextThatIsGoneShowsItsEnds() {
    Source source =
        Source.of(
            LONG,
            _ ->
                Optional.of(
                    () -> {
                      throw new IOException("no such file");
                    }));

    assertThat(source.text())
        .startsWith("line 1\n")
        .contains("the middle can't be read any more: no such file")
        .endsWith("line 20000");
    assertThat(source.lastLines(1)).isEqualTo("line 20000");
  }
}
