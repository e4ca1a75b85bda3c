package dev.agent.mode.interactive;

import dev.agent.command.CommandContext;
import dev.agent.command.CommandInfo;
import dev.agent.command.CommandResult;
import dev.agent.command.Panel;
import dev.agent.command.SlashCommand;
import dev.agent.runtime.UserError;
import java.util.List;

/** {@code /queue}: shows what waits, takes it back, or adds what comes after all other work. */
record QueueCommand(Controller controller) implements SlashCommand {
  @Override
  public CommandInfo info() {
    return new CommandInfo(
        "queue",
        List.of(),
        "Show what waits, take it back, or add a prompt for later",
        "[clear|later prompt]",
        CommandInfo.Origin.BUILT_IN,
        true);
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return List.of(
        new Choice("clear", "Take everything back that you wrote"),
        new Choice("later", "Send a prompt when all other work is done"));
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    String[] words = arguments.split("\\s+", 2);
    return switch (words[0]) {
      case "" -> shown();
      case "clear" -> {
        String back = controller.takeBack();
        yield CommandResult.done(back.isEmpty() ? "Nothing waits." : "Taken back:\n" + back);
      }
      case "later" -> {
        if (words.length < 2) {
          throw new UserError("There is no prompt to send later.", "Write it behind \"later\".");
        }
        controller.submit(UserInput.of(words[1]), Queued.Priority.LATER);
        yield CommandResult.done("It is sent when all other work is done.");
      }
      default ->
          throw new UserError(
              "\"" + words[0] + "\" is nothing that a queue can do.", "There are clear and later.");
    };
  }

  private CommandResult shown() {
    List<Panel.Item> items =
        controller.queue().stream()
            .map(
                item ->
                    new Panel.Item(
                        Panel.Mark.NONE,
                        item.shown(),
                        item.priority() == Queued.Priority.LATER ? "later" : ""))
            .toList();
    return items.isEmpty()
        ? CommandResult.done("Nothing waits.")
        : new CommandResult.Show(Panel.of("Queue", new Panel.Section.Items("", items)));
  }
}
