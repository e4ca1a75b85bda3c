package dev.agent.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.shell.CommandLine;
import dev.agent.tool.Effect;
import dev.agent.workspace.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
        for (List<String> reading : CommandLine.parse(request.command()).readings()) {
          if (matchesCommand(rule.spec(), String.join(" ", reading))) {
            return true;
          }
        }
        return matchesCommand(rule.spec(), request.command().strip())
            || matchesInput(rule, request);
      }
      return (rule.tool().equals("Read") || rule.tool().equals("Edit"))
          && commandTouches(rule, request);
    }
    if (!rule.namesTool(name) && !(rule.tool().equals("Read") && writesFiles(name))) {
      return false;
    }
    if (rule.tool().equals("WebFetch")) {
      return matchesHost(rule.spec(), request, true);
    }
    if (matchesInput(rule, request)) {
      return true;
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
  private boolean commandTouches(Rule rule, PermissionRequest request) {
    // The program of an Edit rule may be one that only reads: that does it no harm.
    if (rule.tool().equals("Edit") && request.effect().kind() == Effect.Kind.READS) {
      return false;
    }
    for (Path path : CommandPaths.of(request.command(), request.cwd(), home)) {
      if (matchesPath(rule, path, request.cwd(), true)) {
        return true;
      }
    }
    return false;
  }

  /** {@code Agent(Name)}, {@code Skill(name *)} and {@code Tool(parameter:value)}. */
  private static boolean matchesInput(Rule rule, PermissionRequest request) {
    if (matchesName(rule, request)) {
      return true;
    }
    int colon = rule.spec().indexOf(':');
    if (colon < 1) {
      return false;
    }
    JsonNode value = request.call().input().path(rule.spec().substring(0, colon));
    return value.isValueNode()
        && Wildcard.matches(rule.spec().substring(colon + 1), value.asText(), false);
  }

  private static boolean matchesName(Rule rule, PermissionRequest request) {
    ObjectNode input = request.call().input();
    return switch (rule.tool()) {
      case "Agent", "Task" ->
          Wildcard.matches(rule.spec(), input.path("subagent_type").asText(""), false);
      case "Skill" ->
          matchesCommand(
              rule.spec(),
              (input.path("skill").asText("") + " " + input.path("args").asText("")).strip());
      default -> false;
    };
  }

  /** A rule that allows the whole call; for commands one for each part. */
  Optional<Rule> covering(List<Rule> rules, PermissionRequest request) {
    String name = request.call().name();
    for (Rule rule : rules) {
      if (rule.coversWholeTool(name)
          && !rule.isTooWideToAllow()
          && !(name.equals("Bash") && !maybeCovered(rule, request))) {
        return Optional.of(rule);
      }
    }
    if (name.equals("Bash")) {
      return coveringCommand(rules, request);
    }
    for (Rule rule : rules) {
      if (!rule.namesTool(name) || rule.isTooWideToAllow() || rule.spec().isEmpty()) {
        continue;
      }
      if (matchesName(rule, request)) {
        return Optional.of(rule);
      }
      if (rule.tool().equals("WebFetch")
          ? matchesHost(rule.spec(), request, false)
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

  private static final Set<String> RUNS_ANY_CODE =
      Set.of(
          "bash", "sh", "zsh", "dash", "python", "python3", "node", "deno", "bun", "perl", "ruby",
          "php", "npx", "uvx", "bunx", "pipx", "eval", "exec", "sudo", "doas", "ssh", "env");

  /** A rule for all commands covers what can be read, in auto mode no code of its own. */
  private static boolean maybeCovered(Rule rule, PermissionRequest request) {
    CommandLine line = CommandLine.parse(request.command());
    if (!line.sound()) {
      return false;
    }
    if (request.mode() == Mode.AUTO && rule.spec().isEmpty()) {
      for (List<String> reading : line.readings()) {
        if (RUNS_ANY_CODE.contains(reading.getFirst())) {
          return false;
        }
      }
    }
    return true;
  }

  private static Optional<Rule> coveringCommand(List<Rule> rules, PermissionRequest request) {
    CommandLine line = CommandLine.parse(request.command());
    if (!line.plain() || line.commands().isEmpty()) {
      return Optional.empty();
    }
    Rule last = null;
    for (CommandLine.Command command : line.commands()) {
      String part = command.text();
      boolean exactly = runsOrRemoves(command.words());
      Rule found = null;
      for (Rule rule : rules) {
        if (rule.tool().equals("Bash")
            && !rule.spec().isEmpty()
            && !(request.mode() == Mode.AUTO && leavesCodeOpen(rule.spec()))
            && !(exactly && rule.spec().indexOf('*') >= 0)
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

  /** Commands whose arguments run other programs: a pattern must not stretch over those. */
  private static boolean runsOrRemoves(List<String> words) {
    return switch (words.isEmpty() ? "" : words.getFirst()) {
      case "watch", "setsid", "flock" -> true;
      case "find" -> {
        for (String word : words) {
          if (word.startsWith("-exec")
              || word.startsWith("-ok")
              || word.startsWith("-fprint")
              || word.equals("-fls")
              || word.equals("-delete")) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  /** Whether a rule names an interpreter, but not what it may run. */
  private static boolean leavesCodeOpen(String spec) {
    int end = 0;
    while (end < spec.length() && " *:".indexOf(spec.charAt(end)) < 0) {
      end++;
    }
    String rest = spec.substring(end).strip();
    return end == 0
        || RUNS_ANY_CODE.contains(spec.substring(0, end))
            && (rest.equals("*") || rest.equals(":*") || rest.startsWith("-c"));
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
    if (wanted.endsWith(" *")
        && Wildcard.matches(wanted.substring(0, wanted.length() - 2), command, false)) {
      return true;
    }
    return Wildcard.matches(wanted, command, false);
  }

  private static boolean matchesHost(String spec, PermissionRequest request, boolean forbids) {
    if (!spec.startsWith("domain:") || request.effect().hosts().isEmpty()) {
      return false;
    }
    String wanted = spec.substring("domain:".length()).strip().toLowerCase(Locale.ROOT);
    boolean all = true;
    boolean any = false;
    for (URI uri : request.effect().hosts()) {
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      while (host.endsWith(".")) {
        host = host.substring(0, host.length() - 1);
      }
      boolean fits = Wildcard.matches(wanted, host, false);
      all &= fits;
      any |= fits;
    }
    return forbids ? any : all;
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
    boolean anyDepth = false;
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
      int slash = pattern.indexOf('/');
      boolean bare = slash < 0 || slash == pattern.length() - 1;
      anyDepth = !spec.startsWith("./") && !pattern.startsWith("../") && (bare || forbids);
    }
    if (forbids && pattern.endsWith("/**")) {
      pattern =
          pattern.substring(0, pattern.length() - 3); // what is forbidden inside is not listed
    }
    while (pattern.startsWith("../") && from.getParent() != null) {
      pattern = pattern.substring(3);
      from = from.getParent();
    }
    if (anyDepth) {
      if (forbids) {
        from = Path.of("/");
      }
      pattern = "**/" + pattern;
    }
    Path base = Workspace.realPath(from).orElse(from);
    for (Path root : from.equals(base) ? List.of(from) : List.of(from, base)) {
      if (path.startsWith(root)
          && PathPattern.matches(
              pattern,
              root.relativize(path).toString(),
              forbids || anyDepth || pattern.endsWith("/"))) {
        return true;
      }
    }
    return false;
  }
}
