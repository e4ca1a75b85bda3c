package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.model.anthropic.SseInspection;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code agent debug sse [--chunk-size N] FILE}: shows what the stream reader makes of a file. */
final class DebugCommand {
  private DebugCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("sse")) {
      throw new UserError(
          "agent debug: say what to debug.", "Known is: agent debug sse [--chunk-size N] FILE");
    }
    int chunkSize = 0;
    Path file = null;
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--chunk-size") && i + 1 < arguments.size()) {
        chunkSize = number(arguments.get(++i));
      } else if (argument.startsWith("--chunk-size=")) {
        chunkSize = number(argument.substring("--chunk-size=".length()));
      } else if (argument.startsWith("--") || file != null) {
        throw new UserError(
            "agent debug sse: \"" + argument + "\" is not understood.",
            "Usage: agent debug sse [--chunk-size N] FILE");
      } else {
        file = world.cwd().resolve(argument);
      }
    }
    if (file == null) {
      throw new UserError(
          "agent debug sse: no file is named.", "Usage: agent debug sse [--chunk-size N] FILE");
    }
    StringBuilder out = new StringBuilder();
    try (InputStream in = Files.newInputStream(file)) {
      int code = SseInspection.run(in, chunkSize, out);
      AgentCommand.write(world.out(), out.toString());
      return code;
    } catch (IOException e) {
      throw new UserError(
          "agent debug sse: " + file + " can't be read (" + e.getMessage() + ").",
          "Give the path of a file.");
    }
  }

  private static int number(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UserError(
        "--chunk-size: \"" + text + "\" is not valid.", "It must be a whole number above 0.");
  }
}
