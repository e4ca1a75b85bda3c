package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.permission.Mode;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Style;
import dev.agent.tui.layout.Rect;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Themes;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScreenViewTest {
  static final Look LOOK =
      new Look(
          new Themes().find("dark", Background.DARK).orElseThrow(), Glyphs.UNICODE, ZoneOffset.UTC);

  @Test
  void aCellOfTheScreenLeadsToItsPlaceInTheTranscript() {
    Stage stage = new Stage();
    stage.prompt("one").request().says("the answer");
    VirtualTranscript window =
        new VirtualTranscript(stage.transcript, TranscriptFeedTest.renderer());
    Screen screen = new ScreenView(LOOK, window).draw(model(Pane.NONE), 40, 20);
    Rect rect = screen.regions().get(Screen.Region.TRANSCRIPT);
    int last = rect.row() + rect.height() - 1;

    assertThat(screen.cellAt(5, last)).contains(new TranscriptSelection.Cell(1, 1, 5));
    assertThat(screen.cellAt(5, 0)).isEmpty();
    assertThat(screen.cellAt(5, 19)).isEmpty();
  }

  @Test
  void aClickFindsLinksAndWhatUnfolds() {
    Stage stage = new Stage();
    stage.request().says("see [the page](https://example.org/x)");
    stage.runs("1", "Bash", "command", "x", new Display.Command("1\n2\n3\n4\n5", 0, false, ""));
    VirtualTranscript window =
        new VirtualTranscript(
            stage.transcript, new BlockRenderer(LOOK, MarkupBodyTest.body(LOOK.theme())));
    Screen screen = new ScreenView(LOOK, window).draw(model(Pane.NONE), 40, 20);
    int row = screen.rows().stream().map(Row::text).toList().indexOf("● see the page");

    assertThat(screen.linkAt(8, row)).contains("https://example.org/x");
    assertThat(screen.linkAt(2, row)).isEmpty();
    assertThat(window.canToggle(0)).isFalse();
    assertThat(window.canToggle(1)).isTrue();
    window.toggle(1);
    assertThat(window.canToggle(1)).isTrue();
  }

  @Test
  void aLongDialogLeavesThreeRowsOfTheTranscript() {
    Pane dialog =
        (width, maxRows) ->
            Pane.Drawn.of(
                IntStream.range(0, maxRows).mapToObj(i -> Row.of("d" + i, Style.PLAIN)).toList());
    Screen screen = draw(model(dialog), 80, 24);

    assertThat(screen.regions().get(Screen.Region.TRANSCRIPT).height()).isEqualTo(3);
    assertThat(screen.regions().get(Screen.Region.DIALOG).height()).isEqualTo(18);
    assertThat(screen.regions()).containsKey(Screen.Region.FOOTER);
  }

  @Test
  void whereTheComposerDoesNotFitTheCursorStaysInSight() {
    Pane composer =
        (width, maxRows) ->
            new Pane.Drawn(
                IntStream.range(0, 4).mapToObj(i -> Row.of("c" + i, Style.PLAIN)).toList(),
                Optional.of(new Pane.Cursor(3, 1)));
    ScreenModel model = withComposer(composer);

    Screen screen = draw(model, 20, 3);
    Pane.Cursor cursor = screen.cursor().orElseThrow();
    assertThat(screen.rows().get(cursor.row()).text()).isEqualTo("c3");
  }

  @Test
  void todosShowTheLastDoneTheCurrentAndTheNextThree() {
    List<Display.Todo> todos = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      todos.add(
          new Display.Todo(
              "task " + i, "", i < 5 ? "completed" : i == 5 ? "in_progress" : "pending"));
    }

    assertThat(TodoRows.rows(todos, 60, LOOK).stream().map(Row::text))
        .containsExactly(
            "  ✔ task 4",
            "  ◼ task 5",
            "  ◻ task 6",
            "  ◻ task 7",
            "  ◻ task 8   … +3 more +4 done");
    todos.replaceAll(it -> new Display.Todo(it.content(), "", "completed"));
    assertThat(TodoRows.rows(todos, 60, LOOK)).isEmpty();
  }

  @Test
  void theFooterDropsTheModelFirstAndTheModeLast() {
    Footer footer =
        new Footer(
            List.of(new Footer.Hint("? shortcuts", "? help"), Footer.Hint.of("second")),
            "",
            "model-name",
            Optional.of(34),
            Optional.of(92),
            Optional.of(new BigDecimal("0.41")),
            Mode.PLAN,
            "",
            1);
    FooterRow row = new FooterRow(LOOK);

    assertThat(
            Stream.of(64, 52, 44, 36, 24, 15, 8)
                .map(width -> row.row(footer, width).text().strip().replaceAll(" {3,}", "  ")))
        .containsExactly(
            "? help · second  model-name · ctx 34% · $0.41 · plan · 1 bg",
            "? help · second  ctx 34% · $0.41 · plan · 1 bg",
            "? help · second  ctx 34% · plan · 1 bg",
            "? help  ctx 34% · plan · 1 bg",
            "ctx 34% · plan · 1 bg",
            "ctx 34% · plan",
            "plan");
  }

  @Test
  void helpUsesAsManyColumnsAsFit() {
    List<HelpRows.Entry> entries =
        IntStream.range(0, 7).mapToObj(i -> new HelpRows.Entry("k" + i, "does " + i)).toList();

    assertThat(HelpRows.rows(entries, 60, 10, LOOK)).hasSize(3);
    assertThat(HelpRows.rows(entries, 26, 10, LOOK)).hasSize(4);
    assertThat(HelpRows.rows(entries, 20, 10, LOOK)).hasSize(7);
    assertThat(HelpRows.rows(entries, 20, 4, LOOK).getLast().text()).isEqualTo("  … +4 (/help)");
    assertThat(HelpRows.rows(entries, 20, 0, LOOK)).isEmpty();
  }

  @Test
  void theTitleSaysWhatIsWorkedOn() {
    assertThat(WindowTitle.of(LOOK, true, "fix\nthe \u001bloop", "proj"))
        .isEqualTo("✻ fix the ␛loop — proj");
    assertThat(WindowTitle.of(LOOK, false, "", "proj")).isEqualTo("* proj");
  }

  private static Screen draw(ScreenModel model, int columns, int rows) {
    Stage stage = new Stage();
    stage.prompt("one").request().says("two");
    VirtualTranscript window =
        new VirtualTranscript(stage.transcript, TranscriptFeedTest.renderer());
    return new ScreenView(LOOK, window).draw(model, columns, rows);
  }

  private static ScreenModel model(Pane dialog) {
    return model(Pane.NONE, dialog == Pane.NONE ? Optional.empty() : Optional.of(dialog));
  }

  private static ScreenModel withComposer(Pane composer) {
    return model(composer, Optional.empty());
  }

  private static ScreenModel model(Pane composer, Optional<Pane> dialog) {
    return new ScreenModel(
        java.time.Instant.EPOCH,
        true,
        Activity.IDLE,
        List.of(),
        List.of(),
        true,
        List.of(),
        List.of(),
        ScreenModel.InputKind.PROMPT,
        composer,
        dialog,
        Pane.NONE,
        new Footer(
            List.of(),
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Mode.DEFAULT,
            "",
            0),
        List.of(),
        Optional.empty());
  }

  private static String text(Screen screen) {
    StringBuilder text = new StringBuilder();
    screen.rows().forEach(row -> text.append(row.text()).append('\n'));
    return text.toString();
  }
}
