package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.mode.replay.Faults;
import dev.agent.mode.replay.ReplayMode;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code agent replay-server FILE}: plays a script or a recording as a model service. */
final class ReplayServerCommand {
  private ReplayServerCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    Optional<Path> file = Optional.empty();
    int port = 0;
    double speed = 0;
    long delayMillis = 0;
    Optional<Faults.Profile> faults = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (!name.startsWith("--")) {
        file = Optional.of(world.cwd().resolve(name));
        continue;
      }
      String value = i + 1 < arguments.size() ? arguments.get(++i) : "";
      try {
        switch (name) {
          case "--port" -> port = Integer.parseInt(value);
          case "--speed" -> speed = Double.parseDouble(value);
          case "--delay" -> delayMillis = Long.parseLong(value);
          case "--faults" -> faults = Optional.of(Faults.Profile.parse(value));
          default ->
              throw new UserError(
                  "agent replay-server: unknown option \"" + name + "\".",
                  CommandPage.usage("replay-server"));
        }
      } catch (NumberFormatException e) {
        throw new UserError(
            name + ": \"" + value + "\" is not valid.", CommandPage.usage("replay-server"));
      }
    }
    Path script =
        file.orElseThrow(
            () ->
                new UserError(
                    "agent replay-server: no file is named.", CommandPage.usage("replay-server")));
    return ReplayMode.run(
        new ReplayMode.Options(script, port, speed, delayMillis, faults), world, cancellation);
  }
}
