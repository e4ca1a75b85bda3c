package dev.agent.mode.interactive;

import dev.agent.loop.AgentEvent;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.session.PromptHistory;
import dev.agent.settings.Settings;
import java.util.Optional;
import java.util.function.Supplier;

/** A session in a terminal, from its first line to its last. */
public final class InteractiveMode {
  private final Launch launch;
  private final SessionHost host;
  private final Settings settings;
  private final Surfaces surfaces;
  private final Supplier<SurfaceChoice.Size> size;
  private final Cancellation life;
  private final Interrupts interrupts;

  /**
   * @param settings as they are at the start
   * @param surfaces that there are
   * @param size of the terminal, where somebody knows it already
   * @param life ends the run when it is cancelled
   * @param interrupts tells of Ctrl+C
   */
  public InteractiveMode(
      Launch launch,
      SessionHost host,
      Settings settings,
      Surfaces surfaces,
      Optional<SurfaceChoice.Size> size,
      Cancellation life,
      Interrupts interrupts) {
    this.interrupts = interrupts;
    this.launch = launch;
    this.host = host;
    this.settings = settings;
    this.surfaces = surfaces;
    this.size =
        size.<Supplier<SurfaceChoice.Size>>map(it -> () -> it).orElse(TerminalSize::ofThisTerminal);
    this.life = life;
  }

  /**
   * Runs until the person leaves; the exit code.
   *
   * @throws dev.agent.runtime.UserError when no session could be opened
   */
  public int run() {
    PromptHistory history =
        new PromptHistory(launch.world().places().data(), launch.world().time());
    Controller controller = new Controller(host, launch, history, surfaces, life);
    try (controller) {
      draw(controller);
    }
    if (controller.failure().isPresent()) {
      throw controller.failure().get();
    }
    return ExitCode.OK;
  }

  private void draw(Controller controller) {
    SurfaceChoice choice = SurfaceChoice.of(launch, settings.text("tui"), size);
    Optional<SurfaceChoice> before = Optional.empty();
    Optional<SurfaceChoice> next = Optional.of(choice);
    while (next.isPresent()) {
      SurfaceChoice now = next.get();
      Surface surface = surfaces.of(new Surface.Place(launch, now, settings, life, interrupts));
      try {
        Optional<String> wanted = surface.run(controller);
        before = Optional.of(now);
        next = wanted.map(name -> SurfaceChoice.switched(launch, name, surfaces));
      } catch (UserError e) {
        // Whoever had the terminal before can have it again; a second fault in a row is the end.
        SurfaceChoice last = before.orElseThrow(() -> e);
        controller.tell(
            AgentEvent.Level.ERROR,
            "The surface stays \"" + last.name() + "\": " + String.valueOf(e.getMessage()));
        next = before;
        before = Optional.empty();
      }
    }
  }
}
