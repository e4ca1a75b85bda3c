package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.model.anthropic.SseInspection;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.tools.search.SearchDebug;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code agent debug}: shows what the stream reader makes of a file, and what our own search engine
 * finds.
 */
final class DebugCommand {
  private DebugCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    String what = arguments.isEmpty() ? "" : arguments.getFirst();
    return switch (what) {
      case "sse" -> sse(arguments, world);
      case "grep", "glob" -> search(arguments, world);
      default -> throw new UserError("agent debug: say what to debug.", CommandPage.usage("debug"));
    };
  }

  private static int search(List<String> arguments, Launch.World world) {
    StringBuilder out = new StringBuilder();
    try {
      int code = SearchDebug.run(arguments, world.cwd(), world.places().home(), out);
      AgentCommand.write(code == 2 ? world.err() : world.out(), out.toString());
      return code == 0 ? ExitCode.OK : ExitCode.FAILURE;
    } catch (IOException e) {
      throw new UserError("agent debug: " + e.getMessage(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static int sse(List<String> arguments, Launch.World world) {
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
            "agent debug sse: \"" + argument + "\" is not understood.", CommandPage.usage("debug"));
      } else {
        file = world.cwd().resolve(argument);
      }
    }
    if (file == null) {
      throw new UserError("agent debug sse: no file is named.", CommandPage.usage("debug"));
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
