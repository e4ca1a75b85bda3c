package dev.agent.command;

import java.util.List;

/** {@code /effort}: how hard the model thinks. */
final class EffortCommand implements SlashCommand {
  private static final List<Choice> LEVELS =
      List.of(
          new Choice("low", "quick and cheap"),
          new Choice("medium", ""),
          new Choice("high", ""),
          new Choice("max", "as long as it takes"));

  @Override
  public CommandInfo info() {
    return CommandInfo.of("effort", "[level]", "Show or change how hard the model thinks")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return LEVELS;
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (arguments.isEmpty()) {
      return CommandResult.done(
          context
              .session()
              .effort()
              .map(level -> "The effort is " + level + ". Change it with /effort low … max.")
              .orElse(context.session().model().id() + " has no such setting."));
    }
    context.control().effort(arguments);
    return CommandResult.done("From the next request on the effort is " + arguments + ".");
  }
}
