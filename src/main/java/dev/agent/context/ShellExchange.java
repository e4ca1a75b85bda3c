package dev.agent.context;

import dev.agent.message.ContentBlock;
import dev.agent.text.Ansi;
import dev.agent.text.Clip;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that the person ran by themselves with {@code !}, and what came of it: context for the
 * model's next answer, without a request of its own.
 *
 * @param output standard output and errors as they came
 * @param exitCode −1 when it did not end by itself
 */
public record ShellExchange(String command, String output, int exitCode) {
  /** As much as a command of the model may answer. */
  static final int MAX_CHARS = 30_000;

  private static final Pattern BLOCK =
      Pattern.compile(
          "The user ran this command in their shell; nothing is asked about it yet\\.\n"
              + "<user-command>\n(.*?)\n</user-command>\n"
              + "<user-command-output>\n(.*)\n</user-command-output>"
              + "(?:\n\\(It (was stopped|ended with exit code (\\d+))\\.\\))?",
          Pattern.DOTALL);

  private static final String NO_OUTPUT = "(no output)";

  /** What a text of {@link #block} tells; empty for any other text. */
  public static Optional<ShellExchange> read(String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.matches()) {
      return Optional.empty();
    }
    String command = block.group(1).replace("<\\/user-command", "</user-command");
    String output = block.group(2).replace("<\\/user-command-output", "</user-command-output");
    String code = block.group(4);
    int exitCode =
        block.group(3) == null
            ? 0
            : code == null || code.length() > 9 ? -1 : Integer.parseInt(code);
    return Optional.of(
        new ShellExchange(command, output.equals(NO_OUTPUT) ? "" : output, exitCode));
  }

  /** The block that goes in front of the next prompt. */
  public ContentBlock block() {
    String plain = Ansi.strip(output).stripTrailing();
    String shown =
        plain.length() <= MAX_CHARS
            ? plain
            : Clip.head(plain, MAX_CHARS / 2)
                + "\n[… "
                + (plain.length() - MAX_CHARS)
                + " characters were left out here …]\n"
                + Clip.tail(plain, MAX_CHARS / 2);
    String ended =
        exitCode == 0
            ? ""
            : exitCode < 0
                ? "\n(It was stopped.)"
                : "\n(It ended with exit code " + exitCode + ".)";
    return new ContentBlock.Text(
        "The user ran this command in their shell; nothing is asked about it yet.\n<user-command>\n"
            + command.strip().replace("</user-command", "<\\/user-command")
            + "\n</user-command>\n<user-command-output>\n"
            + (shown.isEmpty() ? NO_OUTPUT : shown)
                .replace("</user-command-output", "<\\/user-command-output")
            + "\n</user-command-output>"
            + ended);
  }
}
