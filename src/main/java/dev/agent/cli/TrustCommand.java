package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.settings.Places;
import dev.agent.settings.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code agent trust [DIR]}: lets a directory's settings act. */
final class TrustCommand {
  private TrustCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    Path directory =
        arguments.isEmpty()
            ? Wiring.projectRoot(world.cwd())
            : world.cwd().resolve(arguments.getFirst()).normalize();
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          "agent trust: \"" + directory + "\" is no directory.",
          "Give the directory of a project.");
    }
    new Trust(Places.of(world.environment())).grant(directory);
    AgentCommand.write(world.out(), "Trusted: " + directory + "\n");
    return ExitCode.OK;
  }
}
