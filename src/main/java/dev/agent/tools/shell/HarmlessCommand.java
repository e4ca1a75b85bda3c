package dev.agent.tools.shell;

import dev.agent.tool.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises single plain commands that only read: words of harmless characters, a command of the
 * table, options of its list. Anything else is not recognised, which means that it asks.
 * Deliberately small: a real shell grammar judges the rest.
 */
final class HarmlessCommand {
  private static final String WORD_CHARACTERS = "._/@=+-:,";

  /** Options that each command may have; {@code #} stands for a number as in {@code -20}. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry(
              "ls",
              Set.of("-l", "-a", "-la", "-al", "-lh", "-lah", "-R", "-1", "-t", "-lt", "-d", "-A")),
          Map.entry("pwd", Set.of("-P", "-L")),
          Map.entry("cat", Set.of("-n", "-b", "-A")),
          Map.entry("head", Set.of("-n", "-c", "#")),
          Map.entry("tail", Set.of("-n", "-c", "#")),
          Map.entry("wc", Set.of("-l", "-w", "-c", "-m")),
          Map.entry("file", Set.of("-b")),
          Map.entry("stat", Set.of()),
          Map.entry("du", Set.of("-s", "-h", "-sh", "-a", "-d")),
          Map.entry("df", Set.of("-h")),
          Map.entry("whoami", Set.of()),
          Map.entry("uname", Set.of("-a", "-r", "-s", "-m")),
          Map.entry("which", Set.of("-a")),
          Map.entry("echo", Set.of("-n")));

  private static final Map<String, Set<String>> GIT_OPTIONS =
      Map.of(
          "status", Set.of("-s", "--short", "-b", "--branch", "--porcelain", "-sb", "-uno"),
          "log",
              Set.of(
                  "--oneline",
                  "--stat",
                  "-n",
                  "#",
                  "--graph",
                  "--all",
                  "--decorate",
                  "-p",
                  "--no-decorate"),
          "diff", Set.of("--stat", "--cached", "--staged", "--name-only", "--name-status"),
          "show", Set.of("--stat", "--name-only", "--oneline"),
          "branch", Set.of("-a", "-v", "-vv", "--show-current", "--list"),
          "rev-parse", Set.of("HEAD", "--show-toplevel", "--abbrev-ref", "--short"));

  private HarmlessCommand() {}

  /** What the command reads; empty when it is not known to be harmless. */
  static Optional<Effect> effect(String command, Path cwd) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      if (!word.isEmpty()) {
        if (!isPlain(word)) {
          return Optional.empty();
        }
        words.add(word);
      }
    }
    if (words.isEmpty()) {
      return Optional.empty();
    }
    if (words.getFirst().equals("git")) {
      return git(words, cwd);
    }
    Set<String> options = OPTIONS.get(words.getFirst());
    return options == null
        ? Optional.empty()
        : operands(words.subList(1, words.size()), options, cwd, words.getFirst().equals("echo"));
  }

  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && WORD_CHARACTERS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Effect> git(List<String> words, Path cwd) {
    Set<String> options = words.size() < 2 ? null : GIT_OPTIONS.get(words.get(1));
    if (options == null) {
      return Optional.empty();
    }
    for (String word : words.subList(2, words.size())) {
      // A bare word after "branch" would make one; elsewhere it is a revision or a path of the
      // repository.
      boolean option = word.startsWith("-");
      if (option
          ? !isAllowed(word, options)
          : words.get(1).equals("branch") || word.startsWith("/") || word.contains("..")) {
        return Optional.empty();
      }
    }
    return Optional.of(Effect.reads(cwd));
  }

  private static Optional<Effect> operands(
      List<String> words, Set<String> options, Path cwd, boolean justWords) {
    Set<Path> paths = new HashSet<>();
    for (String word : words) {
      if (word.startsWith("-") && word.length() > 1) {
        if (!isAllowed(word, options)) {
          return Optional.empty();
        }
      } else if (!justWords) {
        paths.add(cwd.resolve(word).normalize());
      }
    }
    paths.add(cwd);
    return Optional.of(new Effect(Effect.Kind.READS, paths, Set.of()));
  }

  private static boolean isAllowed(String word, Set<String> options) {
    if (options.contains(word)) {
      return true;
    }
    return options.contains("#")
        && word.length() > 1
        && word.length() < 8
        && word.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
  }
}
