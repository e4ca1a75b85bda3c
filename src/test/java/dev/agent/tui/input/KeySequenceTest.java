package dev.agent.tui.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.KeySequence.Answer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeySequenceTest {
  private static final Answer ALONE = new Answer.Alone();
  private static final Answer WAITS = new Answer.Waits();
  private static final Answer DROPPED = new Answer.Dropped();

  private final KeySequence sequence =
      new KeySequence(
          Keymap.defaults()
              .with(
                  "{\"composer\": {\"ctrl+x b\": \"stash\", \"ctrl+x 4 f\": \"redraw\"}}", "k.json")
              .keymap());

  @Test
  void keysOneAfterTheOtherDoWhatTheyMeanTogether() {
    assertThat(press("ctrl+x")).isEqualTo(WAITS);
    assertThat(sequence.pending()).hasToString("Optional[ctrl+x]");
    assertThat(press("ctrl+e")).isEqualTo(new Answer.Does(Action.EXTERNAL_EDITOR));
    assertThat(sequence.pending()).isEmpty();
    press("ctrl+x");
    assertThat(press("b")).isEqualTo(new Answer.Does(Action.STASH));
  }

  @Test
  void aSequenceMayBeLonger() {
    press("ctrl+x");
    assertThat(press("4")).isEqualTo(WAITS);
    assertThat(sequence.pending()).hasToString("Optional[ctrl+x 4]");
    assertThat(press("f")).isEqualTo(new Answer.Does(Action.REDRAW));
  }

  @Test
  void aKeyOfNoSequenceIsLeftToOthers() {
    assertThat(press("b")).isEqualTo(ALONE);
    assertThat(press("ctrl+e")).isEqualTo(ALONE);
    assertThat(press("enter")).isEqualTo(ALONE);
  }

  @Test
  void anUnknownKeyEndsTheSequenceAndDoesNothing() {
    press("ctrl+x");
    assertThat(press("z")).isEqualTo(DROPPED);
    assertThat(sequence.pending()).isEmpty();
    assertThat(press("z")).isEqualTo(ALONE);
    press("ctrl+x");
    assertThat(press("ctrl+x")).isEqualTo(DROPPED);
    assertThat(press("ctrl+e")).isEqualTo(ALONE);
  }

  @Test
  void escapeOnlyEndsTheSequence() {
    press("ctrl+x");
    assertThat(press("esc")).isEqualTo(DROPPED);
    assertThat(press("esc")).isEqualTo(ALONE);
  }

  @Test
  void theWayOutIsAlwaysTheWayOut() {
    press("ctrl+x");
    assertThat(press("ctrl+c")).isEqualTo(ALONE);
    assertThat(sequence.pending()).isEmpty();
  }

  @Test
  void whereNoSequenceCountsOneThatWaitsIsDropped() {
    assertThat(press(Optional.empty(), "ctrl+x")).isEqualTo(ALONE);
    press("ctrl+x");
    assertThat(press(Optional.empty(), "ctrl+e")).isEqualTo(DROPPED);
    press("ctrl+x");
    assertThat(press(Optional.of(KeyContext.DIALOG), "ctrl+e")).isEqualTo(DROPPED);
  }

  @Test
  void workThatBeginsInBetweenChangesNothing() {
    press("ctrl+x");
    assertThat(press(Optional.of(KeyContext.WORKING), "ctrl+e"))
        .isEqualTo(new Answer.Does(Action.EXTERNAL_EDITOR));
  }

  private Answer press(String chord) {
    return press(Optional.of(KeyContext.COMPOSER), chord);
  }

  private Answer press(Optional<KeyContext> place, String text) {
    Chord chord = Chord.parse(text).orElseThrow();
    return sequence.press(
        place,
        chord.type() == KeyType.Character
            ? Key.typed(chord.text(), chord.ctrl(), chord.alt(), chord.shift())
            : Key.named(chord.type(), chord.ctrl(), chord.alt(), chord.shift()));
  }
}
