package dev.agent.cli;

import dev.agent.command.CustomCommands;
import dev.agent.command.Doctor;
import dev.agent.command.Machine;
import dev.agent.command.PanelText;
import dev.agent.hook.HookSettings;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.process.Processes;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsLoader;
import dev.agent.settings.SettingsSources;
import dev.agent.settings.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code agent doctor}: looks whether the agent has what it needs here. */
final class DoctorCommand {
  private DoctorCommand() {}

  /** Exit code 1 when something is broken; warnings don't count. */
  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    for (String argument : arguments) {
      if (!List.of("--terminal", "--json").contains(argument)) {
        throw new UserError(
            "agent doctor: \"" + argument + "\" is not understood.", CommandPage.usage("doctor"));
      }
    }
    Path root = RunSettings.projectRoot(world.cwd());
    Settings settings =
        SettingsLoader.load(
            new SettingsSources(
                world.places(),
                root,
                Source.CHOOSABLE,
                Optional.empty(),
                Json.object(),
                world.environment()));
    Processes processes = new Processes(world.environment(), world.ids().next());
    try {
      Doctor.Report report =
          Doctor.examine(
              new Doctor.World(
                  Machine.running(),
                  world.version(),
                  settings.variables(world.environment()),
                  world.places(),
                  world.cwd(),
                  world.interactive(),
                  settings,
                  HookSettings.of(settings),
                  CustomCommands.load(world.places(), root, world.cwd()).problems(),
                  new ChildPrograms(processes)),
              arguments.contains("--terminal"));
      AgentCommand.write(
          world.out(),
          arguments.contains("--json")
              ? Json.pretty(report.json()) + "\n"
              : PanelText.of(report.panel()));
      return report.isHealthy() ? ExitCode.OK : ExitCode.FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      processes.killAll();
    }
  }
}
