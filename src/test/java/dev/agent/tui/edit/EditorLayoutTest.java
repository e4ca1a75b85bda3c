package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditorLayoutTest {
  private static final EditorLook LOOK =
      EditorLook.of("> ", Style.PLAIN, Style.PLAIN.plus(Style.BOLD));

  /** Thirteen columns: ten for text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "|;> ;0,2",
        "ab|c;> abc;0,4",
        "abc⏎|;> abc/  ;1,2",
        "abcdefghij|;> abcdefghij;0,12",
        "abcdefghijk|;> abcdefghij/  k;1,3",
        "hello wonderful|;> hello /  wonderful;1,11",
        "hello |wonderful;> hello /  wonderful;1,2",
        "a  b|;> a  b;0,6",
        "0123456789|⏎x;> 0123456789/  x;0,12",
        "漢字漢字漢字|;> 漢字漢字漢/  字;1,4",
        "ab漢字漢字x字|;> ab漢字漢字/  x字;1,5",
        "a\tb|;> a   b;0,7",
        "012345678 9ab|;> 012345678 /  9ab;1,5",
        "          x|;>           /  x;1,3",
      })
  void wrapsTextAndPlacesTheCursor(String marked, String rows, String cursor) {
    EditorLayout layout = EditorLayout.of(Marked.editor(marked).state(), LOOK, 13);

    assertThat(text(layout)).isEqualTo(rows);
    assertThat(layout.cursorRow() + "," + layout.cursorColumn()).isEqualTo(cursor);
  }

  @Test
  void softWrapsGoOnWithTheirLine() {
    EditorLayout layout = EditorLayout.of(Marked.editor("hello wonderful⏎x|").state(), LOOK, 13);

    assertThat(layout.rows()).extracting(Row::continues).containsExactly(false, true, false);
  }

  @Test
  void labelsStayWholeWhereTheyFitAndHaveTheirStyle() {
    TextEditor editor = Marked.editor("some |");
    editor.image("image/png", "");
    editor.insert("x");

    EditorLayout layout = EditorLayout.of(editor.state(), LOOK, 14);

    assertThat(text(layout)).isEqualTo("> some /  [Image #1]x");
    assertThat(layout.rows().get(1).spans())
        .containsExactly(
            LOOK.indent(), Span.of("[Image #1]", LOOK.inset()), Span.of("x", LOOK.text()));
  }

  @Test
  void theSelectionIsMarked() {
    EditorLayout layout = EditorLayout.of(Marked.editor("abcd|").state(), LOOK, 13, 1, 3);

    assertThat(layout.rows().getFirst().spans())
        .containsExactly(
            LOOK.prompt(),
            Span.of("a", Style.PLAIN),
            Span.of("bc", Style.PLAIN.plus(Style.INVERSE)),
            Span.of("d", Style.PLAIN));
  }

  @Test
  void thePlaceholderStandsWhereNoTextIs() {
    EditorLook look =
        new EditorLook(
            LOOK.prompt(),
            LOOK.indent(),
            LOOK.text(),
            LOOK.inset(),
            LOOK.selection(),
            Span.decoration("Ask", Style.PLAIN));

    assertThat(text(EditorLayout.of(Marked.editor("|").state(), look, 13))).isEqualTo("> Ask");
    assertThat(text(EditorLayout.of(Marked.editor("a|").state(), look, 13))).isEqualTo("> a");
  }

  @Test
  void aWindowKeepsTheCursorAndMovesNoFartherThanItMust() {
    EditorLayout all = EditorLayout.of(Marked.editor("a⏎b⏎c⏎d|⏎e").state(), LOOK, 13);

    EditorLayout.Window window = all.window(2, 0);

    assertThat(window.first()).isEqualTo(2);
    assertThat(text(window.layout())).isEqualTo("  c/  d");
    assertThat(window.layout().cursorRow()).isEqualTo(1);
    assertThat(all.window(2, 3).first()).isEqualTo(3);
    assertThat(all.window(2, 9).first()).isEqualTo(3);
    assertThat(all.window(9, 9).first()).isZero();
  }

  @Test
  void aClickFindsThePositionThatIsShownThere() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(List.of("a", "b ", "\n", "漢", "e\u0301").get(random.nextInt(5)));
      }
      TextEditor editor = new TextEditor(false);
      editor.set(Passage.of(text.toString()), 0);
      int width = 1 + random.nextInt(20);
      for (int at = 0;
          at <= text.length();
          at = at == text.length() ? at + 1 : editor.passage().next(at)) {
        editor.moveTo(at);
        EditorLayout layout = EditorLayout.of(editor.state(), LOOK, width);

        int found =
            EditorLayout.position(
                editor.state(), LOOK, width, layout.cursorRow(), layout.cursorColumn());

        assertThat(found).isEqualTo(at);
        if (width > 6) {
          assertThat(layout.cursorColumn()).isLessThan(width);
          assertThat(layout.rows()).allMatch(row -> row.width() < width);
        }
      }
    }
  }

  private static String text(EditorLayout layout) {
    return layout.rows().stream().map(Row::text).collect(Collectors.joining("/"));
  }
}
