package dev.agent.command;

import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.context.OutputStyle;
import dev.agent.context.OutputStyles;
import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.List;

/** {@code /output-style}: shows the output styles and changes to another. */
final class OutputStyleCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("output-style", "[name]", "Show or change how the agent works and writes")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return styles(context.place()).styles().stream()
        .map(style -> new Choice(style.name(), style.description()))
        .toList();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    OutputStyles styles = styles(context.place());
    if (arguments.isEmpty()) {
      return new CommandResult.Open(
          CommandResult.Dialog.OUTPUT_STYLE,
          panel(styles, styles.chosen(context.place().settings().get())));
    }
    OutputStyle style =
        styles
            .find(arguments)
            .orElseThrow(
                () -> new UserError(styles.unknown(arguments), "/output-style shows them."));
    SessionControl.Kept kept = context.control().setHere(OutputStyles.SETTING, style.name());
    return CommandResult.done(
        kept.counts()
            ? "The output style is "
                + style.name()
                + " from the next request on. That changes the system prompt, so this one request"
                + " is not read from the cache. "
                + kept.said()
            : "The output style is not " + style.name() + " yet. " + kept.said());
  }

  /** All styles that can be chosen in a place. Reads files. */
  private static OutputStyles styles(Place place) {
    return OutputStyles.load(
        place.places(),
        place.projectRoot(),
        place.workspace().start(),
        place.settings().get().trusted());
  }

  private static Panel panel(OutputStyles styles, OutputStyle current) {
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section.Items(
            "",
            styles.styles().stream()
                .map(
                    it ->
                        new Item(
                            it.equals(current) ? Mark.NOW : Mark.NONE, it.name(), it.description()))
                .toList()));
    if (styles.untrusted()) {
      sections.add(
          new Section.Text(
              "This project has styles, too. They don't count, because its directory is not trusted"
                  + " (`agent trust`)."));
    }
    if (!styles.problems().isEmpty()) {
      sections.add(
          new Section.Items(
              "Left out",
              styles.problems().stream().map(it -> new Item(Mark.WARNING, it, "")).toList()));
    }
    sections.add(new Section.Text("Change it with `/output-style NAME`."));
    return new Panel("Output style", sections);
  }
}
