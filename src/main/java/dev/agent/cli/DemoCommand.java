package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.mode.demo.Demo;
import dev.agent.mode.replay.ReplayServer;
import dev.agent.mode.replay.Script;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.settings.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code agent demo}: repairs a small broken project with a scripted model, without a key and
 * without a network.
 */
final class DemoCommand {
  private DemoCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    if (!arguments.isEmpty()) {
      throw new UserError(
          "agent demo: \"" + arguments.getFirst() + "\" is not understood.",
          CommandPage.usage("demo"));
    }
    try (ReplayServer server = new ReplayServer(0, Script.parse("demo", Demo.script(), 0))) {
      Path project = Demo.unpack();
      AgentCommand.write(
          world.err(),
          "A scripted model works on a small broken project in "
              + project
              + ".\n$ agent -p \""
              + Demo.PROMPT
              + "\"\n");
      Map<String, String> environment = new HashMap<>(world.environment());
      environment
          .keySet()
          .removeIf(
              name ->
                  name.startsWith("ANTHROPIC_")
                      || name.toUpperCase(java.util.Locale.ROOT).endsWith("_PROXY"));
      environment.put("ANTHROPIC_BASE_URL", server.url());
      // The server wants none; with one, the run takes the way of a person's own.
      environment.put("ANTHROPIC_API_KEY", "demo");
      environment.put("AGENT_DATA_DIR", project.resolve(".demo-data").toString());
      Launch.World demo =
          new Launch.World(
              environment,
              project,
              java.io.InputStream.nullInputStream(),
              world.out(),
              world.err(),
              false,
              world.time(),
              world.ids(),
              world.version(),
              world.userName(),
              world.platform(),
              Places.of(environment, world.platform()).withManaged(world.places().managed()));
      String[] command = {
        "-p",
        Demo.PROMPT,
        "--verbose",
        "--permission-mode",
        "acceptEdits",
        "--allowedTools",
        Demo.ALLOWED
      };
      return AgentCommand.run(command, demo, cancellation);
    } catch (IOException e) {
      throw new UserError(
          "agent demo: the sample project can't be written (" + e.getMessage() + ").",
          "Make the temporary directory writable.");
    }
  }
}
