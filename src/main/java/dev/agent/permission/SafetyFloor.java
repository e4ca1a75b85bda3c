package dev.agent.permission;

import dev.agent.shell.Argument;
import dev.agent.tool.Effect;
import dev.agent.workspace.CommandJudgement;
import dev.agent.workspace.CommandPart;
import dev.agent.workspace.MentionedPaths;
import dev.agent.workspace.NamedFile;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What no rule and no mode switches off: changes of files that would give the agent or others more
 * power later (git's own files, shell start-up files, keys, settings of agents).
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

  private static final int MAX_CHILDREN = 1_000;

  private final Path home;
  private final List<Path> guarded;
  private final Judgements judgements;

  /**
   * @param guarded directories of agents' settings, wherever they are
   */
  SafetyFloor(Path home, List<Path> guarded, Judgements judgements) {
    this.home = home;
    this.guarded = guarded.stream().filter(path -> !isProtected(path)).toList();
    this.judgements = judgements;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Decision decide(PermissionRequest request) {
    if (request.isCommand()) {
      return command(judgements.of(request), request.cwd());
    }
    if (request.effect().kind() == Effect.Kind.READS) {
      return Decision.PASS;
    }
    for (Path path : request.effect().paths()) {
      Optional<Path> real = Workspace.realPath(path);
      if (real.isEmpty()) {
        return ask("\"" + path + "\" has links that can't be followed");
      }
      if (isProtected(path) || isProtected(real.get()) || isGuarded(path, real.get())) {
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

  private Decision command(CommandJudgement judgement, Path cwd) {
    MentionedPaths mentioned = new MentionedPaths(cwd, home);
    Set<CommandPart> started = judgement.startedParts();
    for (CommandPart part : judgement.allParts()) {
      if (part.proof() == CommandPart.Proof.READS) {
        continue;
      }
      Optional<String> objection =
          change(part, started.contains(part) ? Optional.empty() : Optional.of(mentioned));
      if (objection.isPresent()) {
        return ask(objection.get());
      }
    }
    for (CommandJudgement.Redirected redirected : judgement.redirections()) {
      NamedFile file = redirected.file();
      if (file.use().changes()) {
        Set<Path> all = new LinkedHashSet<>(file.paths());
        if (!file.isComplete()) {
          all.addAll(
              mentioned.of(
                  List.of(redirected.redirection().target()),
                  redirected.redirection().directory()));
        }
        Optional<String> objection = protectedAmong(all);
        if (objection.isPresent()) {
          return ask(objection.get());
        }
      }
    }
    return Decision.PASS;
  }

  /** A finder that looks for names takes only some of what is below a directory. */
  static boolean chooses(String program, List<String> words) {
    return program.equals("find")
        && words.stream()
            .anyMatch(it -> it.endsWith("name") || it.equals("-path") || it.equals("-regex"));
  }

  /** Why a command could change what is protected. */
  private Optional<String> change(CommandPart part, Optional<MentionedPaths> mentioned) {
    boolean links = part.program().equals("ln") || part.program().equals("link");
    Set<Path> changed = new LinkedHashSet<>();
    boolean unknown = part.proof() == CommandPart.Proof.NONE;
    for (NamedFile file : part.files()) {
      if (file.use().changes() || links || unknown) {
        changed.addAll(file.paths());
      }
    }
    if (unknown && !isMessage(part)) {
      mentioned.ifPresent(words -> changed.addAll(words.of(part)));
    }
    boolean everything =
        part.program().equals("find")
            && !chooses(part.program(), part.command().argv().stream().map(Argument::text).toList())
            && part.allFiles().stream().anyMatch(file -> file.use().changes());
    if (everything) {
      part.files().forEach(file -> file.paths().forEach(path -> changed.addAll(children(path))));
    }
    return protectedAmong(changed);
  }

  /** What stands in a directory of which everything changes. */
  private static List<Path> children(Path directory) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (children.size() >= MAX_CHILDREN) {
          break;
        }
        children.add(entry);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return children; // no directory, or one that the command can't read either
    }
    return children;
  }

  /** What these commands of git take are files to look at, and messages. */
  private static boolean isMessage(CommandPart part) {
    List<Argument> words = part.command().argv();
    return part.program().equals("git")
        && words.size() > 1
        && (words.get(1).is("add") || words.get(1).is("commit"));
  }

  /** Whether it lies where a variable has moved settings of agents to. */
  private boolean isGuarded(Path path, Path real) {
    for (Path directory : guarded) {
      Path followed = Workspace.realPath(directory).orElse(directory);
      if (isConfiguration(path, directory)
          || isConfiguration(path, followed)
          || isConfiguration(real, followed)) {
        return true;
      }
    }
    return false;
  }

  /** All of it but what people ask for, as in the usual place. */
  private static boolean isConfiguration(Path path, Path directory) {
    if (!path.startsWith(directory)) {
      return false;
    }
    int depth = directory.getNameCount();
    return path.getNameCount() == depth
        || !OPEN_BELOW_AGENT.contains(plain(path.getName(depth).toString()));
  }

  private Optional<String> protectedAmong(Set<Path> paths) {
    for (Path path : paths) {
      if (isProtected(path)
          || !guarded.isEmpty() && isGuarded(path, Workspace.realPath(path).orElse(path))) {
        return Optional.of("\"" + path + "\" is a protected file and the command may change it");
      }
      if (isDisk(path)) {
        return Optional.of("\"" + path + "\" is a device and the command may overwrite it");
      }
    }
    return Optional.empty();
  }

  private static boolean isDisk(Path path) {
    return path.startsWith("/dev")
        && path.getNameCount() == 2
        && DISK.matcher(path.getFileName().toString()).matches();
  }

  private static final Pattern DISK =
      Pattern.compile("(sd|hd|vd|xvd|nvme|mmcblk|disk|rdisk|md|dm-|loop|mapper|mem|kmem|port).*");
}
