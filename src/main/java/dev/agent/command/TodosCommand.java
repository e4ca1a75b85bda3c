package dev.agent.command;

import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.runtime.UserError;
import dev.agent.tool.Display;
import java.util.List;

/** {@code /todos}: the model's list of tasks. */
final class TodosCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("todos", "[shown|hidden]", "Show the list of tasks, or hide it")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return context.screen().values(Screen.Option.TODOS).stream()
        .map(value -> new Choice(value, ""))
        .toList();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (!arguments.isEmpty()) {
      return changed(arguments, context.screen());
    }
    List<Display.Todo> todos = context.session().todos();
    if (todos.isEmpty()) {
      return CommandResult.done("There is no list of tasks. The model makes one for larger work.");
    }
    long done = todos.stream().filter(it -> it.status().equals("completed")).count();
    return new CommandResult.Show(
        Panel.of(
            "Tasks",
            new Section.Items(
                done + " of " + todos.size() + " done",
                todos.stream().map(TodosCommand::item).toList())));
  }

  private static CommandResult changed(String wanted, Screen screen) {
    List<String> values = screen.values(Screen.Option.TODOS);
    if (!values.contains(wanted)) {
      throw new UserError(
          values.isEmpty()
              ? "The list can't be kept on the screen here."
              : "\"" + wanted + "\" is no way to show the list.",
          values.isEmpty()
              ? "/todos shows it."
              : "There are " + String.join(" and ", values) + ".");
    }
    screen.change(Screen.Option.TODOS, wanted);
    return CommandResult.done("The list of tasks is " + wanted + ".");
  }

  private static Item item(Display.Todo todo) {
    Mark mark =
        switch (todo.status()) {
          case "completed" -> Mark.GOOD;
          case "in_progress" -> Mark.NOW;
          default -> Mark.OPEN;
        };
    return new Item(mark, todo.content(), "");
  }
}
