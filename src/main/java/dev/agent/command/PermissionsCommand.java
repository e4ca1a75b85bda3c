package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.text.Clip;
import java.util.ArrayList;
import java.util.List;

/** {@code /permissions}: the rules that count, where they come from, and what was refused. */
final class PermissionsCommand implements SlashCommand {
  private static final int MAX_DENIALS = 10;
  private static final int MAX_CHARS = 100;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("permissions", "", "Show permission rules and what was refused")
        .also("allowed-tools")
        .atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    return new CommandResult.Open(CommandResult.Dialog.PERMISSIONS, panel(context.session()));
  }

  private static Panel panel(SessionFacts session) {
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section.Text(
            "Mode "
                + session.mode().wire()
                + ": "
                + ModeCommand.meaning(session.mode())
                + ". What denies goes first, then what asks, then what allows."));
    Policy policy = session.policy();
    add(sections, "Denied", policy.deny());
    add(sections, "Asked about", policy.ask());
    add(sections, "Allowed", policy.allow());
    if (sections.size() == 1) {
      sections.add(new Section.Text("There are no rules."));
    }
    List<SessionFacts.Denial> denials = session.denials().reversed();
    if (!denials.isEmpty()) {
      sections.add(
          new Section.Table(
              "Refused lately",
              List.of(Column.text("Tool"), Column.text("What"), Column.text("Why")),
              denials.stream()
                  .limit(MAX_DENIALS)
                  .map(
                      it ->
                          List.of(
                              it.tool(),
                              Clip.head(it.what(), MAX_CHARS),
                              Clip.head(it.reason(), MAX_CHARS)))
                  .toList()));
    }
    sections.add(
        new Section.Text(
            "Rules stand under `permissions` in the settings; why a command is asked about is told"
                + " by `agent permissions explain COMMAND`."));
    return new Panel("Permissions", sections);
  }

  private static void add(List<Section> sections, String heading, List<Rule> rules) {
    if (!rules.isEmpty()) {
      sections.add(
          new Section.Table(
              heading,
              List.of(Column.text("Rule"), Column.text("From")),
              rules.stream()
                  .map(
                      rule ->
                          List.of(
                              rule.spec().isEmpty()
                                  ? rule.tool()
                                  : rule.tool() + "(" + rule.spec() + ")",
                              rule.source().isEmpty() ? "this session" : rule.source()))
                  .toList()));
    }
  }
}
