package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.session.SessionInfo;
import dev.agent.text.Clip;
import dev.agent.text.Visible;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code /resume}: goes on with an earlier session. */
final class ResumeCommand implements SlashCommand {
  private static final int MAX_LISTED = 30;
  private static final int MAX_TITLE = 60;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("resume", "[id or title]", "Go on with an earlier session")
        .also("sessions");
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return others(context).stream()
        .limit(MAX_LISTED)
        .map(info -> new Choice(info.id(), title(info)))
        .toList();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (arguments.isEmpty()) {
      return new CommandResult.Open(CommandResult.Dialog.RESUME, panel(context));
    }
    context.control().resume(context.place().sessions().find(arguments, start(context)));
    return CommandResult.done("");
  }

  private static Path start(CommandContext context) {
    return context.place().workspace().start();
  }

  private static List<SessionInfo> others(CommandContext context) {
    return context.place().sessions().list(start(context)).stream()
        .filter(info -> !info.id().equals(context.session().id()) && info.turns() != 0)
        .toList();
  }

  private static Panel panel(CommandContext context) {
    Instant now = context.place().time().instant();
    List<SessionInfo> others = others(context);
    if (others.isEmpty()) {
      return Panel.of("Sessions", new Section.Text("There is no other session of this directory."));
    }
    List<List<String>> rows = new ArrayList<>();
    for (SessionInfo info : others.subList(0, Math.min(MAX_LISTED, others.size()))) {
      rows.add(
          List.of(
              info.id().substring(0, Math.min(8, info.id().length())),
              title(info),
              ago(Duration.between(info.modified(), now)),
              info.turns() < 0 ? "" : Integer.toString(info.turns()),
              Figures.dollars(info.costUsd())));
    }
    String more =
        others.size() > MAX_LISTED
            ? (others.size() - MAX_LISTED) + " older ones are listed by `agent sessions`. "
            : "";
    return Panel.of(
        "Sessions",
        new Section.Table(
            "",
            List.of(
                Column.text("Id"),
                Column.text("Title"),
                Column.text("Last used"),
                Column.number("Turns"),
                Column.number("Cost")),
            rows),
        new Section.Text(more + "Go on with one: `/resume ID`; the first letters will do."));
  }

  private static String title(SessionInfo info) {
    return info.title().isBlank()
        ? "(no title)"
        : Clip.head(Visible.of(info.title().strip().lines().findFirst().orElse("")), MAX_TITLE);
  }

  private static String ago(Duration age) {
    long minutes = Math.max(0, age.toMinutes());
    if (minutes < 1) {
      return "just now";
    }
    if (minutes < 60) {
      return minutes + " min ago";
    }
    return minutes < 48 * 60 ? minutes / 60 + " h ago" : minutes / (24 * 60) + " days ago";
  }
}
