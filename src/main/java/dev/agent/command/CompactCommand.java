package dev.agent.command;

/** {@code /compact}: replaces the older part of the conversation by a summary. */
final class CompactCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of(
        "compact",
        "[what to take care of]",
        "Summarise the older part of the conversation to free context");
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) throws InterruptedException {
    SessionControl.Compacted done = context.control().compact(arguments, context.cancellation());
    return CommandResult.done(
        "Compacted: the conversation went from about "
            + Figures.tokens(done.tokensBefore())
            + " to about "
            + Figures.tokens(done.tokensAfter())
            + " tokens. The whole of it stays in the session's file.");
  }
}
