package dev.agent.command;

import dev.agent.message.ContentBlock;
import java.util.List;

/**
 * A built-in command that is a prompt: a resource file with {@code {arguments}} where the person's
 * words go. A custom command of the same name takes its place.
 *
 * @param otherwise what stands there when the person gave no words
 */
record PromptCommand(CommandInfo info, String otherwise) implements SlashCommand {
  /** {@code /init}: writes an instruction file for the project. */
  static PromptCommand init() {
    return new PromptCommand(
        CommandInfo.of(
            "init", "[what matters to you]", "Write an AGENTS.md that explains this project"),
        "(The user gave no wishes of their own.)");
  }

  /** {@code /review}: reviews changes. */
  static PromptCommand review() {
    return new PromptCommand(
        CommandInfo.of(
            "review", "[what to review]", "Review changes: the present ones, a branch or a commit"),
        "the changes that are not committed; when there are none, what this branch has that the"
            + " main branch does not");
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    String text =
        PromptResource.of(info.name())
            .replace("{arguments}", arguments.isEmpty() ? otherwise : arguments);
    return new CommandResult.Prompt(
        List.of(new ContentBlock.Text(text)),
        "/" + info.name() + (arguments.isEmpty() ? "" : " " + arguments),
        CommandResult.Scope.NONE,
        List.of());
  }
}
