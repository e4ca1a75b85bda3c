package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.command.SessionControl.Extent;
import dev.agent.runtime.UserError;
import dev.agent.text.Clip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code /rewind}: takes the session back to before one of its prompts. */
final class RewindCommand implements SlashCommand {
  private static final int MAX_CHARS = 70;

  @Override
  public CommandInfo info() {
    return CommandInfo.of(
            "rewind",
            "[n [both|conversation|files]]",
            "Take conversation and files back to before a prompt")
        .also("undo", "checkpoint");
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    List<SessionFacts.Checkpoint> points = context.session().checkpoints();
    List<Choice> choices = new ArrayList<>();
    for (int n = 1; n <= points.size(); n++) {
      choices.add(new Choice(Integer.toString(n), line(points.get(points.size() - n))));
    }
    return choices;
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    List<SessionFacts.Checkpoint> points = context.session().checkpoints();
    if (points.isEmpty()) {
      throw new UserError("There is no prompt to go back to yet.", "");
    }
    if (arguments.isEmpty()) {
      return new CommandResult.Open(CommandResult.Dialog.REWIND, panel(points));
    }
    String[] words = arguments.split("\\s+");
    SessionFacts.Checkpoint point = points.get(points.size() - number(words[0], points.size()));
    Extent extent = words.length > 1 ? extent(words[1]) : Extent.BOTH;
    SessionControl.TakenBack done = context.control().rewind(point, extent);
    return CommandResult.done(
        String.join(
            "\n", done.said().isEmpty() ? List.of("Back to before: " + line(point)) : done.said()));
  }

  private static int number(String text, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UserError(
          "\"" + text + "\" is no number of a prompt.", "/rewind lists them; 1 is the latest.");
    }
    throw new UserError(
        "There is no prompt " + text + ".",
        "They are counted from 1, the latest, to " + most + ".");
  }

  private static Extent extent(String word) {
    return Arrays.stream(Extent.values())
        .filter(it -> it.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "\"" + word + "\" is nothing that can be taken back.",
                    "There are "
                        + String.join(
                            ", ",
                            Arrays.stream(Extent.values())
                                .map(it -> it.name().toLowerCase(Locale.ROOT))
                                .toList())
                        + "."));
  }

  private static Panel panel(List<SessionFacts.Checkpoint> points) {
    List<List<String>> rows = new ArrayList<>();
    for (int n = 1; n <= points.size(); n++) {
      SessionFacts.Checkpoint point = points.get(points.size() - n);
      rows.add(
          List.of(Integer.toString(n), line(point), point.changedFiles() ? "files changed" : ""));
    }
    return Panel.of(
        "Rewind",
        new Section.Table(
            "", List.of(Column.number("No."), Column.text("Before"), Column.text("Since")), rows),
        new Section.Text(
            "`/rewind N` takes conversation and files back; `/rewind N conversation` and `/rewind N"
                + " files` one of them. What commands changed is not taken back."));
  }

  private static String line(SessionFacts.Checkpoint point) {
    return Clip.head(point.prompt().strip().lines().findFirst().orElse(""), MAX_CHARS);
  }
}
