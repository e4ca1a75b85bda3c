package dev.agent.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.workspace.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether rules cover calls. For rules that allow, everything that a call does must be covered,
 * provably; for rules that forbid, anything of it is enough, in any spelling.
 */
final class RuleMatcher {
  private final Judgements judgements;
  private final PathRules paths;
  private final CommandRules commands;

  RuleMatcher(Path home, Judgements judgements) {
    this.judgements = judgements;
    this.paths = new PathRules(home);
    this.commands = new CommandRules(paths, home);
  }

  /** How rules about paths are read. */
  PathRules paths() {
    return paths;
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
    if (request.isCommand()) {
      return commands.touch(rule, judgements.of(request), request) == CommandRules.Touch.SURELY
          || rule.tool().equals("Bash") && matchesInput(rule, request);
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
      if (paths.matches(rule, path, request.cwd(), true)
          || Workspace.realPath(path)
              .map(real -> paths.matches(rule, real, request.cwd(), true))
              .orElse(false)) {
        return true;
      }
    }
    return false;
  }

  private static boolean writesFiles(String tool) {
    return tool.equals("Edit") || tool.equals("Write") || tool.equals("NotebookEdit");
  }

  /** The first rule that may forbid some part of a command, which shows only when it runs. */
  Optional<Rule> perhapsTouching(List<Rule> rules, PermissionRequest request) {
    if (request.isCommand()) {
      for (Rule rule : rules) {
        if (commands.touch(rule, judgements.of(request), request) == CommandRules.Touch.MAYBE) {
          return Optional.of(rule);
        }
      }
    }
    return Optional.empty();
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
          CommandPattern.matches(
              rule.spec(),
              (input.path("skill").asText("") + " " + input.path("args").asText("")).strip());
      default -> false;
    };
  }

  /** A rule that allows the whole call, which is none of the shell. */
  Optional<Rule> covering(List<Rule> rules, PermissionRequest request) {
    String name = request.call().name();
    for (Rule rule : rules) {
      if (rule.coversWholeTool(name) && !rule.isTooWideToAllow()) {
        return Optional.of(rule);
      }
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
          || !paths.matches(rule, path, request.cwd(), false)
          || !paths.matches(rule, real.get(), request.cwd(), false)) {
        return false;
      }
    }
    return true;
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
}
