package dev.agent.mode.screen;

import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.Surface;
import dev.agent.runtime.UserError;
import dev.agent.session.SpillFiles;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.TerminalPort;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The session on a terminal that is drawn on, whatever {@link Face} it has; switching between those
 * changes nothing else. One thread reads what the terminal sends, one writes frames, and the one
 * that {@link #run} is called on owns everything in between.
 */
final class Stage implements Performance.Exits {
  private final Surface.Place place;
  private final Optional<TerminalPort> prepared;
  private final Map<String, String> environment;
  private final UiLoop loop = new UiLoop(System::nanoTime);
  private final Faults faults;
  private Optional<String> next = Optional.empty();
  private Optional<String> fault = Optional.empty();
  private Optional<Performance> running = Optional.empty();

  /**
   * @param terminal one that shows a first prompt already; empty = the standard streams' own
   */
  Stage(Surface.Place place, Optional<TerminalPort> terminal) {
    this.place = place;
    this.prepared = terminal;
    var world = place.launch().world();
    this.environment = world.environment();
    this.faults = new Faults(SpillFiles.ofFaults(world.places().data()), world.ids()::next);
  }

  /**
   * Draws until the session is closed or another surface is wanted.
   *
   * @return the name of that; empty = the end
   * @throws UserError if the terminal can't be used; the stage is as it was before
   */
  Optional<String> run(Controller controller, Face.Maker faces) {
    next = Optional.empty();
    try (var _ = place.life().onCancel(() -> loop.post(() -> end(Optional.empty())))) {
      loop.run(enter(controller, faces));
    } catch (IOException e) {
      throw new UserError(
          "The terminal can't be used: " + e.getMessage() + ".", "Start agent with --plain.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      boolean staysHere = next.filter(DrawnSurfaces.NAMES::contains).isPresent();
      running.ifPresent(it -> it.leave(staysHere));
      if (!staysHere) {
        running = Optional.empty();
      }
    }
    if (fault.isPresent()) {
      controller.exit();
      throw new UserError(
          "The screen failed again and again. " + fault.get(),
          "Nothing that was said is lost; go on without the screen: agent --plain"
              + controller
                  .session()
                  .filter(it -> it.launch().persist())
                  .filter(it -> !it.session().conversation().messages().isEmpty())
                  .map(it -> " --resume " + it.session().parts().id())
                  .orElse(""));
    }
    if (next.isEmpty()) {
      controller.exit();
    }
    return next;
  }

  private Performance enter(Controller controller, Face.Maker faces) throws IOException {
    if (running.isPresent()) {
      running.get().enter(faces);
      return running.get();
    }
    TerminalPort terminal =
        prepared
            .filter(port -> !port.isEnded())
            .orElseGet(
                () ->
                    TerminalPort.of(
                        environment, place.launch().world().in(), place.launch().world().out()));
    Performance performance = new Performance(place, controller, terminal, faces, loop, this);
    running = Optional.of(performance);
    performance.start();
    return performance;
  }

  @Override
  public void end(Optional<String> surface) {
    next = surface;
    loop.stop();
  }

  @Override
  public Optional<String> failed(Throwable thrown) {
    Faults.Seen seen = faults.take(thrown, System.nanoTime());
    if (!seen.isTooMany()) {
      return Optional.of(seen.said());
    }
    fault = Optional.of(seen.said());
    loop.stop();
    return Optional.empty();
  }
}
