package dev.agent.tui.input;

import java.util.Optional;

/**
 * Puts keys together that mean something only one after the other. Nothing times out: what was
 * pressed waits for the next key, whenever that comes. Not thread-safe.
 */
public final class KeySequence {
  /** Forgets a sequence that waits, and does nothing else then. */
  static final Chord ESCAPE = chord("esc");

  /** Means what it always means, whatever waits. */
  static final Chord WAY_OUT = chord("ctrl+c");

  private final Keymap keymap;
  private Optional<Strokes> pending = Optional.empty();

  /** What became of a key. */
  public sealed interface Answer {
    /** It belongs to no sequence. */
    record Alone() implements Answer {}

    /** It began a sequence, or was the next part of one. */
    record Waits() implements Answer {}

    /** It ended a sequence. */
    record Does(Action action) implements Answer {}

    /** It ended a sequence that means nothing; nor does the key. */
    record Dropped() implements Answer {}
  }

  public KeySequence(Keymap keymap) {
    this.keymap = keymap;
  }

  private static Chord chord(String text) {
    return Chord.parse(text).orElseThrow();
  }

  /** What was pressed of a sequence that is not at its end; empty when there is none. */
  public Optional<Strokes> pending() {
    return pending;
  }

  /** Forgets what was pressed. */
  public void cancel() {
    pending = Optional.empty();
  }

  /**
   * Takes a key.
   *
   * @param place where it is pressed; empty where no sequence counts: one that waits is dropped
   */
  public Answer press(Optional<KeyContext> place, Key key) {
    Chord chord = Chord.of(key);
    Optional<Strokes> before = pending;
    cancel();
    if (chord.equals(WAY_OUT)) {
      return new Answer.Alone();
    }
    Strokes pressed = before.map(it -> it.then(chord)).orElseGet(() -> Strokes.of(chord));
    Keymap.Meaning meaning =
        place.isEmpty() || pressed.isSequence() && chord.equals(ESCAPE)
            ? new Keymap.Meaning.Nothing()
            : keymap.meaning(place.get(), pressed);
    return switch (meaning) {
      case Keymap.Meaning.Begins _ -> {
        pending = Optional.of(pressed);
        yield new Answer.Waits();
      }
      case Keymap.Meaning.Does(Action action) when pressed.isSequence() -> new Answer.Does(action);
      case Keymap.Meaning.Does _ -> new Answer.Alone();
      case Keymap.Meaning.Nothing _ ->
          pressed.isSequence() ? new Answer.Dropped() : new Answer.Alone();
    };
  }
}
