package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.settings.Contribution;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsLoader;
import dev.agent.settings.SettingsSources;
import dev.agent.settings.Trust;
import dev.agent.text.Visible;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code agent trust [--show | --revoke] [DIR]} and {@code agent trust --list}: lets a directory's
 * settings act, each thing that they want by itself.
 */
final class TrustCommand {
  private TrustCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    Optional<String> option = Optional.empty();
    Optional<String> name = Optional.empty();
    for (String argument : arguments) {
      if (List.of("--show", "--revoke", "--list").contains(argument) && option.isEmpty()) {
        option = Optional.of(argument);
      } else if (!argument.startsWith("-") && name.isEmpty()) {
        name = Optional.of(argument);
      } else {
        throw new UserError(
            "agent trust: \"" + argument + "\" is not understood.", CommandPage.usage("trust"));
      }
    }
    Trust trust = new Trust(world.places());
    Path directory =
        name.map(it -> world.cwd().resolve(it).normalize())
            .map(it -> Files.isDirectory(it) ? RunSettings.projectRoot(it) : it)
            .orElseGet(() -> RunSettings.projectRoot(world.cwd()));
    StringBuilder out = new StringBuilder();
    switch (option.orElse("")) {
      case "--list" ->
          trust.list().forEach((path, count) -> out.append(path).append(counted(count)));
      case "--revoke" -> {
        if (!trust.revoke(directory)) {
          throw new UserError(
              "agent trust: \"" + directory + "\" is not trusted by itself.",
              "See which directories are with: agent trust --list");
        }
        out.append("No longer trusted: ").append(directory).append('\n');
      }
      case "--show" -> show(wanted(directory, world), out);
      default -> {
        List<Contribution> wanted = wanted(directory, world);
        trust.grant(directory, wanted);
        out.append("Trusted: ").append(directory).append('\n');
        show(wanted(directory, world), out);
      }
    }
    AgentCommand.write(world.out(), out.toString());
    return ExitCode.OK;
  }

  private static String counted(int count) {
    return (count == 0 ? "" : "  (" + count + (count == 1 ? " thing)" : " things)")) + "\n";
  }

  private static List<Contribution> wanted(Path directory, Launch.World world) {
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          "agent trust: \"" + directory + "\" is no directory.",
          "Give the directory of a project.");
    }
    Settings settings = SettingsLoader.load(SettingsSources.files(world.places(), directory));
    return settings.contributions();
  }

  /** What a repository wants may come from anyone: nothing of it reaches the terminal as it is. */
  private static void show(List<Contribution> wanted, StringBuilder out) {
    List<String> lines = new ArrayList<>();
    for (Contribution it : wanted) {
      lines.add(
          (it.approved() ? "  counts:         " : "  does not count: ")
              + Visible.of(it.shown())
              + "  ("
              + it.file()
              + ")");
    }
    lines.forEach(line -> out.append(line).append('\n'));
    if (lines.isEmpty()) {
      out.append("  Its settings want nothing that needs trust.\n");
    }
  }
}
