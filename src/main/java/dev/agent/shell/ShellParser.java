package dev.agent.shell;

/**
 * Parses command lines as {@code bash} does: recursive descent, in time linear in the length, by
 * our own hands, because every published way around a permission system is a difference between
 * what was checked and what ran. What it can't follow becomes a {@link Problem}; what stands around
 * that is still in the tree, so that rules that forbid see it.
 */
public final class ShellParser {
  private ShellParser() {}

  /** Parses a script; never fails. */
  public static Script parse(String text) {
    Effort effort = new Effort(text.length());
    if (text.length() > Script.MAX_CHARS) {
      effort.problem("it is longer than " + Script.MAX_CHARS + " characters", Script.MAX_CHARS);
    }
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      effort.problem("a zero byte can't be part of a command", zero);
    }
    Node.Sequence body = new CommandReader(new Cursor(text, effort)).whole();
    return new Script(text, body, effort.problems, effort.steps);
  }
}
