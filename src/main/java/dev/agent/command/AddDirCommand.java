package dev.agent.command;

import dev.agent.runtime.UserError;
import dev.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code /add-dir}: a further directory belongs to the workspace. */
final class AddDirCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("add-dir", "directory", "Let the agent work in a further directory");
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    if (arguments.isEmpty()) {
      throw new UserError("There is no directory given.", "Write /add-dir DIRECTORY.");
    }
    Workspace workspace = context.place().workspace();
    Path directory;
    try {
      directory = workspace.resolve(arguments);
    } catch (InvalidPathException e) {
      throw new UserError("\"" + arguments + "\" can't be a directory's name.", "");
    }
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          directory + (Files.exists(directory) ? " is no directory." : " does not exist."),
          "Name a directory that exists.");
    }
    if (workspace.contains(directory)) {
      return CommandResult.done(directory + " belongs to the workspace already.");
    }
    context.control().addDirectory(directory);
    return CommandResult.done(directory + " belongs to the workspace until this session ends.");
  }
}
