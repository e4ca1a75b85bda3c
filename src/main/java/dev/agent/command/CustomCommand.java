package dev.agent.command;

import dev.agent.command.CommandTemplate.Piece;
import dev.agent.context.PromptExpander;
import dev.agent.context.PromptExpander.Author;
import dev.agent.message.ContentBlock;
import dev.agent.permission.Rule;
import dev.agent.text.Ansi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command that is a Markdown file: a prompt with places for arguments, command lines and files.
 *
 * @param file where it stands
 * @param allowed permission rules that allow while its turn lasts
 * @param model the model of its turn; empty: the session's
 */
record CustomCommand(
    CommandInfo info, Path file, CommandTemplate template, List<Rule> allowed, String model)
    implements SlashCommand {
  CustomCommand {
    allowed = List.copyOf(allowed);
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) throws InterruptedException {
    boolean fromProject = info.origin() == CommandInfo.Origin.PROJECT;
    boolean trusted = !fromProject || context.place().settings().get().trusted();
    Author author = fromProject ? Author.PROJECT : Author.PERSON;
    List<String> notices = new ArrayList<>();
    if (!trusted && (!allowed.isEmpty() || !model.isEmpty())) {
      notices.add(
          "allowed-tools and model of /"
              + info.name()
              + " don't count: this directory is not trusted (agent trust).");
    }
    StringBuilder text = new StringBuilder();
    List<PromptExpander.Text> mentioning = new ArrayList<>();
    for (Piece piece : template.fill(arguments, facts(context))) {
      switch (piece) {
        case Piece.Written(String written) -> {
          text.append(written);
          mentioning.add(new PromptExpander.Text(written, author));
        }
        case Piece.Given(String given) -> {
          text.append(given);
          mentioning.add(new PromptExpander.Text(given, Author.PERSON));
        }
        // Output is data: what it names with @ is not attached.
        case Piece.Shell(String line) -> text.append(output(line, trusted, context, notices));
      }
    }
    PromptExpander.Expanded files =
        context.prompts().attachments(mentioning, context.cancellation());
    notices.addAll(files.problems());
    List<ContentBlock> content = new ArrayList<>();
    content.add(new ContentBlock.Text(text.toString().isBlank() ? info.name() : text.toString()));
    content.addAll(files.content());
    return new CommandResult.Prompt(
        content,
        "/" + info.name() + (arguments.isEmpty() ? "" : " " + arguments),
        trusted ? new CommandResult.Scope(allowed, model) : CommandResult.Scope.NONE,
        notices);
  }

  private String output(String line, boolean trusted, CommandContext context, List<String> notices)
      throws InterruptedException {
    if (!trusted) {
      notices.add(
          "A command line of /"
              + info.name()
              + " was not run, because this directory is not trusted (agent trust): "
              + line);
      return "[not run: " + line + "]";
    }
    return switch (context.shell().run(line, allowed, context.cancellation())) {
      case CommandShell.Answer.Ran(String output, boolean failed) -> {
        if (failed) {
          notices.add("A command line of /" + info.name() + " failed: " + line);
        }
        yield Ansi.strip(output).stripTrailing();
      }
      case CommandShell.Answer.Denied(String reason) -> {
        notices.add("A command line of /" + info.name() + " was not run: " + line + ": " + reason);
        yield "[not run: " + line + "]";
      }
    };
  }

  private static Map<String, String> facts(CommandContext context) {
    Map<String, String> facts = new HashMap<>();
    for (String prefix : List.of("CLAUDE_", "AGENT_")) {
      facts.put(prefix + "PROJECT_DIR", context.place().projectRoot().toString());
      facts.put(prefix + "SESSION_ID", context.session().id());
      facts.put(prefix + "EFFORT", context.session().effort().orElse(""));
    }
    return facts;
  }
}
