package dev.agent.command;

import dev.agent.command.CommandInfo.Origin;
import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.List;

/** {@code /help}: all commands, or what one of them is. */
final class HelpCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("help", "[command]", "Show what you can type").also("?").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    return arguments.isEmpty()
        ? new CommandResult.Open(CommandResult.Dialog.HELP, overview(context.commands()))
        : new CommandResult.Show(about(arguments, context.commands()));
  }

  private static Panel overview(Commands commands) {
    List<Section> sections = new ArrayList<>();
    for (Origin origin : Origin.values()) {
      List<List<String>> rows =
          commands.all().stream()
              .map(SlashCommand::info)
              .filter(info -> info.origin() == origin)
              .map(info -> List.of(usage(info), info.summary()))
              .toList();
      if (!rows.isEmpty()) {
        sections.add(
            new Section.Table(
                heading(origin), List.of(Column.text("Command"), Column.text("")), rows));
      }
    }
    sections.add(
        new Section.Text(
            "Besides: `@file` attaches a file, `!command` runs a command by yourself, `#note` adds"
                + " to a memory file. A blank in front of `/` sends the line as a prompt."));
    return new Panel("Help", sections);
  }

  private static Panel about(String name, Commands commands) {
    String plain = name.startsWith("/") ? name.substring(1) : name;
    CommandInfo info =
        commands
            .find(plain)
            .map(SlashCommand::info)
            .orElseThrow(
                () ->
                    new UserError(
                        new CommandRouter.Route.Unknown(plain, commands.nearest(plain)).message(),
                        ""));
    List<String> lines = new ArrayList<>(List.of(info.summary() + "."));
    if (!info.aliases().isEmpty()) {
      lines.add("Also: /" + String.join(", /", info.aliases()) + ".");
    }
    if (!info.whileWorking()) {
      lines.add("Waits until the present turn is over.");
    }
    return Panel.of(usage(info), new Section.Text(String.join("\n", lines)));
  }

  private static String usage(CommandInfo info) {
    return "/" + info.name() + (info.argumentHint().isEmpty() ? "" : " " + info.argumentHint());
  }

  private static String heading(Origin origin) {
    return switch (origin) {
      case BUILT_IN -> "Commands";
      case PROJECT -> "Commands of this project";
      case PERSONAL -> "Your own commands";
      case PLUGIN -> "Commands of plugins";
      case MCP -> "Prompts of servers";
    };
  }
}
