package dev.agent.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.List;
import java.util.Optional;

/** {@code /statusline}: a program of one's own that fills the footer. */
final class StatuslineCommand implements SlashCommand {
  private static final String KEY = "statusLine";

  @Override
  public CommandInfo info() {
    return CommandInfo.of(
            "statusline", "[command|off]", "Show or set the program that fills the footer")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return List.of(new Choice("off", "the usual footer"));
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (arguments.isEmpty()) {
      Optional<JsonNode> now = context.place().settings().get().effective(KEY);
      String command = now.map(it -> it.path("command").asText("")).orElse("");
      return CommandResult.done(
          (command.isEmpty() ? "The footer is the usual one." : "The footer comes from: " + command)
              + " /statusline COMMAND sets a program; it gets the session's state as JSON and the"
              + " first three lines of its output are shown.");
    }
    String value = "null";
    if (!arguments.equals("off")) {
      ObjectNode setting = Json.object();
      setting.put("type", "command");
      setting.put("command", arguments);
      value = Json.write(setting);
    }
    String note = context.control().set(KEY, value);
    return CommandResult.done(
        (arguments.equals("off")
                ? "The footer is the usual one again."
                : "The footer comes from this program now.")
            + (note.isEmpty() ? "" : " " + note));
  }
}
