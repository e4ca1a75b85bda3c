package dev.agent.command;

import dev.agent.context.PromptExpander;
import dev.agent.permission.Mode;

/** {@code /plan}: changes to plan mode, and plans at once when told what. */
final class PlanCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("plan", "[task]", "Only read and plan, until you approve the plan");
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) throws InterruptedException {
    context.control().mode(Mode.PLAN);
    if (arguments.isEmpty()) {
      return CommandResult.done("Mode plan: " + ModeCommand.meaning(Mode.PLAN) + ".");
    }
    PromptExpander.Expanded prompt = context.prompts().expand(arguments, context.cancellation());
    return new CommandResult.Prompt(
        prompt.content(), "/plan " + arguments, CommandResult.Scope.NONE, prompt.problems());
  }
}
