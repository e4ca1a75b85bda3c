package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.message.Usage;
import dev.agent.model.Ledger;
import java.util.ArrayList;
import java.util.List;

/** {@code /cost}: what the session cost, per model. */
final class CostCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("cost", "", "Show what this session has cost").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    return new CommandResult.Show(panel(context.session().ledger()));
  }

  static Panel panel(Ledger ledger) {
    if (ledger.lines().isEmpty()) {
      return Panel.of("Cost", new Section.Text("Nothing was asked of a model yet: $0.00."));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Ledger.Line line : ledger.lines().values()) {
      Usage usage = line.usage();
      rows.add(
          List.of(
              line.model().id(),
              Integer.toString(line.requests()),
              Figures.tokens(usage.inputTokens()),
              Figures.tokens(usage.cacheReadTokens()),
              Figures.tokens(usage.cacheWriteTokens()),
              Figures.tokens(usage.outputTokens()),
              line.priced() ? Figures.dollars(line.cost()) : "unknown"));
    }
    Usage all = ledger.usage();
    String total =
        "Together "
            + Figures.dollars(ledger.cost())
            + (ledger.isPriced() ? "" : " and more: ")
            + (ledger.isPriced()
                ? "."
                : "some requests went to models without a known price (see the setting `prices`).");
    return Panel.of(
        "Cost",
        new Section.Table(
            "",
            List.of(
                Column.text("Model"),
                Column.number("Requests"),
                Column.number("Input"),
                Column.number("Cached"),
                Column.number("To cache"),
                Column.number("Output"),
                Column.number("Cost")),
            rows),
        new Section.Text(
            total
                + " "
                + Figures.percent(all.cacheReadTokens(), all.totalInputTokens())
                + " of the input came from the cache. Counted since this process began."));
  }
}
