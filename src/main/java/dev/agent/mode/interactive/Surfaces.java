package dev.agent.mode.interactive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The ways to draw a session that this build has. Immutable. */
public final class Surfaces {
  public static final String FULLSCREEN = "fullscreen";
  public static final String INLINE = "inline";
  public static final String PLAIN = "plain";

  private final Map<String, Function<Surface.Place, Surface>> all = new LinkedHashMap<>();

  /**
   * @param drawn ways that take more than lines of text, by name; plain text is always there
   * @param beforePlain gives back what was prepared for one of those
   */
  public Surfaces(Map<String, Function<Surface.Place, Surface>> drawn, Runnable beforePlain) {
    all.putAll(drawn);
    all.put(
        PLAIN,
        place -> {
          beforePlain.run();
          return new PlainSurface(place);
        });
  }

  /** Their names. */
  List<String> names() {
    return List.copyOf(all.keySet());
  }

  /** The surface of a place; the plain one where this build lacks the other. */
  Surface of(Surface.Place place) {
    Function<Surface.Place, Surface> make = all.get(place.choice().name());
    return (make == null ? Objects.requireNonNull(all.get(PLAIN)) : make).apply(place);
  }
}
