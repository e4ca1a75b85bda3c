package dev.agent.permission;

import dev.agent.shell.CommandLine;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether rules cover calls. For rules that allow, everything that a call does must be covered,
 * provably; for rules that forbid, anything of it is enough, in any spelling.
 */
final class RuleMatcher {
  private final Path home;

  RuleMatcher(Path home) {
    this.home = home;
  }

  /** The first rule that forbids (or asks about) some part of the call. */
  Optional<Rule> touching(List<Rule> rules, PermissionRequest request) {
    for (Rule rule : rules) {
      if (touches(rule, request)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private boolean touches(Rule rule, PermissionRequest request) {
    String name = request.call().name();
    if (rule.coversWholeTool(name)) {
      return true;
    }
    if (name.equals("Bash")) {
      if (rule.tool().equals("Bash")) {
        for (String part : CommandLine.parse(request.command()).parts()) {
          String unwrapped = CommandLine.unwrapped(part);
          if (matchesCommand(rule.spec(), part) || matchesCommand(rule.spec(), unwrapped)) {
            return true;
          }
        }
        return matchesCommand(rule.spec(), request.command().strip());
      }
      return (rule.tool().equals("Read") || rule.tool().equals("Edit"))
          && wordsTouch(rule, request);
    }
    if (!rule.namesTool(name) && !(rule.tool().equals("Read") && writesFiles(name))) {
      return false;
    }
    if (rule.tool().equals("WebFetch")) {
      return matchesHost(rule.spec(), request);
    }
    for (Path path : request.effect().paths()) {
      if (matchesPath(rule, path, request.cwd(), true)
          || Workspace.realPath(path)
              .map(real -> matchesPath(rule, real, request.cwd(), true))
              .orElse(false)) {
        return true;
      }
    }
    return false;
  }

  private static boolean writesFiles(String tool) {
    return tool.equals("Edit") || tool.equals("Write") || tool.equals("NotebookEdit");
  }

  /** A command may name a forbidden file as any of its words. */
  private boolean wordsTouch(Rule rule, PermissionRequest request) {
    for (String part :
        CommandLine.parse(request.command().replace('<', ' ').replace('>', ' ')).parts()) {
      for (String word : part.split(" ")) {
        for (String piece : new String[] {word, word.substring(word.indexOf('=') + 1)}) {
          try {
            Path path =
                piece.startsWith("~/")
                    ? home.resolve(piece.substring(2))
                    : request.cwd().resolve(piece).normalize();
            if (!piece.isEmpty()
                && !piece.startsWith("-")
                && matchesPath(rule, path, request.cwd(), true)) {
              return true;
            }
          } catch (java.nio.file.InvalidPathException e) {
            // no name of a file
          }
        }
      }
    }
    return false;
  }

  /** A rule that allows the whole call; for commands one for each part. */
  Optional<Rule> covering(List<Rule> rules, PermissionRequest request) {
    String name = request.call().name();
    for (Rule rule : rules) {
      if (rule.coversWholeTool(name) && !rule.tool().equals("*")) {
        return Optional.of(rule);
      }
    }
    if (name.equals("Bash")) {
      return coveringCommand(rules, request.command());
    }
    for (Rule rule : rules) {
      if (!rule.namesTool(name)) {
        continue;
      }
      if (rule.tool().equals("WebFetch")
          ? matchesHost(rule.spec(), request)
          : coversPaths(rule, request)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private boolean coversPaths(Rule rule, PermissionRequest request) {
    if (request.effect().paths().isEmpty()) {
      return false;
    }
    for (Path path : request.effect().paths()) {
      Optional<Path> real = Workspace.realPath(path);
      if (real.isEmpty()
          || !matchesPath(rule, path, request.cwd(), false)
          || !matchesPath(rule, real.get(), request.cwd(), false)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Rule> coveringCommand(List<Rule> rules, String command) {
    CommandLine line = CommandLine.parse(command);
    if (!line.plain() || line.parts().isEmpty()) {
      return Optional.empty();
    }
    Rule last = null;
    for (String part : line.parts()) {
      Rule found = null;
      for (Rule rule : rules) {
        if (rule.tool().equals("Bash")
            && !rule.spec().isEmpty()
            && matchesCommand(rule.spec(), part)) {
          found = rule;
          break;
        }
      }
      if (found == null) {
        return Optional.empty();
      }
      last = found;
    }
    return Optional.ofNullable(last);
  }

  /**
   * Whether a command fits a pattern: {@code *} stands for any characters; a trailing {@code " *"}
   * or {@code ":*"} for nothing or further words.
   */
  static boolean matchesCommand(String pattern, String command) {
    String wanted = pattern;
    if (wanted.endsWith(":*")) {
      wanted = wanted.substring(0, wanted.length() - 2) + " *";
    }
    if (wanted.endsWith(" *") && wildcard(wanted.substring(0, wanted.length() - 2), command)) {
      return true;
    }
    return wildcard(wanted, command);
  }

  private static boolean wildcard(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean matchesHost(String spec, PermissionRequest request) {
    if (!spec.startsWith("domain:")) {
      return false;
    }
    String wanted = spec.substring("domain:".length()).strip().toLowerCase(java.util.Locale.ROOT);
    return !request.effect().hosts().isEmpty()
        && request.effect().hosts().stream()
            .allMatch(
                uri -> {
                  String host =
                      uri.getHost() == null ? "" : uri.getHost().toLowerCase(java.util.Locale.ROOT);
                  return wanted.equals("*")
                      || wanted.equals(host)
                      || wanted.startsWith("*.") && host.endsWith(wanted.substring(1));
                });
  }

  /**
   * Gitignore patterns with four anchors: {@code //x} from the root, {@code ~/x} from home, {@code
   * /x} from where the rule was written, {@code x} or {@code ./x} from the working directory; a
   * bare name fits at any depth. A pattern that forbids fits at any depth as well, and covers
   * everything below a directory it names.
   */
  private boolean matchesPath(Rule rule, Path path, Path cwd, boolean forbids) {
    String spec = rule.spec();
    if (spec.isEmpty()) {
      return true;
    }
    String pattern;
    Path from;
    if (spec.startsWith("//")) {
      from = Path.of("/");
      pattern = spec.substring(2);
    } else if (spec.startsWith("~/")) {
      from = home;
      pattern = spec.substring(2);
    } else if (spec.startsWith("/")) {
      from = rule.base();
      pattern = spec.substring(1);
    } else {
      from = cwd;
      pattern = spec.startsWith("./") ? spec.substring(2) : spec;
      if (pattern.indexOf('/') < 0 || forbids && !spec.startsWith("./")) {
        return PathPattern.matches("**/" + pattern, path.toString().substring(1), true);
      }
    }
    Path base = Workspace.realPath(from).orElse(from);
    for (Path root : List.of(from, base)) {
      if (path.startsWith(root)) {
        String relative = root.relativize(path).toString();
        if (PathPattern.matches(pattern, relative, forbids || pattern.endsWith("/"))) {
          return true;
        }
      }
    }
    return false;
  }
}
