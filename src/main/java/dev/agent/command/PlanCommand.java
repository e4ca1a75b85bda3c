package dev.agent.command;

import dev.agent.message.ContentBlock;
import dev.agent.permission.Mode;
import java.util.List;

/** {@code /plan}: changes to plan mode, and plans at once when told what. */
final class PlanCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("plan", "[task]", "Only read and plan, until you approve the plan");
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    context.control().mode(Mode.PLAN);
    return arguments.isEmpty()
        ? CommandResult.done("Mode plan: " + ModeCommand.meaning(Mode.PLAN) + ".")
        : new CommandResult.Prompt(
            List.of(new ContentBlock.Text(arguments)),
            "/plan " + arguments,
            CommandResult.Scope.NONE);
  }
}
