package dev.agent.command;

/** {@code /clear}: begins a new conversation. */
final class ClearCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("clear", "", "Begin a new conversation").also("reset", "new");
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    String old = context.session().id();
    boolean kept =
        context.session().journal().isPresent()
            && !context.session().conversation().messages().isEmpty();
    context.control().clear();
    return CommandResult.done(
        kept ? "A new conversation begins. Back to the old one: /resume " + old : "");
  }
}
