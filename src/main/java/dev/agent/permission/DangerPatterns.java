package dev.agent.permission;

import dev.agent.shell.Argument;
import dev.agent.workspace.CommandJudgement;
import dev.agent.workspace.CommandPart;
import dev.agent.workspace.MentionedPaths;
import dev.agent.workspace.NamedFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that can't be meant, in no mode and by no rule: those that could ruin the machine, or
 * remove all that somebody has.
 */
final class DangerPatterns implements Layer {
  static final String NAME = "danger patterns";

  /** What takes names from a pipe. */
  private static final Set<String> FED = Set.of("xargs", "parallel");

  private static final Set<String> MACHINE =
      Set.of("shutdown", "reboot", "halt", "poweroff", "fdisk", "wipefs");

  private final Path home;
  private final List<Path> guarded;
  private final Judgements judgements;

  /**
   * @param guarded directories that must not go with what they lie in
   */
  DangerPatterns(Path home, List<Path> guarded, Judgements judgements) {
    this.home = home;
    this.guarded = List.copyOf(guarded);
    this.judgements = judgements;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Decision decide(PermissionRequest request) {
    if (!request.isCommand()) {
      return Decision.PASS;
    }
    CommandJudgement judgement = judgements.of(request);
    MentionedPaths mentioned = new MentionedPaths(request.cwd(), home);
    for (CommandPart part : judgement.allParts()) {
      if (part.proof() != CommandPart.Proof.READS) {
        Optional<String> ruin = ruin(part, mentioned, request.cwd());
        if (ruin.isPresent()) {
          return ask(ruin.get());
        }
      }
    }
    return pipedRuin(judgement, mentioned, request.cwd())
        .map(DangerPatterns::ask)
        .orElse(Decision.PASS);
  }

  private static Decision ask(String text) {
    return new Decision.Ask(new Reason(NAME, "", "", text), List.of());
  }

  /** Why a command could ruin the machine, or all that somebody has. */
  private Optional<String> ruin(CommandPart part, MentionedPaths mentioned, Path cwd) {
    List<String> words = part.command().argv().stream().map(Argument::text).toList();
    String program = part.program();
    if (program.startsWith("mkfs")
        || MACHINE.contains(program)
        || program.equals("dd") && words.stream().anyMatch(DangerPatterns::isDevice)) {
      return Optional.of("\"" + program + "\" can make the machine or a disk unusable");
    }
    boolean removes = removes(program, words);
    boolean found = words.stream().anyMatch(word -> word.endsWith("/**"));
    for (NamedFile file : part.files()) {
      if (file.use() == NamedFile.Use.REMOVE || removes) {
        for (Path path : file.paths()) {
          if (isCriticalPath(path, cwd)) {
            return Optional.of(critical(words, file.word()));
          }
          boolean whole =
              file.use() == NamedFile.Use.REMOVE && !found && !SafetyFloor.chooses(program, words);
          if (whole && isRepository(path)) {
            return Optional.of("\"" + file.word() + "\" holds a repository, which would be lost");
          }
          if (whole && guarded.stream().anyMatch(it -> it.startsWith(path) && Files.exists(it))) {
            return Optional.of("\"" + file.word() + "\" holds settings of agents");
          }
        }
      }
    }
    if (removes) {
      for (String word : words.subList(1, words.size())) {
        for (Path place : mentioned.places(part.command().directory())) {
          if (isCritical(word, place, cwd)) {
            return Optional.of(critical(words, word));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The same for what a command in front of {@code xargs} names. */
  private Optional<String> pipedRuin(
      CommandJudgement judgement, MentionedPaths mentioned, Path cwd) {
    boolean removes =
        judgement.parts().stream()
            .filter(part -> FED.contains(part.program()))
            .flatMap(part -> part.withInner().stream())
            .anyMatch(
                inner ->
                    removes(
                        inner.program(),
                        inner.command().argv().stream().map(Argument::text).toList()));
    if (!removes) {
      return Optional.empty();
    }
    for (CommandPart part : judgement.parts()) {
      if (part.command().position().inPipeline()) {
        for (Argument word : part.command().argv().subList(1, part.command().argv().size())) {
          for (Path place : mentioned.places(part.command().directory())) {
            if (isCritical(word.text(), place, cwd) && !word.text().equals("*")) {
              return Optional.of(critical(List.of(part.command().text(), "|", "…"), word.text()));
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String critical(List<String> words, String word) {
    return "\""
        + String.join(" ", words)
        + "\" would change or remove all of "
        + word
        + ", which can't be undone";
  }

  private static boolean isRepository(Path path) {
    return Files.isDirectory(path.resolve(".git"));
  }

  private static boolean isDevice(String word) {
    return word.startsWith("of=/dev/") && !word.equals("of=/dev/null");
  }

  private static boolean removes(String program, List<String> words) {
    return switch (program) {
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
      return word.startsWith("/") || isCriticalPath(directory, cwd) || directory.equals(cwd);
    }
    if (plain.startsWith("$") && plain.indexOf('/') < 0 && !plain.equals(word)) {
      return true; // an empty variable turns "$x/" into the root
    }
    for (String name : List.of("~", "$HOME", "${HOME}")) {
      if (plain.equals(name) || plain.startsWith(name + "/")) {
        plain = home + plain.substring(name.length());
      }
    }
    try {
      return isCriticalPath(directory.resolve(plain).normalize(), cwd);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private boolean isCriticalPath(Path path, Path cwd) {
    boolean topLevel = path.getNameCount() <= 1 && !path.equals(Path.of("/tmp"));
    return topLevel || home.startsWith(path) || cwd.startsWith(path) && !cwd.equals(path);
  }
}
