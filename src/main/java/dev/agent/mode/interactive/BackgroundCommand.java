package dev.agent.mode.interactive;

import dev.agent.command.CommandContext;
import dev.agent.command.CommandInfo;
import dev.agent.command.CommandResult;
import dev.agent.command.SlashCommand;
import dev.agent.runtime.UserError;
import java.util.List;

/** {@code /background}: lets running commands go on beside the conversation. */
record BackgroundCommand(Controller controller) implements SlashCommand {
  @Override
  public CommandInfo info() {
    return new CommandInfo(
        "background",
        List.of("bg"),
        "Let the running command go on in the background",
        "",
        CommandInfo.Origin.BUILT_IN,
        true);
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    int count = controller.background();
    if (count == 0) {
      throw new UserError("No command runs that anybody waits for.", "");
    }
    return CommandResult.done(
        count == 1 ? "It runs on in the background." : count + " commands run on.");
  }
}
