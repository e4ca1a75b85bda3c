package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.hook.Handler;
import dev.agent.hook.HookEvent;
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
    HookSettings hooks = found.orElse(new HookSettings(List.of(), List.of(), List.of()));
    List<Section> sections = new ArrayList<>();
    if (hooks.handlers().isEmpty()) {
      sections.add(
          new Section.Text(
              "There are no hooks that count. They stand under `hooks` in a settings file, such as "
                  + place.places().config().resolve("settings.json")
                  + "."));
    }
    for (HookEvent event : HookEvent.values()) {
      List<Handler> of = hooks.handlers().stream().filter(it -> it.event() == event).toList();
      if (!of.isEmpty()) {
        String heading = event.wire() + (event.isRaised() ? "" : " (not raised by this version)");
        sections.add(table(heading, of));
      }
    }
    withheld(place).ifPresent(sections::add);
    if (hooks.switchedOff()) {
      sections.add(table("Switched off by disableAllHooks or allowManagedHooksOnly", hooks.off()));
    }
    if (!hooks.problems().isEmpty()) {
      sections.add(
          new Section.Items(
              "Problems",
              hooks.problems().stream()
                  .map(it -> new Item(Mark.WARNING, it.toString(), ""))
                  .toList()));
    }
    if (!hooks.handlers().isEmpty()) {
      sections.add(
          new Section.Text(
              "Try one in a shell: `agent hooks test "
                  + hooks.handlers().getFirst().event().wire()
                  + " NAME --input JSON`. A change of the settings counts from the next event."));
    }
    return new Panel("Hooks", sections);
  }

  private static Section table(String heading, List<Handler> handlers) {
    return new Section.Table(
        heading,
        List.of(Column.text("For"), Column.text("Does"), Column.text("How"), Column.text("From")),
        handlers.stream().map(HooksCommand::row).toList());
  }

  private static List<String> row(Handler hook) {
    String matcher = hook.matcher().text();
    StringBuilder how = new StringBuilder();
    how.append(hook.limit().toMillis() / 1000.0).append(" s");
    how.append(hook.rewake() ? ", asyncRewake" : hook.async() ? ", async" : "");
    how.append(hook.once() ? ", once" : "");
    return List.of(
        (matcher.isEmpty() ? "*" : matcher)
            + hook.condition().map(rule -> " if " + rule).orElse(""),
        hook.action().kind() + ": " + Clip.head(hook.action().text(), MAX_CHARS),
        how.toString().replace(".0 s", " s"),
        hook.source());
  }

  /** What the project's files hold and nobody approved: it does not run. */
  private static Optional<Section> withheld(Place place) {
    List<Item> items =
        place.settings().get().contributions().stream()
            .filter(it -> !it.approved() && it.key().startsWith("hooks"))
            .map(it -> new Item(Mark.BAD, Clip.head(it.shown(), MAX_CHARS), it.file()))
            .toList();
    return items.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section.Items("Not trusted, so not run (agent trust)", items));
  }
}
