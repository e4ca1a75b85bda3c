package dev.agent.permission;

import dev.agent.shell.Analysis;
import java.nio.file.Path;

/**
 * A permission rule: {@code Tool} or {@code Tool(spec)}.
 *
 * @param tool the tool's name, or a pattern such as {@code mcp__server__*}
 * @param spec what is in the parentheses; empty = every call of the tool
 * @param source where it was written, for people
 * @param base where paths that begin with {@code /} start
 * @param fromProject whether a project's own settings hold it: they trust programs to run any code
 *     less than a person does
 */
public record Rule(String tool, String spec, String source, Path base, boolean fromProject) {

  /** A rule that a person gave. */
  public Rule(String tool, String spec, String source, Path base) {
    this(tool, spec, source, base, false);
  }

  /** The same, held by a project's own settings. */
  public Rule ofProject() {
    return new Rule(tool, spec, source, base, true);
  }

  /** A rule that can't be read. */
  public static final class InvalidRuleException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidRuleException(String message) {
      super(message);
    }
  }

  /**
   * Reads a rule.
   *
   * @throws InvalidRuleException when it is none; the message says what is wrong with it
   */
  public static Rule parse(String text, String source, Path base) throws InvalidRuleException {
    String rule = text.strip();
    if (Analysis.hidesCharacters(rule) || rule.indexOf('\n') >= 0) {
      throw new InvalidRuleException("it holds characters that can't be seen");
    }
    int open = rule.indexOf('(');
    String tool = open < 0 ? rule : rule.substring(0, open);
    if (tool.isEmpty()) {
      throw new InvalidRuleException("it has no tool name");
    }
    for (int i = 0; i < tool.length(); i++) {
      char c = tool.charAt(i);
      if (!(Character.isLetterOrDigit(c)
          || c == '_'
          || c == '-'
          || c == '*'
          || c == '.'
          || c == ':')) {
        throw new InvalidRuleException("\"" + c + "\" can't stand in the name of a tool");
      }
    }
    if (open < 0 && rule.endsWith(")")) {
      throw new InvalidRuleException("missing \"(\" in \"" + rule + "\"");
    }
    if (open < 0) {
      return new Rule(tool, "", source, base);
    }
    if (!rule.endsWith(")")) {
      throw new InvalidRuleException("missing \")\" in \"" + rule + "\"");
    }
    String spec = rule.substring(open + 1, rule.length() - 1).strip();
    if (spec.isEmpty()) {
      throw new InvalidRuleException(
          "there is nothing between the parentheses of \"" + rule + "\"");
    }
    if (tool.equals("WebFetch") && !spec.startsWith("domain:") && !spec.equals("*")) {
      throw new InvalidRuleException("\"" + spec + "\" must be \"domain:\" and the name of a host");
    }
    // Of files, "everything" means everything below the working directory: that is not all calls.
    boolean everything = spec.equals("*") && !tool.equals("Read") && !tool.equals("Edit");
    return new Rule(
        tool, everything ? "" : spec.replace("\\(", "(").replace("\\)", ")"), source, base);
  }

  /** Whether its tool is a pattern that is too wide to allow anything. */
  boolean isTooWideToAllow() {
    int star = tool.indexOf('*');
    if (star < 0) {
      return false;
    }
    int server = tool.startsWith("mcp__") ? tool.indexOf("__", "mcp__".length()) : -1;
    return server < 0 || star < server;
  }

  /** The rule as it is written. */
  public String text() {
    return spec.isEmpty() ? tool : tool + "(" + spec.replace("(", "\\(").replace(")", "\\)") + ")";
  }

  /** Whether it speaks of a tool as a whole. */
  public boolean coversWholeTool(String name) {
    return spec.isEmpty() && namesTool(name);
  }

  /**
   * Whether it speaks of this tool: Edit rules hold for all tools that change files, Read rules for
   * all that read them.
   */
  public boolean namesTool(String name) {
    if (tool.equals(name) || tool.indexOf('*') >= 0 && Wildcard.matches(tool, name, false)) {
      return true;
    }
    return switch (tool) {
      case "Edit" -> name.equals("Write") || name.equals("NotebookEdit");
      case "Read" -> !spec.isEmpty() && (name.equals("Grep") || name.equals("Glob"));
      case "Task" -> name.equals("Agent");
      default ->
          name.startsWith("mcp__") && tool.startsWith("mcp__") && name.startsWith(tool + "__");
    };
  }
}
