package dev.agent.permission;

import dev.agent.shell.CommandLine;
import dev.agent.tool.Effect;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What no rule and no mode switches off: changes of files that would give the agent or others more
 * power later (git's own files, shell start-up files, keys, settings of agents), and removals that
 * can't be meant.
 */
final class SafetyFloor implements Layer {
  private static final Set<String> PROTECTED_NAMES =
      Set.of(
          ".bashrc",
          ".bash_profile",
          ".bash_login",
          ".bash_logout",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".zlogin",
          ".gitconfig",
          ".gitmodules",
          ".netrc",
          ".npmrc",
          ".pypirc",
          ".mcp.json",
          "authorized_keys",
          ".envrc");
  private static final Set<String> PROTECTED_DIRECTORIES =
      Set.of(".git", ".ssh", ".gnupg", ".aws", ".agent", ".claude", ".vscode", ".idea", ".husky");

  /** Below the agents' own directories these are content that people ask for, not configuration. */
  private static final Set<String> OPEN_BELOW_AGENT =
      Set.of("commands", "agents", "skills", "worktrees", "plans");

  private final Path home;

  SafetyFloor(Path home) {
    this.home = home;
  }

  @Override
  public String name() {
    return "safety floor";
  }

  @Override
  public Decision decide(PermissionRequest request) {
    if (request.call().name().equals("Bash")) {
      return command(request);
    }
    if (request.effect().kind() == Effect.Kind.READS) {
      return Decision.PASS;
    }
    for (Path path : request.effect().paths()) {
      Optional<Path> real = Workspace.realPath(path);
      if (real.isEmpty()) {
        return ask("\"" + path + "\" has links that can't be followed");
      }
      if (isProtected(path) || isProtected(real.get())) {
        return ask(
            "\"" + path + "\" is a protected file: it can change what programs or agents do later");
      }
    }
    return Decision.PASS;
  }

  private Decision ask(String text) {
    return new Decision.Ask(new Reason(name(), "", "", text), List.of());
  }

  /**
   * Whether a path is protected, by its names in any case and without characters that file systems
   * ignore.
   */
  static boolean isProtected(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(plain(name.toString())));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean last = i == names.size() - 1;
      if (PROTECTED_DIRECTORIES.contains(name)) {
        boolean agents = name.equals(".agent") || name.equals(".claude");
        if (!(agents && !last && OPEN_BELOW_AGENT.contains(names.get(i + 1)))) {
          return true;
        }
      }
      if (last
          && (PROTECTED_NAMES.contains(name)
              || name.startsWith("id_rsa")
              || name.startsWith("id_ed25519"))) {
        return true;
      }
    }
    return false;
  }

  private static String plain(String name) {
    StringBuilder out = new StringBuilder(name.length());
    name.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(out::appendCodePoint);
    String lower = out.toString().toLowerCase(Locale.ROOT);
    while (lower.endsWith(".") && lower.length() > 1 && !lower.equals("..")) {
      lower = lower.substring(0, lower.length() - 1);
    }
    return lower.stripTrailing();
  }

  private Decision command(PermissionRequest request) {
    if (request.effect().kind() == Effect.Kind.READS) {
      return Decision.PASS;
    }
    for (String part : CommandLine.parse(request.command().replace('>', ' ')).parts()) {
      String[] words = CommandLine.unwrapped(part).split(" ");
      boolean removes =
          words[0].equals("rm")
              || words[0].equals("rmdir")
              || words[0].equals("shred")
              || words[0].equals("find") && part.contains("-delete");
      for (int i = 1; i < words.length; i++) {
        String word = words[i];
        if (removes && isCritical(word, request.cwd())) {
          return new Decision.Deny(
              new Reason(
                  name(),
                  "",
                  "",
                  "\"" + part + "\" would remove " + word + ", which can't be undone"));
        }
        String piece = word.substring(word.indexOf('=') + 1);
        if (mayBePath(piece) && isProtected(resolve(piece, request.cwd()))) {
          return ask("\"" + piece + "\" is a protected file and the command may change it");
        }
      }
    }
    return Decision.PASS;
  }

  private static boolean mayBePath(String word) {
    return !word.isEmpty() && !word.startsWith("-") && word.indexOf('\0') < 0;
  }

  private Path resolve(String word, Path cwd) {
    try {
      return word.startsWith("~/")
          ? home.resolve(word.substring(2))
          : cwd.resolve(word).normalize();
    } catch (java.nio.file.InvalidPathException e) {
      return cwd;
    }
  }

  private boolean isCritical(String word, Path cwd) {
    String plain = word;
    while (plain.length() > 1
        && (plain.endsWith("/") || plain.endsWith("*") || plain.endsWith("/."))) {
      plain = plain.substring(0, plain.length() - 1);
    }
    if (plain.equals("~")
        || plain.equals("$HOME")
        || plain.equals("${HOME}")
        || plain.equals("/")) {
      return true;
    }
    if (!mayBePath(plain)) {
      return false;
    }
    Path path = resolve(plain, cwd);
    boolean topLevel = path.getNameCount() <= 1 && !path.startsWith("/tmp");
    return topLevel || home.startsWith(path);
  }
}
