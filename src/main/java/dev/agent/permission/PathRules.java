package dev.agent.permission;

import dev.agent.workspace.Workspace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Gitignore patterns with four anchors: {@code //x} from the root, {@code ~/x} from home, {@code
 * /x} from where the rule was written, {@code x} or {@code ./x} from the working directory; a bare
 * name fits at any depth. A pattern that forbids fits at any depth as well, whatever the case of
 * its letters, and covers everything below a directory it names.
 */
final class PathRules {
  private final Path home;

  PathRules(Path home) {
    this.home = home;
  }

  private record Anchored(Path from, String pattern, boolean anyDepth) {}

  private Anchored anchored(Rule rule, Path cwd, boolean forbids) {
    String spec = rule.spec();
    if (spec.startsWith("//")) {
      return new Anchored(Path.of("/"), spec.substring(2), false);
    }
    if (spec.startsWith("~/")) {
      return new Anchored(home, spec.substring(2), false);
    }
    if (spec.startsWith("/")) {
      return new Anchored(rule.base(), spec.substring(1), false);
    }
    String pattern = spec.startsWith("./") ? spec.substring(2) : spec;
    int slash = pattern.indexOf('/');
    boolean bare = slash < 0 || slash == pattern.length() - 1;
    boolean anyDepth = !spec.startsWith("./") && !pattern.startsWith("../") && (bare || forbids);
    return new Anchored(cwd, pattern, anyDepth);
  }

  /** Whether a rule speaks of a path. */
  boolean matches(Rule rule, Path path, Path cwd, boolean forbids) {
    if (rule.spec().isEmpty()) {
      return true;
    }
    Anchored anchored = anchored(rule, cwd, forbids);
    String pattern = anchored.pattern();
    Path from = anchored.from();
    if (forbids && pattern.endsWith("/**")) {
      pattern =
          pattern.substring(0, pattern.length() - 3); // what is forbidden inside is not listed
    }
    while (pattern.startsWith("../") && from.getParent() != null) {
      pattern = pattern.substring(3);
      from = from.getParent();
    }
    if (anchored.anyDepth()) {
      if (forbids) {
        from = Path.of("/");
      }
      pattern = "**/" + pattern;
    }
    Path base = Workspace.realPath(from).orElse(from);
    for (Path root : from.equals(base) ? List.of(from) : List.of(from, base)) {
      if (path.startsWith(root)) {
        String below = root.relativize(path).toString();
        boolean all = forbids || anchored.anyDepth() || pattern.endsWith("/");
        if (PathPattern.matches(
            forbids ? folded(pattern) : pattern, forbids ? folded(below) : below, all)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The files and directories that a rule names without a wildcard. */
  Set<Path> named(Rule rule, Path cwd) {
    if (rule.spec().isEmpty()) {
      return Set.of();
    }
    Anchored anchored = anchored(rule, cwd, true);
    String pattern = anchored.pattern();
    while (pattern.endsWith("/**") || pattern.endsWith("/*") || pattern.endsWith("/")) {
      pattern = pattern.substring(0, pattern.lastIndexOf('/'));
    }
    if (pattern.isEmpty() || pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0) {
      return Set.of();
    }
    Set<Path> named = new LinkedHashSet<>();
    try {
      Path path = anchored.from().resolve(pattern).normalize();
      named.add(path);
      Workspace.realPath(path).ifPresent(named::add);
    } catch (InvalidPathException e) {
      return Set.of();
    }
    return named;
  }
}
