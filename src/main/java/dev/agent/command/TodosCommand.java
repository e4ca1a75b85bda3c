package dev.agent.command;

import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.tool.Display;
import java.util.List;

/** {@code /todos}: the model's list of tasks. */
final class TodosCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("todos", "", "Show the list of tasks").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
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
