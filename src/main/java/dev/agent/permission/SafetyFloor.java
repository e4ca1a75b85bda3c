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
  static final String NAME = "safety floor";

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
          ".envrc",
          ".pre-commit-config.yaml",
          "gradle-wrapper.properties",
          ".yarnrc",
          ".yarnrc.yml",
          ".bunfig.toml",
          "bunfig.toml");
  private static final Set<String> PROTECTED_DIRECTORIES =
      Set.of(
          ".git", ".ssh", ".gnupg", ".aws", ".agent", ".claude", ".vscode", ".idea", ".husky",
          ".mvn", ".cargo");

  /** Below the agents' own directories these are content that people ask for, not configuration. */
  private static final Set<String> OPEN_BELOW_AGENT =
      Set.of("commands", "agents", "skills", "worktrees", "plans");

  private final Path home;

  SafetyFloor(Path home) {
    this.home = home;
  }

  @Override
  public String name() {
    return NAME;
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
    String command = request.command();
    Set<Path> directories = CommandPaths.directories(command, request.cwd(), home);
    for (List<String> words : CommandLine.parse(command).readings()) {
      String program = words.getFirst();
      if (program.startsWith("mkfs")
          || MACHINE.contains(program)
          || program.equals("dd") && words.stream().anyMatch(SafetyFloor::isDevice)) {
        return ask("\"" + program + "\" can make the machine or a disk unusable");
      }
      if (!removes(words)) {
        continue;
      }
      for (String word : words.subList(1, words.size())) {
        for (Path directory : directories) {
          if (isCritical(word, directory, request.cwd())) {
            return ask(
                "\""
                    + String.join(" ", words)
                    + "\" would change or remove all of "
                    + word
                    + ", which can't be undone");
          }
        }
      }
    }
    for (Path path : CommandPaths.of(command, request.cwd(), home)) {
      if (isProtected(path)) {
        return ask("\"" + path + "\" is a protected file and the command may change it");
      }
    }
    return Decision.PASS;
  }

  private static final Set<String> MACHINE =
      Set.of("shutdown", "reboot", "halt", "poweroff", "fdisk", "wipefs");

  private static boolean isDevice(String word) {
    return word.startsWith("of=/dev/") && !word.equals("of=/dev/null");
  }

  private static boolean removes(List<String> words) {
    return switch (words.getFirst()) {
      case "rm", "rmdir", "shred", "unlink", "mv", "truncate" -> true;
      case "chmod", "chown", "chgrp", "setfacl" ->
          words.stream().anyMatch(it -> isOption(it, 'R') || it.equals("--recursive"));
      case "find" ->
          words.contains("-delete")
              || words.contains("-exec")
              || words.contains("-execdir")
              || words.contains("-ok");
      default -> false;
    };
  }

  private static boolean isOption(String word, char letter) {
    return word.startsWith("-") && !word.startsWith("--") && word.indexOf(letter) > 0;
  }

  /** The root, its directories, the home directory, and what the working directory lies in. */
  private boolean isCritical(String word, Path directory, Path cwd) {
    if (word.isEmpty() || word.startsWith("-")) {
      return false;
    }
    String plain = word;
    while (plain.endsWith("/") || plain.endsWith("*") || plain.endsWith("/.")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    if (plain.isEmpty()) {
      // "/" and "/*" are the root, "*" is what is in the directory
      return word.startsWith("/") || isCriticalPath(directory, cwd);
    }
    if (plain.startsWith("$") && plain.indexOf('/') < 0 && !plain.equals(word)) {
      return true; // an empty variable turns "$x/" into the root
    }
    Path path = CommandPaths.resolve(plain, directory, home);
    return path != null && isCriticalPath(path, cwd);
  }

  private boolean isCriticalPath(Path path, Path cwd) {
    boolean topLevel = path.getNameCount() <= 1 && !path.equals(Path.of("/tmp"));
    return topLevel || home.startsWith(path) || cwd.startsWith(path) && !cwd.equals(path);
  }
}
