package dev.agent.permission;

import dev.agent.shell.Argument;
import dev.agent.shell.CommandFacts;
import dev.agent.workspace.CommandPart;
import java.util.List;
import java.util.Set;

/**
 * How far the pattern of a rule about commands reaches: whether whoever wrote it can have meant all
 * that it matches.
 */
final class RuleReach {
  /** Programs of which a rule says nothing unless it says what they run. */
  private static final Set<String> RUNS_ANY_CODE =
      Set.of(
          "bash",
          "sh",
          "zsh",
          "dash",
          "fish",
          "ksh",
          "csh",
          "tcsh",
          "python",
          "python2",
          "python3",
          "pypy",
          "pypy3",
          "node",
          "nodejs",
          "deno",
          "bun",
          "perl",
          "ruby",
          "php",
          "lua",
          "tclsh",
          "Rscript",
          "osascript",
          "npx",
          "uvx",
          "bunx",
          "pnpx",
          "pipx",
          "yarn dlx",
          "pnpm dlx",
          "npm exec",
          "uv run",
          "eval",
          "exec",
          "sudo",
          "su",
          "doas",
          "ssh",
          "scp",
          "rsync",
          "env",
          "xargs",
          "source",
          ".");

  /** Commands that read unless an option makes them write: who allows them means the reading. */
  private static final Set<String> READERS =
      Set.of("find", "git", "sort", "uniq", "shuf", "xxd", "tree", "column", "awk", "gawk", "file");

  private RuleReach() {}

  /** A pattern must not stretch over a command that the part starts, or over what removes files. */
  static boolean stretchesOverCode(String spec, CommandPart part) {
    if (spec.indexOf('*') < 0 && !spec.endsWith(":*")) {
      return false;
    }
    String literal = CommandPattern.literal(spec);
    if (READERS.contains(part.program())
        && part.facts().kind() == CommandFacts.Kind.WRITES
        && !part.facts().writes().isEmpty()) {
      return true;
    }
    String name = firstWord(spec);
    if (RUNS_ANY_CODE.contains(name) && !name.equals("xargs")) {
      return false; // whoever wrote that meant any code
    }
    for (List<Argument> words : part.facts().nested()) {
      if (!literal.startsWith(upTo(part, words.getFirst()))) {
        return true;
      }
    }
    for (CommandPart inner : part.wrapped()) {
      if (!literal.startsWith(upTo(part, inner.command().argv().getFirst()))) {
        return true;
      }
    }
    return false;
  }

  private static String upTo(CommandPart part, Argument started) {
    StringBuilder text = new StringBuilder();
    for (Argument word : part.command().argv()) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      boolean first = text.isEmpty();
      text.append(word.text());
      if (!first && word.equals(started)) {
        break;
      }
    }
    return text.toString();
  }

  private static String firstWord(String spec) {
    int end = 0;
    while (end < spec.length() && " *:".indexOf(spec.charAt(end)) < 0) {
      end++;
    }
    return spec.substring(0, end);
  }

  /** Whether a rule names an interpreter or a runner, but not what it may run. */
  static boolean leavesCodeOpen(String spec) {
    String name = firstWord(spec);
    name = name.substring(name.lastIndexOf('/') + 1);
    if (name.isEmpty()) {
      return true;
    }
    if (spec.indexOf('*') < 0) {
      return false;
    }
    String rest = spec.substring(firstWord(spec).length()).strip();
    String two = (name + " " + rest).replace(" *", "").replace(":*", "").strip();
    boolean runner = RUNS_ANY_CODE.contains(name) || isVersioned(name);
    boolean open =
        rest.equals("*")
            || rest.equals(":*")
            || rest.startsWith("-c")
            || rest.startsWith("-e")
            || rest.startsWith("-")
                && rest.indexOf('*') >= 0
                && rest.indexOf(' ') == rest.length() - 2
                && rest.length() <= 5;
    return runner && open || RUNS_ANY_CODE.contains(two) && two.indexOf(' ') > 0;
  }

  /** {@code python3.12} and its like. */
  private static boolean isVersioned(String name) {
    int end = name.length();
    while (end > 0 && "0123456789.".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0 && end < name.length() && RUNS_ANY_CODE.contains(name.substring(0, end));
  }
}
