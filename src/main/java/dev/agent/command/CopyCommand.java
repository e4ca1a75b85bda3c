package dev.agent.command;

import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.runtime.UserError;
import dev.agent.text.Clip;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /copy}: puts an answer into the clipboard. {@code /copy 2} takes the last but one, {@code
 * /copy 1.3} the third block of code in the last one.
 */
final class CopyCommand implements SlashCommand {
  private static final int SHOWN = 50;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("copy", "[n[.block]]", "Copy an answer, or code in it, to the clipboard")
        .atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    List<Choice> choices = new ArrayList<>();
    List<String> answers = answers(context);
    for (int n = 0; n < Math.min(5, answers.size()); n++) {
      choices.add(new Choice(Integer.toString(n + 1), line(answers.get(n))));
      List<CommandResult.Code> blocks = codeBlocks(answers.get(n));
      for (int k = 0; k < blocks.size(); k++) {
        choices.add(new Choice((n + 1) + "." + (k + 1), "code: " + line(blocks.get(k).text())));
      }
    }
    return choices;
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    List<String> answers = answers(context);
    if (answers.isEmpty()) {
      throw new UserError("There is no answer to copy yet.", "");
    }
    String[] parts = (arguments.isEmpty() ? "1" : arguments).split("\\.", -1);
    int n = number(parts[0], answers.size(), "answer", arguments);
    String answer = answers.get(n - 1);
    List<CommandResult.Code> blocks = codeBlocks(answer);
    if (parts.length > 2) {
      throw new UserError("\"" + arguments + "\" names no answer.", "Write /copy 2 or /copy 1.3.");
    }
    if (parts.length == 2) {
      int k = number(parts[1], blocks.size(), "block of code", arguments);
      return CommandResult.done(context.screen().copy(blocks.get(k - 1).text()));
    }
    String done = context.screen().copy(answer);
    return blocks.isEmpty()
        ? CommandResult.done(done)
        : new CommandResult.Copied(
            done,
            "only its code: /copy "
                + n
                + ".1"
                + (blocks.size() > 1 ? " to /copy " + n + "." + blocks.size() : ""),
            blocks);
  }

  private static int number(String text, int most, String what, String arguments) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1 && number <= most) {
        return number;
      }
      throw new UserError(
          "There is no " + what + " " + number + ".",
          most == 0 ? "There is none at all." : "They are counted from 1 to " + most + ".");
    } catch (NumberFormatException e) {
      throw new UserError("\"" + arguments + "\" names no answer.", "Write /copy 2 or /copy 1.3.");
    }
  }

  /** The texts of all answers, latest first. */
  private static List<String> answers(CommandContext context) {
    List<String> answers = new ArrayList<>();
    for (Message message : context.session().conversation().messages().reversed()) {
      if (message.role() == Role.ASSISTANT) {
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : message.content()) {
          if (block instanceof ContentBlock.Text(String part, _) && !part.isBlank()) {
            text.append(text.isEmpty() ? "" : "\n\n").append(part.strip());
          }
        }
        if (!text.isEmpty()) {
          answers.add(text.toString());
        }
      }
    }
    return answers;
  }

  /** What stands in fences, without them. */
  static List<CommandResult.Code> codeBlocks(String markdown) {
    List<CommandResult.Code> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    String fence = "";
    String language = "";
    for (String line : markdown.split("\n", -1)) {
      String stripped = line.strip();
      if (fence.isEmpty()) {
        fence = opening(stripped);
        language = stripped.substring(fence.length()).strip().split("\\s", 2)[0];
      } else if (stripped.startsWith(fence)
          && stripped.replace(fence.substring(0, 1), "").isEmpty()) {
        blocks.add(new CommandResult.Code(language, block.toString()));
        block.setLength(0);
        fence = "";
      } else {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }

  private static String opening(String line) {
    for (char c : new char[] {'`', '~'}) {
      int count = 0;
      while (count < line.length() && line.charAt(count) == c) {
        count++;
      }
      if (count >= 3) {
        return line.substring(0, count);
      }
    }
    return "";
  }

  private static String line(String text) {
    return Clip.head(text.strip().lines().findFirst().orElse(""), SHOWN);
  }
}
