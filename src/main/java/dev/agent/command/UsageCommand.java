package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.context.ContextUse;
import dev.agent.message.Usage;
import java.time.Duration;
import java.util.List;

/** {@code /usage}: tokens of the session and of the latest answer. */
final class UsageCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("usage", "", "Show tokens used, and how much came from the cache")
        .atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    SessionFacts session = context.session();
    Usage all = session.ledger().usage();
    Usage last = session.lastUsage();
    ContextUse use = ContextCommand.use(session);
    List<List<String>> rows =
        List.of(
            row("Input, not cached", last.inputTokens(), all.inputTokens()),
            row("Input from the cache", last.cacheReadTokens(), all.cacheReadTokens()),
            row("Input to the cache", last.cacheWriteTokens(), all.cacheWriteTokens()),
            row("Output", last.outputTokens(), all.outputTokens()),
            row("of it thinking", last.thinkingTokens(), all.thinkingTokens()),
            List.of(
                "Cache hits",
                Figures.percent(last.cacheReadTokens(), last.totalInputTokens()),
                Figures.percent(all.cacheReadTokens(), all.totalInputTokens())));
    Duration since = Duration.between(session.startedAt(), context.place().time().instant());
    return new CommandResult.Show(
        Panel.of(
            "Usage",
            new Section.Table(
                "",
                List.of(Column.text(""), Column.number("Latest answer"), Column.number("Session")),
                rows),
            new Section.Text(
                "%s in %s, %s. The context window is %d%% full (`/context`)."
                    .formatted(
                        Figures.count(session.turns(), "prompt"),
                        Figures.duration(since),
                        Figures.dollars(session.ledger().cost()),
                        use.percent()))));
  }

  private static List<String> row(String name, long last, long all) {
    return List.of(name, Figures.tokens(last), Figures.tokens(all));
  }
}
