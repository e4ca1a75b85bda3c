package dev.agent.command;

/** {@code /exit}: ends the program. */
final class ExitCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("exit", "", "End the program").also("quit").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    return new CommandResult.Exit();
  }
}
