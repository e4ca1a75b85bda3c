package dev.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The help pages of the commands besides a run, {@code help/NAME.txt} beside this class. The first
 * paragraph of a page is the usage that messages about wrong arguments show.
 */
final class CommandPage {
  private CommandPage() {}

  /**
   * Whether {@code arguments} ask for the page. Only the first two count: what stands further back
   * may be part of a shell command that the person asks about.
   */
  static boolean wanted(List<String> arguments) {
    return arguments.stream()
        .limit(2)
        .anyMatch(argument -> argument.equals("--help") || argument.equals("-h"));
  }

  /** The whole page of {@code command}, ending with a line feed. */
  static String of(String command) {
    String name = "help/" + command + ".txt";
    try (InputStream text = CommandPage.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  /** How {@code command} is called: the first paragraph of its page. */
  static String usage(String command) {
    String page = of(command);
    return page.substring(0, page.indexOf("\n\n"));
  }
}
