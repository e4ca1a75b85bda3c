package dev.agent.command;

import dev.agent.runtime.UserError;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code /export}: writes the conversation as Markdown. */
final class ExportCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("export", "[file]", "Write the conversation to a Markdown file")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return List.of(new Choice("clipboard", "copy it instead"));
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    SessionFacts session = context.session();
    if (session.conversation().messages().isEmpty()) {
      throw new UserError("There is nothing to export yet.", "");
    }
    Place place = context.place();
    String text =
        Markdown.of(
            session.conversation(),
            new Markdown.Head(
                session.title(),
                session.id(),
                session.model().id(),
                place.workspace().start().toString(),
                place.time().instant().atZone(place.zone())));
    if (arguments.equals("clipboard")) {
      return CommandResult.done(context.screen().copy(text));
    }
    Path file = file(arguments, session, place);
    try {
      FileWriter.ofPerson().create(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          "The conversation was not exported: " + Workspace.explain(e, file),
          "Name another file: /export FILE");
    }
    return CommandResult.done("Exported to " + place.workspace().shown(file) + ".");
  }

  private static Path file(String wanted, SessionFacts session, Place place) {
    if (wanted.isEmpty()) {
      String date =
          DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT)
              .format(place.time().instant().atZone(place.zone()));
      String id = session.id().substring(0, Math.min(8, session.id().length()));
      return place.workspace().resolve("agent-" + date + "-" + id + ".md");
    }
    Path file;
    try {
      file = place.workspace().resolve(wanted);
    } catch (InvalidPathException e) {
      throw new UserError("\"" + wanted + "\" can't be a file's name.", "Choose another one.");
    }
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a directory.", "Name a file in it.");
    }
    if (Files.exists(file)) {
      throw new UserError(file + " exists already.", "Remove it, or name another file.");
    }
    return file;
  }
}
