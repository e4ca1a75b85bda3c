package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Style MARKED = Style.PLAIN.plus(Style.INVERSE);

  @Test
  void softWrappedRowsAreCopiedAsOneLine() {
    List<Row> rows = wrapped("the quick brown fox jumps over the lazy dog", 12);

    assertThat(rows).hasSizeGreaterThan(3);
    assertThat(all(rows).text(rows)).isEqualTo("the quick brown fox jumps over the lazy dog");
  }

  @Test
  void gutterAndTrailingBlanksAreLeftOut() {
    List<Row> rows =
        List.of(
            Row.of(Span.decoration("● ", Style.PLAIN), Span.of("int x;   ", Style.PLAIN)),
            Row.of(Span.decoration("  ", Style.PLAIN), Span.of("  int y;", Style.PLAIN)));

    assertThat(all(rows).text(rows)).isEqualTo("int x;\n  int y;");
  }

  @Test
  void aPartOfARowIsCopiedByColumns() {
    List<Row> rows = List.of(Row.of("日本語 abc", Style.PLAIN));

    assertThat(text(rows, 2, 3)).isEqualTo("本");
    assertThat(text(rows, 3, 4)).isEqualTo("本語");
    assertThat(text(rows, 7, 8)).isEqualTo("ab");
    assertThat(text(rows, 8, 7)).isEqualTo("ab");
  }

  @Test
  void aDoubleClickTakesTheWord() {
    List<Row> rows = List.of(Row.of("see src/Main.java:12 (now)", Style.PLAIN));

    assertThat(wordAt(rows, 6)).isEqualTo("src/Main.java:12");
    assertThat(wordAt(rows, 22)).isEqualTo("now");
    assertThat(wordAt(rows, 21)).isEqualTo("(");
    assertThat(wordAt(rows, 90)).isEmpty();
  }

  @Test
  void aTripleClickTakesTheWholeLine() {
    List<Row> rows = new ArrayList<>(wrapped("one two three four", 8));
    rows.addAll(wrapped("five", 8));

    assertThat(Selection.line(rows, 1).text(rows)).isEqualTo("one two three four");
    assertThat(Selection.line(rows, rows.size() - 1).text(rows)).isEqualTo("five");
  }

  @Test
  void selectedCellsAreMarkedAndTheTextStaysTheSame() {
    Row row = Row.of(Span.decoration("● ", Style.PLAIN), Span.of("abcdef", Style.PLAIN));
    Selection selection = Selection.between(new Selection.Place(0, 3), new Selection.Place(0, 5));

    assertThat(selection.mark(row, 0, MARKED).spans())
        .containsExactly(
            Span.decoration("● ", Style.PLAIN),
            Span.of("a", Style.PLAIN),
            Span.of("bcd", MARKED),
            Span.of("ef", Style.PLAIN));
    assertThat(selection.mark(row, 1, MARKED)).isSameAs(row);
  }

  @Test
  void aRangeOverBlocksIsCopiedWhereverTheWindowStands() {
    Stage stage = new Stage();
    stage.prompt("do it").request().says("First.").says("Second one.");
    VirtualTranscript view = new VirtualTranscript(stage.transcript, TranscriptFeedTest.renderer());
    view.view(40, 2);

    TranscriptSelection selection =
        TranscriptSelection.between(
            new TranscriptSelection.Cell(2, 1, 7), new TranscriptSelection.Cell(0, 0, 2));

    assertThat(selection.text(view)).isEqualTo("do it\n\nFirst.\n\nSecond");
    assertThat(TranscriptSelection.word(view, new TranscriptSelection.Cell(2, 1, 3)))
        .map(it -> it.text(view))
        .contains("Second");
  }

  private static List<Row> wrapped(String text, int width) {
    return Wrapping.wrap(
        List.of(Span.of(text, Style.PLAIN)), width, Span.decoration("", Style.PLAIN));
  }

  private static Selection all(List<Row> rows) {
    return Selection.between(
        new Selection.Place(0, 0), new Selection.Place(rows.size() - 1, 1_000));
  }

  private static String text(List<Row> rows, int one, int other) {
    return Selection.between(new Selection.Place(0, one), new Selection.Place(0, other)).text(rows);
  }

  private static String wordAt(List<Row> rows, int column) {
    return Selection.word(rows, new Selection.Place(0, column)).text(rows);
  }
}
