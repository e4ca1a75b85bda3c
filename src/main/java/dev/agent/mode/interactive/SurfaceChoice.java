package dev.agent.mode.interactive;

import dev.agent.mode.Launch;
import dev.agent.runtime.UserError;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which surface draws a session, and who said so.
 *
 * @param name {@code fullscreen}, {@code inline} or {@code plain}
 * @param from {@code flag}, {@code environment}, {@code setting}, {@code terminal} where the
 *     terminal can't do more, or {@code default}
 */
public record SurfaceChoice(String name, String from) {
  private static final int MIN_COLUMNS = 40;
  private static final int MIN_ROWS = 10;

  /** How large a terminal is; zeros where that is unknown. */
  public record Size(int columns, int rows) {
    boolean isTooSmall() {
      // A terminal that does not know its size is most likely none that anybody looks at.
      return columns < MIN_COLUMNS || rows < MIN_ROWS;
    }
  }

  /** Chooses for a run. */
  static SurfaceChoice of(Launch launch, Optional<String> setting, Supplier<Size> size) {
    return of(
        launch.world().outputIsTerminal(),
        launch.surface(),
        launch.world().environment(),
        setting,
        size);
  }

  /**
   * Chooses: flag before environment before setting before what the terminal can do.
   *
   * @param setting the value of {@code tui}
   * @param size asked for only where it matters
   */
  static SurfaceChoice of(
      boolean outputIsTerminal,
      Optional<String> flag,
      Map<String, String> environment,
      Optional<String> setting,
      Supplier<Size> size) {
    if (!outputIsTerminal) {
      return new SurfaceChoice(Surfaces.PLAIN, "terminal");
    }
    if (flag.isPresent()) {
      return new SurfaceChoice(flag.get(), "flag");
    }
    String term = environment.getOrDefault("TERM", "");
    if (isAccessible(environment) || term.isEmpty() || term.equals("dumb")) {
      return new SurfaceChoice(Surfaces.PLAIN, "environment");
    }
    SurfaceChoice wanted =
        setting
            .map(name -> new SurfaceChoice(name, "setting"))
            .orElse(new SurfaceChoice(Surfaces.FULLSCREEN, "default"));
    return !wanted.name().equals(Surfaces.PLAIN) && size.get().isTooSmall()
        ? new SurfaceChoice(Surfaces.PLAIN, "terminal")
        : wanted;
  }

  private static boolean isAccessible(Map<String, String> environment) {
    String value = environment.getOrDefault("ACCESSIBLE", "").strip().toLowerCase(Locale.ROOT);
    return !value.isEmpty() && !value.equals("0") && !value.equals("false");
  }

  /**
   * The surface that was asked for while the session goes on.
   *
   * @throws UserError when it can't be had here
   */
  static SurfaceChoice switched(Launch launch, String name, Surfaces surfaces) {
    if (!surfaces.names().contains(name)) {
      throw new UserError("There is no surface \"" + name + "\" here.", "");
    }
    if (!name.equals(Surfaces.PLAIN) && !launch.world().outputIsTerminal()) {
      throw new UserError("Standard output is no terminal, so only plain text is possible.", "");
    }
    return new SurfaceChoice(name, "command");
  }
}
