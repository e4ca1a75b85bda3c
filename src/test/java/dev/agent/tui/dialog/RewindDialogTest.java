package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RewindDialogTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final Rewind.Point LAST =
      new Rewind.Point("c3", "add a test", Optional.of(NOW.minusSeconds(300)), 2, 31, 4);
  private static final Rewind.Point TALK =
      new Rewind.Point("c2", "what does\nthis do?", Optional.of(NOW.minusSeconds(4000)), 0, 0, 0);

  private final Golden golden = new Golden(getClass());

  static RewindDialog dialog() {
    return new RewindDialog(List.of(LAST, TALK), NOW);
  }

  private static RewindDialog after(Input... inputs) {
    RewindDialog dialog = dialog();
    Press.all(dialog, inputs);
    return dialog;
  }

  private static Step<Rewind> answered(Rewind rewind) {
    return new Step.Answered<>(rewind);
  }

  @Test
  void looksCalm() {
    golden.check("points", RewindDialogTest::dialog);
    golden.check("what", () -> after(Press.key("1")));
    golden.check("what-without-files", () -> after(Press.key("2")));
  }

  @Test
  void asksWhatGoesBack() {
    assertThat(after(Press.ENTER).on(Press.ENTER))
        .isEqualTo(answered(new Rewind.To(LAST, Rewind.What.BOTH)));
    assertThat(after(Press.ENTER).on(Press.key("2")))
        .isEqualTo(answered(new Rewind.To(LAST, Rewind.What.CONVERSATION)));
    assertThat(after(Press.ENTER).on(Press.key("3")))
        .isEqualTo(answered(new Rewind.To(LAST, Rewind.What.FILES)));
    assertThat(after(Press.ENTER).on(Press.key("4"))).isEqualTo(answered(new Rewind.Left()));
  }

  @Test
  void withoutChangedFilesOnlyTheConversationGoesBack() {
    RewindDialog dialog = after(Press.key("2"));

    assertThat(dialog.on(Press.key("1"))).isEqualTo(new Step.Open<>());
    assertThat(dialog.on(Press.key("3"))).isEqualTo(new Step.Open<>());
    assertThat(after(Press.key("2")).on(Press.ENTER))
        .isEqualTo(answered(new Rewind.To(TALK, Rewind.What.CONVERSATION)));
  }

  @Test
  void escapeGoesOneStepBack() {
    RewindDialog dialog = after(Press.key("2"), Press.ESC);

    assertThat(Sizes.text(dialog)).contains("add a test");
    assertThat(dialog.on(Press.ESC)).isEqualTo(answered(new Rewind.Left()));
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(RewindDialogTest::dialog);
    Sizes.assertFits(() -> after(Press.ENTER));
  }
}
