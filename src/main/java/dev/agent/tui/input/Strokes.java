package dev.agent.tui.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is pressed to have something done: one chord, or a sequence of them, one after the other.
 *
 * @param chords in their order, at least one
 */
public record Strokes(List<Chord> chords) {
  public Strokes {
    chords = List.copyOf(chords);
    if (chords.isEmpty()) {
      throw new IllegalArgumentException("no chord");
    }
  }

  /** A single chord. */
  public static Strokes of(Chord chord) {
    return new Strokes(List.of(chord));
  }

  /**
   * Reads {@code ctrl+e}, or {@code ctrl+x ctrl+e} with blanks between the chords. Empty when a
   * part names no key.
   */
  public static Optional<Strokes> parse(String text) {
    Optional<Chord> single = Chord.parse(text); // blanks around a plus are no blanks between chords
    if (single.isPresent()) {
      return single.map(Strokes::of);
    }
    List<Chord> chords = new ArrayList<>();
    for (String part : text.strip().split("\\s+", -1)) {
      Optional<Chord> chord = Chord.parse(part);
      if (chord.isEmpty()) {
        return Optional.empty();
      }
      chords.add(chord.get());
    }
    return Optional.of(new Strokes(chords));
  }

  /** The chord that is pressed first. */
  public Chord first() {
    return chords.getFirst();
  }

  /** Whether it takes more than one chord. */
  public boolean isSequence() {
    return chords.size() > 1;
  }

  /** The same with another chord pressed behind it. */
  public Strokes then(Chord next) {
    List<Chord> longer = new ArrayList<>(chords);
    longer.add(next);
    return new Strokes(longer);
  }

  /** Whether a longer sequence begins with all of this. */
  public boolean begins(Strokes longer) {
    return longer.chords.size() > chords.size()
        && longer.chords.subList(0, chords.size()).equals(chords);
  }

  /** The form in which {@link #parse} reads it. */
  @Override
  public String toString() {
    return chords.stream().map(Chord::toString).collect(Collectors.joining(" "));
  }
}
