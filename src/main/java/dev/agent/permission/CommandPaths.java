package dev.agent.permission;

import dev.agent.shell.CommandLine;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every path that a command line may mean by one of its words, as written and with links followed:
 * after each {@code cd} of the line, behind {@code =}, {@code @}, {@code :} and short options,
 * inside braces, and what patterns find on the disk. Rather too many than too few: only for rules
 * and checks that object.
 */
final class CommandPaths {
  private static final int MAX_DIRECTORIES = 50;
  private static final int MAX_FOUND = 5_000;

  private final Path home;
  private final Set<Path> directories = new LinkedHashSet<>();
  private final Set<Path> paths = new LinkedHashSet<>();
  private final Set<String> seen = new HashSet<>();

  private CommandPaths(Path cwd, Path home) {
    this.home = home;
    directories.add(cwd);
  }

  static Set<Path> of(String command, Path cwd, Path home) {
    CommandPaths collected = new CommandPaths(cwd, home);
    CommandLine line = CommandLine.parse(command);
    List<List<String>> readings = line.readings();
    readings.forEach(collected::changesDirectory);
    for (List<String> words : readings) {
      words.forEach(collected::word);
    }
    for (CommandLine.Command part : line.commands()) {
      part.targets().forEach(collected::word);
    }
    return collected.paths;
  }

  /** The directories in which the commands of a line may run. */
  static Set<Path> directories(String command, Path cwd, Path home) {
    CommandPaths collected = new CommandPaths(cwd, home);
    CommandLine.parse(command).readings().forEach(collected::changesDirectory);
    return collected.directories;
  }

  private void changesDirectory(List<String> words) {
    String program = words.getFirst();
    if (!program.equals("cd") && !program.equals("pushd") && !program.equals("git")) {
      return;
    }
    if (words.size() == 1 && program.equals("cd")) {
      directories.add(home);
    }
    for (String word : words.subList(1, words.size())) {
      for (Path from : List.copyOf(directories)) {
        Path to = resolve(word, from, home);
        if (to != null && directories.size() < MAX_DIRECTORIES && Files.isDirectory(to)) {
          directories.add(to);
        }
      }
    }
  }

  private void word(String word) {
    if (!seen.add(word)) {
      return;
    }
    for (String piece : pieces(word)) {
      if (piece.isEmpty() || !seen.add(piece) && !piece.equals(word)) {
        continue;
      }
      for (Path from : directories) {
        Path path = resolve(piece, from, home);
        if (path != null) {
          add(path);
          if (piece.indexOf('*') >= 0 || piece.indexOf('?') >= 0 || piece.indexOf('[') >= 0) {
            expand(path);
          }
        }
      }
    }
  }

  private void add(Path path) {
    paths.add(path);
    Workspace.realPath(path).ifPresent(paths::add);
  }

  private static List<String> pieces(String word) {
    List<String> pieces = new ArrayList<>();
    pieces.add(word);
    if (word.startsWith("-") && word.length() > 2) {
      pieces.add(word.substring(2));
    }
    int start = 0;
    for (int i = 0; i <= word.length(); i++) {
      if (i == word.length() || "=@:,{} \t\n;&|<>()'\"`".indexOf(word.charAt(i)) >= 0) {
        if (start > 0 || i < word.length()) {
          pieces.add(word.substring(start, i));
        }
        start = i + 1;
      }
      if (i < word.length() && "=@:".indexOf(word.charAt(i)) >= 0) {
        pieces.add(word.substring(i + 1));
      }
    }
    int open = word.indexOf('{');
    int close = word.lastIndexOf('}');
    if (open >= 0 && close > open) {
      for (String middle : word.substring(open + 1, close).split(",", -1)) {
        pieces.add(word.substring(0, open) + middle + word.substring(close + 1));
      }
    }
    return pieces;
  }

  /** The path of a word; null when it can't be one. */
  static @org.jspecify.annotations.Nullable Path resolve(String word, Path cwd, Path home) {
    String text = word;
    for (String name : List.of("~", "$HOME", "${HOME}")) {
      if (text.equals(name) || text.startsWith(name + "/")) {
        text = home + text.substring(name.length());
      }
    }
    for (String name : List.of("~+", "$PWD", "${PWD}")) {
      if (text.equals(name) || text.startsWith(name + "/")) {
        text = cwd + text.substring(name.length());
      }
    }
    if (text.startsWith("file://")) {
      text = text.substring("file://".length());
    }
    try {
      return cwd.resolve(text).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** What a pattern finds on the disk. */
  private void expand(Path pattern) {
    List<Path> found = new ArrayList<>(List.of(Path.of("/")));
    for (Path name : pattern) {
      String segment = name.toString();
      boolean open =
          segment.indexOf('*') >= 0 || segment.indexOf('?') >= 0 || segment.indexOf('[') >= 0;
      List<Path> next = new ArrayList<>();
      for (Path at : found) {
        if (!open) {
          next.add(at.resolve(segment));
        } else if (Files.isDirectory(at)) {
          list(at, segment, next);
        }
      }
      found = next;
      if (found.size() > MAX_FOUND) {
        break;
      }
    }
    found.forEach(this::add);
  }

  private static void list(Path directory, String segment, List<Path> into) {
    if (into.size() > MAX_FOUND) {
      return;
    }
    // A class of characters may stand for anything: any name counts where one is used.
    int bracket = segment.indexOf('[');
    String wide = bracket < 0 ? segment : segment.substring(0, bracket) + "*";
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (into.size() <= MAX_FOUND && Wildcard.matches(wide, name, true)) {
          into.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      into.add(
          directory.resolve(segment)); // not readable for us: the pattern itself is all we know
    }
  }
}
