package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.context.Instructions;
import dev.agent.context.MemoryFiles;
import dev.agent.runtime.UserError;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code /memory}: lists instruction files and opens one in the editor. */
final class MemoryCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of(
            "memory", "[project|local|personal|file]", "List instruction files, or edit one")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    List<Choice> choices = new ArrayList<>();
    for (MemoryFiles.Target target : files(context.place()).targets()) {
      choices.add(new Choice(word(target), context.place().workspace().shown(target.file())));
    }
    for (Instructions.InstructionFile file : context.session().instructions()) {
      choices.add(new Choice(context.place().workspace().shown(file.path()), ""));
    }
    return choices;
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (arguments.isEmpty()) {
      return new CommandResult.Open(CommandResult.Dialog.MEMORY, panel(context));
    }
    Workspace workspace = context.place().workspace();
    for (MemoryFiles.Target target : files(context.place()).targets()) {
      if (word(target).equalsIgnoreCase(arguments)) {
        return new CommandResult.Edit(existing(target.file()));
      }
    }
    for (Instructions.InstructionFile file : context.session().instructions()) {
      if (arguments.equals(workspace.shown(file.path()))
          || arguments.equals(file.path().toString())) {
        return new CommandResult.Edit(file.path());
      }
    }
    throw new UserError(
        "\"" + arguments + "\" is no instruction file of this session.", "/memory lists them.");
  }

  private static MemoryFiles files(Place place) {
    return new MemoryFiles(place.projectRoot(), place.places().config(), FileWriter.ofPerson());
  }

  private static String word(MemoryFiles.Target target) {
    return target.scope().name().toLowerCase(Locale.ROOT);
  }

  private static Path existing(Path file) {
    if (!Files.exists(file)) {
      try {
        FileWriter.ofPerson().create(file, "".getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UserError(
            "The file can't be made: " + Workspace.explain(e, file), "Choose another one.");
      }
    }
    return file;
  }

  private static Panel panel(CommandContext context) {
    Workspace workspace = context.place().workspace();
    List<List<String>> loaded = new ArrayList<>();
    for (Instructions.InstructionFile file : context.session().instructions()) {
      loaded.add(
          List.of(
              workspace.shown(file.path()),
              Long.toString(file.text().lines().count()),
              Figures.tokens(
                  Math.round(file.text().length() / context.session().model().bytesPerToken()))));
    }
    List<List<String>> targets =
        files(context.place()).targets().stream()
            .map(
                it ->
                    List.of(
                        "/memory " + word(it),
                        it.scope().shown(),
                        workspace.shown(it.file()) + (it.exists() ? "" : " (new)")))
            .toList();
    return Panel.of(
        "Memory",
        loaded.isEmpty()
            ? new Section.Text("No instruction file is loaded.")
            : new Section.Table(
                "Loaded",
                List.of(Column.text("File"), Column.number("Lines"), Column.number("Tokens")),
                loaded),
        new Section.Table(
            "To edit",
            List.of(Column.text("Type"), Column.text("For"), Column.text("File")),
            targets),
        new Section.Text("A line that begins with `#` adds a note to one of them."));
  }
}
