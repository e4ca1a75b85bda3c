package dev.agent.cli;

import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.mode.interactive.InteractiveMode;
import dev.agent.mode.interactive.Interrupts;
import dev.agent.mode.interactive.Surface;
import dev.agent.mode.interactive.SurfaceChoice;
import dev.agent.mode.interactive.Surfaces;
import dev.agent.mode.print.PrintMode;
import dev.agent.mode.screen.FullScreen;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.session.SpillFiles;
import dev.agent.settings.SettingsLoader;
import dev.agent.tui.cell.TerminalPort;
import java.util.Map;
import java.util.Optional;

/** Chooses the mode of a run and ends it in order. */
final class Runs {
  private Runs() {}

  static int run(
      Launch launch,
      boolean dumpSystemPrompt,
      Cancellation cancellation,
      Interrupts interrupts,
      Optional<TerminalPort> terminal) {
    if (dumpSystemPrompt) {
      AgentCommand.write(launch.world().out(), new Wiring(launch).systemPrompt() + "\n");
      return ExitCode.OK;
    }
    boolean headless =
        launch.print()
            || launch.streamInput()
            || !launch.world().interactive()
            || launch.output() != Launch.OutputFormat.TEXT;
    if (!headless) {
      return interactive(launch, cancellation, interrupts, terminal);
    }
    if (launch.resume().filter(String::isBlank).isPresent()) {
      throw new UserError(
          "--resume needs the id of a session where nobody can choose one.",
          "List them with: agent sessions");
    }
    try (AgentSession session = new Wiring(launch).session()) {
      return new PrintMode(launch, session, cancellation).run();
    }
  }

  private static int interactive(
      Launch launch,
      Cancellation cancellation,
      Interrupts interrupts,
      Optional<TerminalPort> terminal) {
    return new InteractiveMode(
            launch,
            new InteractiveHost(launch),
            SettingsLoader.load(RunSettings.sources(launch)),
            new Surfaces(
                Map.of(Surfaces.FULLSCREEN, place -> screen(place, terminal)),
                () -> terminal.ifPresent(TerminalPort::end)),
            terminal.map(it -> new SurfaceChoice.Size(it.columns(), it.rows())),
            cancellation,
            interrupts)
        .run();
  }

  /** The full screen, which nothing else may write to meanwhile. */
  private static Surface screen(Surface.Place place, Optional<TerminalPort> terminal) {
    return controller -> {
      SpillFiles faults = SpillFiles.ofFaults(place.launch().world().places().data());
      try (StrayOutput _ = new StrayOutput(faults)) {
        return new FullScreen(place, terminal).run(controller);
      }
    };
  }
}
