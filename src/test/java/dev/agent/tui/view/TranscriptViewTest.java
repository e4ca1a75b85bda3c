package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptViewTest {
  private final Stage stage = new Stage();
  private final TranscriptView view =
      new TranscriptView(stage.transcript, ScreenViewTest.LOOK, new PlainBody());

  private String shown(int width, int height) {
    StringBuilder text = new StringBuilder();
    view.draw(width, height, "")
        .rows()
        .forEach(row -> text.append(row.text().strip()).append('\n'));
    return text.toString();
  }

  private void find(String text) {
    view.beginSearch();
    view.type(text);
    view.search();
  }

  private void tenAnswers() {
    for (int i = 0; i < 10; i++) {
      stage.prompt("question " + i).request().says("Answer Number " + i + "\n".repeat(8) + "end");
      stage.answered(1, 0, 1, "").ends();
    }
  }

  @Test
  void everyBlockIsWholeWithTimeAndModel() {
    stage.prompt("go").request();
    stage.runs("1", "Bash", "command", "x", new Display.Command("1\n2\n3\n4\n5\n6", 0, false, ""));

    assertThat(shown(60, 20))
        .contains("14:02:00\n> go\n\n14:02:00 · model-name\n● Bash(x)\n⎿  1\n2\n3\n4\n5\n6\n");
  }

  @Test
  void theWindowGoesFromPromptToPrompt() {
    tenAnswers();
    shown(60, 12);

    view.window().toPrompt(-1);
    assertThat(shown(60, 12)).contains("> question 9");
    view.window().toPrompt(-1);
    assertThat(shown(60, 12)).contains("> question 8").doesNotContain("> question 9");
    view.window().scroll(3);
    shown(60, 12);
    view.window().toPrompt(-1);
    assertThat(shown(60, 12)).contains("> question 8");
    view.window().toTop();
    shown(60, 12);
    view.window().toPrompt(1);
    assertThat(shown(60, 12)).contains("> question 1").doesNotContain("> question 0");
    view.window().toPrompt(-1);
    view.window().toPrompt(-1);
    assertThat(shown(60, 12)).contains("> question 0");
    for (int i = 0; i < 10; i++) {
      view.window().toPrompt(1);
      shown(60, 12);
    }
    assertThat(view.window().isFollowing()).isTrue();
  }

  @Test
  void theSearchGoesFromMatchToMatchAndRoundTheEnd() {
    tenAnswers();
    shown(60, 12);
    view.window().toTop();
    shown(60, 12);

    find("answer number");
    assertThat(shown(60, 12)).contains("Answer Number 0").endsWith("/answer number · 0%\n");
    view.next();
    assertThat(shown(60, 12)).contains("Answer Number 1");
    view.previous();
    view.previous();
    assertThat(shown(60, 12)).contains("Answer Number 9");
    view.next();
    assertThat(shown(60, 12)).contains("Answer Number 0");
  }

  @Test
  void whatIsNotThereIsSaid() {
    tenAnswers();
    shown(60, 12);
    find("nowhere to be found");

    assertThat(shown(100, 12)).contains("not found");
    view.cancelSearch();
    assertThat(shown(100, 12)).doesNotContain("not found");
  }

  @Test
  void aMatchOverASoftWrapIsFound() {
    stage.prompt("x").request().says("some words and then many more words to wrap");
    tenAnswers();
    shown(24, 12);
    find("then many more words");

    assertThat(shown(24, 12)).contains("some words and then");
    assertThat(view.currentText()).startsWith("some words");
  }

  @Test
  void allOfItCanBePrintedAndOpened() {
    tenAnswers();
    List<String> rows = new ArrayList<>();
    view.print(40, (Row row) -> rows.add(row.text().strip()));

    assertThat(rows).contains("> question 0", "● Answer Number 9");
    assertThat(view.wholeText()).startsWith("> question 0\n\nAnswer Number 0\n").endsWith("end\n");
  }

  @Test
  void itTakesPartInNothingAfterItWasClosed() {
    tenAnswers();
    shown(60, 12);
    view.close();
    int before = view.window().extent().total();
    stage.prompt("more");

    assertThat(view.window().extent().total()).isEqualTo(before);
  }
}
