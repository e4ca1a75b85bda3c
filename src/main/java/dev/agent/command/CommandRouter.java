package dev.agent.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a line is: a command, a misspelt one, or a prompt. A line that looks like a command is
 * never taken for a prompt, unless it names a file.
 */
public final class CommandRouter {
  private static final String NAME = "[\\p{L}\\p{N}_?][\\p{L}\\p{N}_.:-]*";
  private static final Pattern LINE =
      Pattern.compile("/(" + NAME + ")(?:\\s+(.*))?", Pattern.DOTALL);

  private final Commands commands;
  private final Predicate<Path> exists;

  /** Routes to these commands. */
  public CommandRouter(Commands commands) {
    this(commands, Files::exists);
  }

  CommandRouter(Commands commands, Predicate<Path> exists) {
    this.commands = commands;
    this.exists = exists;
  }

  /** What a line is. */
  public sealed interface Route {
    /** It goes to the model as it is. */
    record Prompt(String text) implements Route {}

    /** It runs a command. {@code arguments} is stripped. */
    record Run(SlashCommand command, String arguments) implements Route {}

    /** It names no command. {@code nearest}: what may be meant, without slashes. */
    record Unknown(String name, List<String> nearest) implements Route {
      public Unknown {
        nearest = List.copyOf(nearest);
      }

      /** What to tell the person. */
      public String message() {
        String meant =
            nearest.isEmpty()
                ? "Type / to see all commands, or put a blank in front to send it as a prompt."
                : "Did you mean /" + String.join(", /", nearest) + "?";
        return "There is no command /" + name + ". " + meant;
      }
    }
  }

  /** Tells what a line is; a blank in front of a slash makes it a prompt. */
  public Route route(String line) {
    Matcher matcher = LINE.matcher(line.stripTrailing());
    if (!matcher.matches()) {
      return new Route.Prompt(line);
    }
    String name = matcher.group(1);
    Optional<SlashCommand> command = commands.find(name);
    if (command.isPresent()) {
      String arguments = matcher.group(2);
      return new Route.Run(command.get(), arguments == null ? "" : arguments.strip());
    }
    return namesFile("/" + name)
        ? new Route.Prompt(line)
        : new Route.Unknown(name, commands.nearest(name));
  }

  /** Whether a text can be the name of a command. */
  static boolean isName(String text) {
    return text.matches(NAME);
  }

  private boolean namesFile(String word) {
    try {
      return exists.test(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
