package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArmedTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Armed.Taken<Boolean> DRAFT = new Armed.Taken.Draft<>();
  private static final Armed.Taken<Boolean> YES =
      new Armed.Taken.Stepped<>(new Step.Answered<>(true));
  private static final Armed.Taken<Boolean> NOTHING = new Armed.Taken.Stepped<>(new Step.Open<>());

  /** Says yes to everything. */
  private static final class Eager implements Dialog<Boolean> {
    @Override
    public Picture draw(Canvas canvas) {
      return Line.picture(java.util.List.of(Line.BLANK), 1);
    }

    @Override
    public Step<Boolean> on(Input input) {
      return new Step.Answered<>(true);
    }
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  @Test
  void answersAtOnceWhenNobodyTyped() {
    Armed<Boolean> dialog = new Armed<>(new Eager(), at(0), at(400));

    assertThat(dialog.isArmed(at(400))).isTrue();
    assertThat(dialog.on(Press.ENTER, at(400))).isEqualTo(YES);
  }

  @Test
  void handsKeysToTheDraftWhileSomeoneTypes() {
    Armed<Boolean> dialog = new Armed<>(new Eager(), at(0), at(10));

    assertThat(dialog.isArmed(at(399))).isFalse();
    assertThat(dialog.on(Press.key("y"), at(100))).isEqualTo(DRAFT);
    assertThat(dialog.on(Press.ENTER, at(499))).isEqualTo(DRAFT);
    assertThat(dialog.on(new Input.Pasted("1"), at(898))).isEqualTo(DRAFT);
    assertThat(dialog.on(Press.ESC, at(1297))).isEqualTo(DRAFT);
    assertThat(dialog.armsAt()).isEqualTo(at(1697));
    assertThat(dialog.on(Press.ENTER, at(1697))).isEqualTo(YES);
  }

  @Test
  void staysArmedWhileItIsAnswered() {
    Armed<Boolean> dialog = new Armed<>(new Eager(), at(0), at(400));
    dialog.on(Press.DOWN, at(401));

    assertThat(dialog.on(Press.ENTER, at(402))).isEqualTo(YES);
  }

  @Test
  void theFirstClickAnswersNothing() {
    Armed<Boolean> dialog = new Armed<>(new Eager(), at(0), at(400));

    assertThat(dialog.on(new Input.Clicked(0), at(500))).isEqualTo(NOTHING);
    assertThat(dialog.on(new Input.Clicked(0), at(501))).isEqualTo(YES);
  }

  @Test
  void clicksDoNotAnswerWhileSomeoneTypes() {
    Armed<Boolean> dialog = new Armed<>(new Eager(), at(0), at(1));
    dialog.on(new Input.Clicked(0), at(2));

    assertThat(dialog.on(new Input.Clicked(0), at(3))).isEqualTo(NOTHING);
  }

  @Test
  void theWheelScrollsAtAnyTime() {
    Armed<Boolean> dialog = new Armed<>(new Eager(), at(0), at(1));

    assertThat(dialog.on(new Input.Wheel(3), at(2))).isEqualTo(YES);
  }
}
