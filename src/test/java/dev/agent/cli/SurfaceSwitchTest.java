package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.mode.Launch;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.InteractiveMode;
import dev.agent.mode.interactive.Interrupts;
import dev.agent.mode.interactive.Surface;
import dev.agent.mode.interactive.SurfaceChoice;
import dev.agent.mode.interactive.Surfaces;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SurfaceSwitchTest {
  @TempDir Path temp;
  private final List<String> seen = new ArrayList<>();

  private void run(Surface fullScreen, Surface inline) throws IOException {
    try (InteractiveFixture machine = new InteractiveFixture(temp)) {
      Launch launch =
          Options.launch(
              new CommandLine(AgentCommand.spec()).parseArgs("--tui", "fullscreen"),
              inATerminal(machine.world()));
      new InteractiveMode(
              launch,
              new InteractiveHost(launch),
              SettingsLoader.load(RunSettings.sources(launch)),
              new Surfaces(
                  Map.of(Surfaces.FULLSCREEN, _ -> fullScreen, Surfaces.INLINE, _ -> inline),
                  () -> {}),
              Optional.of(new SurfaceChoice.Size(100, 30)),
              Cancellation.root(),
              new Interrupts())
          .run();
    }
  }

  private static Launch.World inATerminal(Launch.World world) {
    return new Launch.World(
        world.environment(),
        world.cwd(),
        world.in(),
        world.out(),
        world.err(),
        true,
        true,
        world.time(),
        world.ids(),
        world.version(),
        world.userName(),
        world.platform(),
        world.places());
  }

  private static UserError unusable() {
    return new UserError("The terminal can't be used: it is gone.", "Start agent with --plain.");
  }

  @Test
  void aSurfaceThatCanNotBeginGivesWayToTheOneBeforeWhichSaysWhy() throws IOException {
    Surface fullScreen =
        controller -> {
          try (var _ =
              controller.listen(
                  event -> {
                    if (event instanceof InteractiveEvent.Told told) {
                      seen.add(told.text());
                    }
                  })) {
            seen.add("full screen");
          }
          return seen.size() == 1 ? Optional.of(Surfaces.INLINE) : Optional.empty();
        };

    run(
        fullScreen,
        _ -> {
          throw unusable();
        });

    assertThat(seen)
        .containsExactly(
            "full screen",
            "The surface stays \"fullscreen\": The terminal can't be used: it is gone."
                + " Start agent with --plain.",
            "full screen");
  }

  @Test
  void theFirstSurfaceThatCanNotBeginEndsTheRun() {
    Surface broken =
        _ -> {
          throw unusable();
        };

    assertThatThrownBy(() -> run(broken, broken)).isInstanceOf(UserError.class);
  }
}
