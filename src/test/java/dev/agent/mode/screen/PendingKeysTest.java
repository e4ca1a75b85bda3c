package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Row;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.dialog.Panel;
import dev.agent.tui.view.Glyphs;
import org.junit.jupiter.api.Test;

class PendingKeysTest {
  private final Scene scene = new Scene("mono", 80, 24);

  @Test
  void theLastRowShowsWhatWasPressedUntilTheSequenceEnds() {
    assertThat(lastRow(scene)).contains("? shortcuts");
    scene.types("rename it").presses("ctrl+x");
    assertThat(lastRow(scene)).startsWith("  ctrl+x …").doesNotContain("? shortcuts");

    scene.presses("z");

    assertThat(lastRow(scene)).doesNotContain("ctrl+x");
    assertThat(draft()).as("the other key is no text").isEqualTo("rename it");
    scene.presses("ctrl+x", "esc").types("!");
    assertThat(draft()).as("Escape clears nothing").isEqualTo("rename it!");
    assertThat(lastRow(scene)).doesNotContain("esc again");
  }

  @Test
  void whatIsPressedGoesBeforeWhatIsSaidForAMoment() {
    scene.desk.flash("copied");
    scene.presses("ctrl+x");

    assertThat(lastRow(scene)).startsWith("  ctrl+x …");
  }

  @Test
  void aTerminalThatKnowsNoSignsIsGivenDots() {
    Scene plain = new Scene("mono", 80, 24, Glyphs.ASCII).presses("ctrl+x");

    assertThat(lastRow(plain)).startsWith("  ctrl+x ...");
  }

  @Test
  void aSequenceEndsWithTheSameOwnerOfTheKeys() {
    scene.presses("ctrl+x");
    scene.opens(new Panel("Title", "", Body.EMPTY));

    scene.presses("esc");

    assertThat(lastRow(scene)).doesNotContain("ctrl+x");
    assertThat(scene.desk.dialog()).as("the key was not the dialog's").isPresent();
  }

  @Test
  void theTranscriptAloneShowsItToo() {
    scene.desk.openWhole();
    scene.desk.flash("copied");
    scene.desk.pending("ctrl+x");
    assertThat(lastRow(scene)).startsWith("  ctrl+x …");

    scene.desk.pending("");

    assertThat(lastRow(scene)).doesNotContain("ctrl+x");
  }

  private String draft() {
    return scene.desk.composer().draft().passage().text();
  }

  private static String lastRow(Scene scene) {
    return scene.draw().rows().stream().map(Row::text).toList().getLast();
  }
}
