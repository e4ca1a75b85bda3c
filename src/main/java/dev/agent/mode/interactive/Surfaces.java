package dev.agent.mode.interactive;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The ways to draw a session. A new one is one class and one line here. */
final class Surfaces {
  static final String FULLSCREEN = "fullscreen";
  static final String INLINE = "inline";
  static final String PLAIN = "plain";

  private static final List<Entry> ALL = List.of(new Entry(PLAIN, PlainSurface::new));

  private Surfaces() {}

  private record Entry(String name, Function<Surface.Place, Surface> make) {}

  /** Those that this build has. */
  static List<String> names() {
    return ALL.stream().map(Entry::name).toList();
  }

  /** Whether this build has it. */
  static boolean has(String name) {
    return ALL.stream().anyMatch(entry -> entry.name().equals(name));
  }

  /** The surface of a place; the plain one where this build lacks the other. */
  static Surface of(Surface.Place place) {
    Optional<Entry> found =
        ALL.stream().filter(entry -> entry.name().equals(place.choice().name())).findFirst();
    return found.map(entry -> entry.make().apply(place)).orElseGet(() -> new PlainSurface(place));
  }
}
