package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import dev.agent.tui.markup.Highlighter;
import dev.agent.tui.markup.Markdown;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlanDialogTest {
  private static final String PLAN =
      """
      # Make sums safe

      1. Change `total` to long in Main.java.
      2. Add a test with two large numbers.

      Check: mvn -q test
      """;
  private static final Markdown MARKDOWN =
      new Markdown(new Highlighter(() -> Instant.EPOCH), false);
  private static final Function<String, Body> DRAWN =
      text -> (width, theme) -> MARKDOWN.rows(text, width, theme);

  private final Golden golden = new Golden(getClass());

  static PlanDialog dialog() {
    return new PlanDialog(PLAN, DRAWN);
  }

  private static Step<PlanAnswer> answered(PlanAnswer answer) {
    return new Step.Answered<>(answer);
  }

  @Test
  void looksCalm() {
    golden.check("plan", PlanDialogTest::dialog);
    golden.check("plan-long", () -> new PlanDialog((PLAN + "\n").repeat(9), DRAWN));
    golden.check(
        "plan-feedback",
        () -> {
          PlanDialog dialog = dialog();
          dialog.on(Press.key("3"));
          Press.type(dialog, "first a failing test");
          return dialog;
        });
  }

  @Test
  void approvesWithOrWithoutQuestionsAboutEdits() {
    PlanAnswer accepting = new PlanAnswer.Approved(PLAN, false, true, "");
    assertThat(dialog().on(Press.ENTER)).isEqualTo(answered(accepting));
    assertThat(dialog().on(Press.SHIFT_TAB)).isEqualTo(answered(accepting));
    assertThat(dialog().on(Press.key("2")))
        .isEqualTo(answered(new PlanAnswer.Approved(PLAN, false, false, "")));
  }

  @Test
  void feedbackKeepsThePlanning() {
    PlanDialog dialog = dialog();
    dialog.on(Press.key("3"));
    Press.type(dialog, "smaller");

    assertThat(dialog.on(Press.ENTER)).isEqualTo(answered(new PlanAnswer.KeepPlanning("smaller")));
    assertThat(dialog().on(Press.ESC)).isEqualTo(answered(new PlanAnswer.KeepPlanning("")));
  }

  @Test
  void thePlanCanBeEdited() {
    PlanDialog dialog = dialog();

    assertThat(dialog.on(Press.CTRL_G)).isEqualTo(new Step.Edit<>(PLAN, ".md"));
    dialog.on(new Input.Edited("Do less."));
    assertThat(Sizes.text(dialog)).contains("Do less.", "changed by you");
    assertThat(dialog.on(Press.key("2")))
        .isEqualTo(answered(new PlanAnswer.Approved("Do less.", true, false, "")));
  }

  @Test
  void anEmptiedPlanIsNoPlan() {
    PlanDialog dialog = dialog();

    dialog.on(new Input.Edited(" \n"));

    assertThat(dialog.on(Press.key("2")))
        .isEqualTo(answered(new PlanAnswer.Approved(PLAN, false, false, "")));
  }

  @Test
  void aPlanCanNotHideAnything() {
    PlanDialog dialog = new PlanDialog("Remove \u202Eall\u001b[8m of it.", DRAWN);

    assertThat(Sizes.text(dialog)).contains("Remove ⟨U+202E⟩all␛[8m of it.");
  }

  @Test
  void aNoteGoesAlong() {
    PlanDialog dialog = dialog();
    dialog.on(Press.TAB);
    Press.type(dialog, "hurry");

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(answered(new PlanAnswer.Approved(PLAN, false, true, "hurry")));
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(PlanDialogTest::dialog);
  }
}
