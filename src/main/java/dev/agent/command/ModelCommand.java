package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.model.ModelInfo;
import dev.agent.model.Price;
import java.util.ArrayList;
import java.util.List;

/** {@code /model}: shows the models and changes to another. */
final class ModelCommand implements SlashCommand {
  private static final List<String> ALIASES = List.of("opus", "sonnet", "haiku", "fable");

  @Override
  public CommandInfo info() {
    return CommandInfo.of("model", "[name]", "Show models, or change to another").atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    List<Choice> choices = new ArrayList<>();
    for (String alias : ALIASES) {
      choices.add(new Choice(alias, context.session().catalog().resolve(alias).id()));
    }
    for (String id : context.session().catalog().ids()) {
      choices.add(new Choice(id, price(context.session().catalog().resolve(id))));
    }
    return choices;
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (arguments.isEmpty()) {
      return new CommandResult.Open(CommandResult.Dialog.MODEL, panel(context.session()));
    }
    ModelInfo model = context.control().model(arguments);
    String unknown =
        model.known()
            ? ""
            : " It is not known here: it is sent as it is, with a window of "
                + Figures.tokens(model.contextWindow())
                + " tokens and no price.";
    return CommandResult.done("From the next request on " + model.id() + " answers." + unknown);
  }

  private static Panel panel(SessionFacts session) {
    List<List<String>> rows = new ArrayList<>();
    for (String id : session.catalog().ids()) {
      ModelInfo model = session.catalog().resolve(id);
      rows.add(
          List.of(
              (id.equals(session.model().id()) ? "* " : "  ") + id,
              Figures.tokens(model.contextWindow()),
              price(model)));
    }
    return Panel.of(
        "Models",
        new Section.Text("Now: " + session.model().id() + "."),
        new Section.Table(
            "",
            List.of(
                Column.text("Model"),
                Column.number("Window"),
                Column.text("Input / output per million tokens")),
            rows),
        new Section.Text(
            "Change with `/model NAME`; opus, sonnet, haiku and fable name the latest of each."));
  }

  private static String price(ModelInfo model) {
    return model.price().map(ModelCommand::price).orElse("unknown");
  }

  private static String price(Price price) {
    return "$"
        + price.input().stripTrailingZeros().toPlainString()
        + " / $"
        + price.output().stripTrailingZeros().toPlainString();
  }
}
