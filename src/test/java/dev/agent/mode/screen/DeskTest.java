package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Row;
import dev.agent.tui.layout.Rect;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.Pane;
import dev.agent.tui.view.Screen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final int[][] SIZES = {
    {1, 1},
    {2, 1},
    {1, 5},
    {3, 3},
    {5, 2},
    {9, 4},
    {12, 40},
    {23, 7},
    {39, 9},
    {40, 10},
    {79, 13},
    {80, 14},
    {500, 3},
    {500, 100}
  };

  @Test
  void everySceneFitsIntoEverySize() {
    Map<String, Consumer<Scene>> scenes = new LinkedHashMap<>(TalkScenes.all());
    scenes.putAll(DialogScenes.all());
    scenes.forEach(
        (name, set) -> {
          for (int[] size : SIZES) {
            for (Glyphs glyphs : List.of(Glyphs.UNICODE, Glyphs.ASCII)) {
              Scene scene = new Scene("dark", size[0], size[1], glyphs);
              set.accept(scene);
              assertFits(scene.draw(), name, size[0], size[1]);
            }
          }
        });
  }

  private static void assertFits(Screen screen, String name, int columns, int rows) {
    String what = name + " at " + columns + "x" + rows;
    assertThat(screen.rows()).as(what).hasSize(rows);
    for (Row row : screen.rows()) {
      assertThat(row.width()).as(what + ": " + row.text()).isLessThanOrEqualTo(columns);
    }
    screen
        .cursor()
        .ifPresent(
            it -> {
              assertThat(it.column()).as(what).isBetween(0, columns - 1);
              assertThat(it.row()).as(what).isBetween(0, rows - 1);
            });
    Rect all = new Rect(0, 0, columns, rows);
    assertThat(screen.regions().values()).as(what).allMatch(it -> isInside(it, all));
  }

  @Test
  void theCursorStandsInTheComposer() {
    Scene scene = new Scene("dark", 100, 30).types("first").presses("ctrl+j").types("second");

    Screen screen = scene.draw();

    Pane.Cursor cursor = screen.cursor().orElseThrow();
    assertThat(screen.regionAt(cursor.column(), cursor.row())).contains(Screen.Region.COMPOSER);
    assertThat(screen.rows().get(cursor.row()).text()).isEqualTo("  second");
    assertThat(cursor.column()).isEqualTo(8);
  }

  @Test
  void belowFourteenRowsTasksAndRulesGiveWay() {
    assertThat(text(working(14))).contains("───", "◼ Fix the tokenizer bug");
    assertThat(text(working(13))).doesNotContain("───", "◼ Fix the tokenizer bug");
  }

  @Test
  void theTranscriptViewSaysThatAQuestionWaits() {
    Scene scene = new Scene("dark", 100, 30);
    DialogScenes.all().get("permission-command").accept(scene);

    scene.desk.openWhole();

    assertThat(text(scene.draw())).endsWith("\n  a question waits for your answer · q back");
  }

  @Test
  void aHiddenTaskListStillNamesTheWork() {
    Scene scene = new Scene("dark", 80, 24);
    TalkScenes.working(scene);
    String before = spinner(scene.draw());

    scene.desk.showTodos(false);

    assertThat(text(scene.draw())).doesNotContain("◼ Fix the tokenizer bug");
    assertThat(spinner(scene.draw())).isEqualTo(before);
  }

  private static String spinner(Screen screen) {
    return screen.rows().get(screen.regions().get(Screen.Region.SPINNER).row()).text();
  }

  private static Screen working(int rows) {
    Scene scene = new Scene("dark", 80, rows);
    TalkScenes.working(scene);
    return scene.draw();
  }

  @Test
  void aFourthWarningIsCounted() {
    Scene scene = new Scene("dark", 100, 30);
    scene.desk.warnings(List.of("one", "two", "three", "four"));

    Screen screen = scene.draw();

    assertThat(screen.regions().get(Screen.Region.WARNINGS).height()).isEqualTo(4);
    assertThat(text(screen)).contains("+1 (/doctor)").doesNotContain("four");
  }

  @Test
  void whatIsSaidForAMomentIsSaidInTheTranscriptViewToo() {
    Scene scene = new Scene("dark", 100, 30);
    scene.desk.openWhole();

    scene.desk.flash("copied 812 chars");

    assertThat(text(scene.draw())).endsWith("\n  copied 812 chars");
    scene.desk.typed();
    assertThat(text(scene.draw())).contains("q back").doesNotContain("copied");
  }

  private static String text(Screen screen) {
    return screen.rows().stream().map(Row::text).collect(Collectors.joining("\n"));
  }

  private static boolean isInside(Rect part, Rect all) {
    return part.isEmpty()
        || all.contains(part.column(), part.row())
            && all.contains(part.column() + part.width() - 1, part.row() + part.height() - 1);
  }
}
