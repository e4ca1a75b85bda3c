package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.hook.Handler;
import dev.agent.hook.HookSettings;
import dev.agent.text.Clip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /hooks}: which hooks count here. */
final class HooksCommand implements SlashCommand {
  private static final int MAX_CHARS = 80;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("hooks", "", "Show the hooks of this session").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    return new CommandResult.Open(
        CommandResult.Dialog.HOOKS, panel(context.session().hooks(), context.place()));
  }

  private static Panel panel(Optional<HookSettings> found, Place place) {
    HookSettings hooks = found.orElse(new HookSettings(List.of(), List.of(), false));
    List<Section> sections = new ArrayList<>();
    if (hooks.handlers().isEmpty()) {
      sections.add(
          new Section.Text(
              "There are no hooks. They stand under `hooks` in a settings file, such as "
                  + place.places().config().resolve("settings.json")
                  + "."));
    } else {
      List<List<String>> rows = new ArrayList<>();
      for (Handler hook : hooks.handlers()) {
        rows.add(
            List.of(
                hook.event().wire(),
                hook.matcher().text(),
                hook.action().kind() + ": " + Clip.head(hook.action().text(), MAX_CHARS),
                hook.source()));
      }
      sections.add(
          new Section.Table(
              "",
              List.of(
                  Column.text("Event"),
                  Column.text("For"),
                  Column.text("Does"),
                  Column.text("From")),
              rows));
    }
    if (hooks.switchedOff()) {
      sections.add(new Section.Text("Some hooks are switched off by a setting."));
    }
    if (!hooks.problems().isEmpty()) {
      sections.add(
          new Section.Items(
              "Problems",
              hooks.problems().stream()
                  .map(it -> new Item(Mark.WARNING, it.toString(), ""))
                  .toList()));
    }
    return new Panel("Hooks", sections);
  }
}
