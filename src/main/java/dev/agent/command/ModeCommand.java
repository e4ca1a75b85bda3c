package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.permission.Mode;
import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code /mode}: how much may be done without asking. */
final class ModeCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("mode", "[mode]", "Show or change how much is done without asking")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return Arrays.stream(Mode.values())
        .map(mode -> new Choice(mode.wire(), meaning(mode)))
        .toList();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (arguments.isEmpty()) {
      return new CommandResult.Open(CommandResult.Dialog.MODE, panel(context.session().mode()));
    }
    Mode mode =
        Mode.of(arguments)
            .orElseThrow(
                () ->
                    new UserError(
                        "\"" + arguments + "\" is no permission mode.",
                        "There are "
                            + String.join(
                                ", ", Arrays.stream(Mode.values()).map(Mode::wire).toList())
                            + "."));
    context.control().mode(mode);
    return CommandResult.done("Mode " + mode.wire() + ": " + meaning(mode) + ".");
  }

  private static Panel panel(Mode now) {
    List<List<String>> rows = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      rows.add(List.of((mode == now ? "* " : "  ") + mode.wire(), meaning(mode)));
    }
    return Panel.of(
        "Permission modes",
        new Section.Table("", List.of(Column.text("Mode"), Column.text("What it means")), rows),
        new Section.Text("Change with `/mode MODE`, or with shift+tab."));
  }

  static String meaning(Mode mode) {
    return switch (mode) {
      case DEFAULT -> "reads in the workspace run, everything else asks";
      case ACCEPT_EDITS -> "edits of files in the workspace run too";
      case PLAN -> "only reads; ends with a plan to approve";
      case AUTO -> "a small model judges what would ask";
      case DONT_ASK -> "what would ask is denied";
      case BYPASS -> "everything runs but what a rule or the safety floor objects to";
    };
  }
}
