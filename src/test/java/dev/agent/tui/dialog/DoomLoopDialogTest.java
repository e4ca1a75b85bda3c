package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import org.junit.jupiter.api.Test;

class DoomLoopDialogTest {
  private final Golden golden = new Golden(getClass());

  static DoomLoopDialog dialog() {
    return new DoomLoopDialog("Bash(npm test)", 3);
  }

  private static Step<DoomLoopAnswer> answered(DoomLoopAnswer answer) {
    return new Step.Answered<>(answer);
  }

  @Test
  void looksCalm() {
    golden.check("circles", DoomLoopDialogTest::dialog);
  }

  @Test
  void goesOnOnlyWhenToldTo() {
    assertThat(dialog().on(Press.key("2"))).isEqualTo(answered(new DoomLoopAnswer.GoOn("")));
    assertThat(dialog().on(Press.ESC)).isEqualTo(answered(new DoomLoopAnswer.Stop("")));
    assertThat(Press.all(dialog(), Press.ENTER, Press.ENTER))
        .isEqualTo(answered(new DoomLoopAnswer.Stop("")));
  }

  @Test
  void stopsWithWords() {
    DoomLoopDialog dialog = dialog();
    dialog.on(Press.ENTER);
    Press.type(dialog, "read the log");

    assertThat(dialog.on(Press.ENTER)).isEqualTo(answered(new DoomLoopAnswer.Stop("read the log")));
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(DoomLoopDialogTest::dialog);
  }
}
