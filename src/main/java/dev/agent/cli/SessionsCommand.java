package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.session.Sessions;
import dev.agent.settings.Places;
import java.util.List;
import java.util.Optional;

/** {@code agent sessions [--all] [--json]}: lists the sessions of this directory, or of all. */
final class SessionsCommand {
  private SessionsCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    boolean all = arguments.contains("--all");
    boolean json = arguments.contains("--json");
    for (String argument : arguments) {
      if (!argument.equals("--all") && !argument.equals("--json")) {
        throw new UserError(
            "agent sessions: \"" + argument + "\" is not understood.",
            "Usage: agent sessions [--all] [--json]");
      }
    }
    List<Sessions.Summary> found =
        new Sessions(Places.of(world.environment()).data())
            .list(all ? Optional.empty() : Optional.of(world.cwd()));
    StringBuilder out = new StringBuilder();
    if (json) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      for (Sessions.Summary session : found) {
        list.addObject()
            .put("id", session.id())
            .put("title", session.title())
            .put("cwd", session.cwd())
            .put("modified", session.modified().toString())
            .put("bytes", session.bytes())
            .put("file", session.file().toString());
      }
      out.append(Json.pretty(list)).append('\n');
    } else {
      for (Sessions.Summary session : found) {
        out.append(session.id())
            .append("  ")
            .append(session.modified().toString(), 0, 16)
            .append("  ")
            .append(session.title().isEmpty() ? "(no prompt)" : session.title());
        out.append(all ? "  " + session.cwd() : "").append('\n');
      }
      if (found.isEmpty()) {
        out.append("No sessions").append(all ? "" : " in " + world.cwd()).append(".\n");
      }
    }
    AgentCommand.write(world.out(), out.toString());
    return ExitCode.OK;
  }
}
