package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.session.SessionInfo;
import dev.agent.session.Sessions;
import java.util.List;

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
            CommandPage.usage("sessions"));
      }
    }
    Sessions sessions =
        new Sessions(world.places().data(), world.ids(), world.time(), List.of(), _ -> {});
    List<SessionInfo> found = all ? sessions.list() : sessions.list(world.cwd());
    StringBuilder out = new StringBuilder();
    if (json) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      for (SessionInfo session : found) {
        list.addObject()
            .put("id", session.id())
            .put("title", session.title())
            .put("cwd", session.cwd())
            .put("modified", session.modified().toString())
            .put("turns", session.turns())
            .put("cost_usd", session.costUsd())
            .put("bytes", session.bytes())
            .put("damaged", session.isDamaged())
            .put("file", session.file().toString());
      }
      out.append(Json.pretty(list)).append('\n');
    } else {
      for (SessionInfo session : found) {
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
