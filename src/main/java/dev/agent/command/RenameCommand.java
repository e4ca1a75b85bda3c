package dev.agent.command;

import dev.agent.runtime.UserError;
import dev.agent.text.Visible;

/** {@code /rename}: gives the session a name. */
final class RenameCommand implements SlashCommand {
  private static final int MAX_CHARS = 120;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("rename", "name", "Give this session a name").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    String title = Visible.of(arguments);
    if (title.isEmpty() || title.length() > MAX_CHARS) {
      throw new UserError(
          title.isEmpty()
              ? "There is no name given."
              : "The name has more than " + MAX_CHARS + " characters.",
          "Write /rename NAME.");
    }
    context.control().rename(title);
    return CommandResult.done("This session is called \"" + title + "\" now.");
  }
}
