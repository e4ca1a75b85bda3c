package dev.agent.command;

import dev.agent.runtime.UserError;
import dev.agent.settings.Setting;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsSchema;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * {@code /bug}: writes a report to a file of the person's own. Nothing is sent anywhere, and the
 * report holds neither the conversation nor values of settings.
 */
final class BugCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("bug", "[what went wrong]", "Write a report to a file; nothing is sent")
        .atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) throws InterruptedException {
    Place place = context.place();
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
            .format(place.time().instant().atZone(place.zone()));
    Path file = place.places().data().resolve("reports").resolve("bug-" + time + ".md");
    try {
      FileWriter.ofPerson()
          .create(file, report(arguments, context).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          "The report was not written: " + Workspace.explain(e, file), "Check the directory.");
    }
    return CommandResult.done(
        "The report is in "
            + file
            + ". Nothing was sent: read it, add what is missing, and pass it on as you like.");
  }

  private static String report(String words, CommandContext context) throws InterruptedException {
    SessionFacts session = context.session();
    Place place = context.place();
    StringBuilder out = new StringBuilder("# Report\n\n## What went wrong\n\n");
    out.append(words.isEmpty() ? "(please describe it here)" : words).append("\n\n## Where\n\n");
    line(out, "Version", place.version());
    line(out, "Java", place.machine().java() + " on " + place.machine().platform());
    line(out, "Terminal", place.environment().getOrDefault("TERM", "unknown"));
    line(out, "Session", session.id());
    line(out, "Model", session.model().id());
    line(out, "Mode", session.mode().wire());
    line(out, "Prompts", Integer.toString(session.turns()));
    line(out, "Messages", Integer.toString(session.conversation().messages().size()));
    line(out, "Tools", Integer.toString(session.tools().all().size()));
    line(out, "Settings that are set", String.join(", ", keys(place.settings().get())));
    out.append("\n## Checks\n\n");
    for (Doctor.Finding finding : Doctor.of(context).findings()) {
      line(out, finding.name() + " (" + finding.state().shown() + ")", finding.text());
    }
    out.append("\n## Notices\n\n");
    for (String notice : session.notices()) {
      out.append("- ").append(notice).append('\n');
    }
    return out.toString();
  }

  private static List<String> keys(Settings settings) {
    return SettingsSchema.shipped().all().stream()
        .map(Setting::key)
        .filter(key -> settings.find(key).isPresent())
        .toList();
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append("- ")
        .append(name)
        .append(": ")
        .append(value.isEmpty() ? "none" : value)
        .append('\n');
  }
}
