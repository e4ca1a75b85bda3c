package dev.agent.cli;

import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.mode.interactive.InteractiveMode;
import dev.agent.mode.interactive.Interrupts;
import dev.agent.mode.interactive.Surface;
import dev.agent.mode.interactive.SurfaceChoice;
import dev.agent.mode.interactive.Surfaces;
import dev.agent.mode.print.PrintMode;
import dev.agent.mode.screen.DrawnSurfaces;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.session.SpillFiles;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsLoader;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.TerminalPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
      AgentCommand.write(
          launch.world().out(), new Briefing(RunBasis.of(launch)).systemPrompt() + "\n");
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
    try (AgentSession session = Wiring.session(launch)) {
      return new PrintMode(launch, session, cancellation).run();
    }
  }

  private static int interactive(
      Launch launch,
      Cancellation cancellation,
      Interrupts interrupts,
      Optional<TerminalPort> terminal) {
    Settings settings = SettingsLoader.load(RunSettings.sources(launch));
    FirstPrompt.remember(launch.world().places(), settings.text("tui"));
    if (settings.number("ambiguousWidth").equals(Optional.of(2))) {
      // Read once, when the first cell is measured: all widths of a process agree.
      System.setProperty(Cells.AMBIGUOUS_WIDTH_PROPERTY, "2");
    }
    return new InteractiveMode(
            launch,
            new InteractiveHost(launch),
            settings,
            new Surfaces(drawn(terminal), () -> terminal.ifPresent(TerminalPort::end)),
            terminal.map(it -> new SurfaceChoice.Size(it.columns(), it.rows())),
            cancellation,
            interrupts)
        .run();
  }

  /** Surfaces that are drawn: nothing else may write to the terminal meanwhile. */
  private static Map<String, Function<Surface.Place, Surface>> drawn(
      Optional<TerminalPort> terminal) {
    Map<String, Function<Surface.Place, Surface>> guarded = new LinkedHashMap<>();
    new DrawnSurfaces(terminal)
        .all()
        .forEach((name, make) -> guarded.put(name, place -> alone(place, make)));
    return guarded;
  }

  private static Surface alone(Surface.Place place, Function<Surface.Place, Surface> make) {
    return controller -> {
      SpillFiles faults = SpillFiles.ofFaults(place.launch().world().places().data());
      try (StrayOutput _ = new StrayOutput(faults)) {
        return make.apply(place).run(controller);
      }
    };
  }
}
