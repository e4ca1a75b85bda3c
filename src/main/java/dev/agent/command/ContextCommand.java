package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.command.Panel.Share;
import dev.agent.context.ContextUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /context}: what fills the context window. */
final class ContextCommand implements SlashCommand {
  /** From here on a compaction is worth it. */
  private static final int FULL_PERCENT = 70;

  private static final int MAX_DETAILS = 12;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("context", "", "Show what fills the context window").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    SessionFacts session = context.session();
    return new CommandResult.Show(panel(use(session), session.model().id()));
  }

  /** What fills the window of a session. */
  static ContextUse use(SessionFacts session) {
    return ContextUse.of(
        new ContextUse.Sent(
            session.systemPrompt(),
            session.tools(),
            session.instructions(),
            session.conversation()),
        session.model(),
        session.lastUsage());
  }

  static Panel panel(ContextUse use, String model) {
    List<Share> shares = new ArrayList<>();
    for (ContextUse.Part part : use.parts()) {
      shares.add(new Share(part.kind().shown(), part.tokens(), false));
    }
    shares.add(new Share("Free", use.free(), true));
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section.Shares(
            "%s · %s of %s tokens (%s)"
                .formatted(
                    model,
                    Figures.tokens(use.used()),
                    Figures.tokens(use.window()),
                    Figures.percent(use.used(), use.window())),
            shares,
            Math.max(use.window(), use.used())));
    for (ContextUse.Part part : use.parts()) {
      if (part.details().size() > 1 || part.kind() == ContextUse.Kind.INSTRUCTIONS) {
        sections.add(details(part));
      }
    }
    sections.add(new Section.Text(advice(use)));
    return new Panel("Context", sections);
  }

  private static Section details(ContextUse.Part part) {
    List<List<String>> rows = new ArrayList<>();
    long rest = 0;
    for (Map.Entry<String, Long> detail : part.details().entrySet()) {
      if (rows.size() < MAX_DETAILS) {
        rows.add(List.of(detail.getKey(), Figures.tokens(detail.getValue())));
      } else {
        rest += detail.getValue();
      }
    }
    if (rest > 0) {
      rows.add(List.of((part.details().size() - MAX_DETAILS) + " more", Figures.tokens(rest)));
    }
    return new Section.Table(
        part.kind().shown(), List.of(Column.text("What"), Column.number("Tokens")), rows);
  }

  private static String advice(ContextUse use) {
    String basis =
        use.counted()
            ? "The sum rests on the service's count of the latest answer; how it is shared out is"
                + " estimated."
            : "All of it is estimated: the service has not counted this conversation yet.";
    if (use.percent() >= FULL_PERCENT) {
      return basis + " The window is filling up: `/compact` summarises, `/clear` begins anew.";
    }
    long instructions = tokens(use, ContextUse.Kind.INSTRUCTIONS);
    return instructions > use.window() / 20
        ? basis + " The instruction files are long; they cost this much in every session."
        : basis;
  }

  private static long tokens(ContextUse use, ContextUse.Kind kind) {
    return use.parts().stream()
        .filter(part -> part.kind() == kind)
        .mapToLong(ContextUse.Part::tokens)
        .sum();
  }
}
