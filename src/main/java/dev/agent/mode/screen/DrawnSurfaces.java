package dev.agent.mode.screen;

import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.Surface;
import dev.agent.mode.interactive.Surfaces;
import dev.agent.tui.cell.TerminalPort;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The surfaces that draw: the full screen, and the region below what is printed. Both belong to one
 * stage, so that a switch keeps the transcript, the draft, dialogs and all else as they are.
 */
public final class DrawnSurfaces {
  /** Their names. */
  static final Set<String> NAMES = Set.of(Surfaces.FULLSCREEN, Surfaces.INLINE);

  private final Optional<TerminalPort> terminal;
  private Optional<Stage> stage = Optional.empty();

  /**
   * @param terminal one that shows a first prompt already; empty = the standard streams' own
   */
  public DrawnSurfaces(Optional<TerminalPort> terminal) {
    this.terminal = terminal;
  }

  /** Each by its name. */
  public Map<String, Function<Surface.Place, Surface>> all() {
    return Map.of(
        Surfaces.FULLSCREEN,
        place ->
            controller ->
                run(
                    place,
                    controller,
                    (columns, rows, answers, _) ->
                        new WholeScreen(columns, rows, answers.capabilities())),
        Surfaces.INLINE,
        place ->
            controller ->
                run(
                    place,
                    controller,
                    (columns, rows, answers, next) ->
                        new Inline(columns, rows, answers.capabilities(), next, answers::reflows)));
  }

  private Optional<String> run(Surface.Place place, Controller controller, Face.Maker faces) {
    if (stage.isEmpty()) {
      stage = Optional.of(new Stage(place, terminal));
    }
    return stage.get().run(controller, faces);
  }
}
