package dev.agent.tools.shell;

import dev.agent.shell.Analysis;
import dev.agent.shell.Argument;
import dev.agent.shell.Invocation;
import dev.agent.shell.Redirection;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * What a command may destroy that nobody has a second copy of, as far as its words tell. Rather too
 * much than too little: it only costs copies.
 *
 * @param named existing files and directories that it names
 * @param worktrees directories whose uncommitted changes it may throw away
 * @param ignored whether ignored files go as well
 * @param stashes directories in whose repository it drops stashed work
 */
record Losses(Set<Path> named, Set<Path> worktrees, boolean ignored, Set<Path> stashes) {
  private static final int MAX_DIRECTORIES = 8;
  private static final int MAX_MATCHES = 2000;

  /** Programs that change or remove what they name. */
  private static final Set<String> DESTROYERS =
      Set.of(
          "rm",
          "unlink",
          "shred",
          "truncate",
          "mv",
          "cp",
          "install",
          "dd",
          "tee",
          "ln",
          "rsync",
          "patch",
          "sponge",
          "trash");

  /** Programs that do so only with {@code -i}. */
  private static final Set<String> EDITORS = Set.of("sed", "perl", "ruby", "awk", "gawk");

  /** Programs that get names from the command before them. */
  private static final Set<String> FED = Set.of("xargs", "parallel");

  private static final Set<String> GIT_VERBS =
      Set.of(
          "checkout",
          "restore",
          "reset",
          "clean",
          "switch",
          "rm",
          "read-tree",
          "checkout-index",
          "stash",
          "rebase",
          "merge",
          "am",
          "cherry-pick",
          "revert",
          "worktree",
          "filter-branch");

  /** Of these git itself refuses when something would be lost, except with such a word. */
  private static final Set<String> CAREFUL_VERBS =
      Set.of("switch", "rebase", "merge", "am", "cherry-pick", "revert", "worktree");

  private static final Set<String> CARELESS_WORDS =
      Set.of("-f", "--force", "--discard-changes", "--abort", "--quit", "--skip", "-C");

  static final Losses NONE = new Losses(Set.of(), Set.of(), false, Set.of());

  boolean isNothing() {
    return named.isEmpty() && worktrees.isEmpty() && stashes.isEmpty();
  }

  /** What the command may destroy when it runs in {@code cwd}. */
  static Losses of(String command, Path cwd) {
    Analysis analysis = Analysis.of(command);
    List<List<String>> readings = new ArrayList<>();
    boolean exact = analysis.isProvable();
    for (Invocation part : analysis.allCommands()) {
      readings.add(part.argv().stream().map(Losses::plain).toList());
      exact &= part.argv().stream().noneMatch(Argument::isUnknown);
    }
    Set<Path> places = new LinkedHashSet<>(List.of(cwd));
    for (List<String> words : readings) {
      moves(words, places);
    }
    Set<Path> named = new LinkedHashSet<>();
    Set<Path> worktrees = new LinkedHashSet<>();
    Set<Path> stashes = new LinkedHashSet<>();
    boolean ignored = false;
    boolean destroys = false;
    for (List<String> words : readings) {
      if (words.isEmpty()) {
        continue;
      }
      String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
      List<String> rest = words.subList(1, words.size());
      if (program.equals("git")) {
        String verb = verb(rest);
        if (throwsAway(verb, rest)) {
          worktrees.addAll(places);
          ignored |= verb.equals("clean") && rest.stream().anyMatch(Losses::takesIgnored);
          destroys = true;
        }
        if (verb.equals("stash") && (rest.contains("drop") || rest.contains("clear"))) {
          stashes.addAll(places);
        }
      } else if (DESTROYERS.contains(program)
          || EDITORS.contains(program) && rest.stream().anyMatch(Losses::isInPlace)
          || program.equals("find") && deletes(rest)) {
        destroys = true;
        for (Path place : places) {
          operands(rest, place, named);
        }
        if (program.equals("find") && named.isEmpty()) {
          named.addAll(places);
        }
      }
    }
    for (Redirection redirection : analysis.redirections()) {
      if (redirection.writes()) {
        places.forEach(place -> operand(plain(redirection.target()), place, named));
      }
    }
    boolean fed =
        readings.stream().anyMatch(words -> !words.isEmpty() && FED.contains(words.getFirst()));
    if (destroys && (fed || !exact)) {
      worktrees.addAll(places); // a word may stand for anything
    }
    if (destroys && fed) {
      for (List<String> words : readings) {
        places.forEach(place -> operands(words, place, named));
      }
      // Only files: a directory is most likely where names were looked for.
      named.removeIf(Files::isDirectory);
    }
    return new Losses(named, worktrees, ignored, stashes);
  }

  /** The text of a word; what makes characters of a pattern ordinary is left out. */
  private static String plain(Argument word) {
    return word.isPattern() ? word.text().replace("\\", "") : word.text();
  }

  /** The directories in which commands may run. */
  private static void moves(List<String> words, Set<Path> places) {
    boolean moves =
        !words.isEmpty() && Set.of("cd", "pushd", "git", "make").contains(words.getFirst());
    for (String word : moves ? words.subList(1, words.size()) : List.<String>of()) {
      for (Path from : List.copyOf(places)) {
        Path to = resolve(word, from);
        if (to != null && places.size() < MAX_DIRECTORIES && Files.isDirectory(to)) {
          places.add(to);
        }
      }
    }
  }

  private static String verb(List<String> words) {
    boolean value = false;
    for (String word : words) {
      if (value) {
        value = false;
      } else if (word.equals("-C") || word.equals("-c") || word.equals("--git-dir")) {
        value = true;
      } else if (!word.startsWith("-")) {
        return word;
      }
    }
    return "";
  }

  private static boolean throwsAway(String verb, List<String> words) {
    return GIT_VERBS.contains(verb)
        && !(verb.equals("stash") && (words.contains("list") || words.contains("show")))
        && (!CAREFUL_VERBS.contains(verb) || words.stream().anyMatch(CARELESS_WORDS::contains));
  }

  private static boolean takesIgnored(String word) {
    return word.startsWith("-")
        && !word.startsWith("--")
        && (word.indexOf('x') > 0 || word.indexOf('X') > 0);
  }

  private static boolean isInPlace(String word) {
    return word.startsWith("--in-place")
        || word.startsWith("-") && !word.startsWith("--") && word.indexOf('i') > 0;
  }

  private static boolean deletes(List<String> words) {
    return words.contains("-delete")
        || words.stream().anyMatch(word -> word.startsWith("-exec") || word.startsWith("-ok"));
  }

  private static void operands(List<String> words, Path place, Set<Path> into) {
    List<Path> paths = new ArrayList<>();
    for (String word : words) {
      if (!word.startsWith("-")) {
        int equals = word.indexOf('=');
        operand(equals > 0 ? word.substring(equals + 1) : word, place, into);
        Path path = resolve(word, place);
        if (path != null) {
          paths.add(path);
        }
      }
    }
    // Into a directory: what already has the name of a source there.
    if (paths.size() > 1 && Files.isDirectory(paths.getLast())) {
      for (Path source : paths.subList(0, paths.size() - 1)) {
        Path there = paths.getLast().resolve(String.valueOf(source.getFileName()));
        if (Files.exists(there)) {
          into.add(there);
        }
      }
      into.remove(paths.getLast());
    }
  }

  private static void operand(String word, Path place, Set<Path> into) {
    Path path = resolve(word, place);
    if (path == null) {
      return;
    }
    if (word.indexOf('*') >= 0 || word.indexOf('?') >= 0 || word.indexOf('[') >= 0) {
      matches(path, into);
    } else if (Files.exists(path)) {
      into.add(path);
    }
  }

  /** A pattern in the last name; one further up is the whole directory below it. */
  private static void matches(Path pattern, Set<Path> into) {
    Path parent = pattern.getParent();
    Path name = pattern.getFileName();
    if (parent == null || name == null) {
      return;
    }
    if (!Files.isDirectory(parent)) {
      Path above = parent;
      while (above != null && !Files.isDirectory(above)) {
        above = above.getParent();
      }
      if (above != null) {
        into.add(above);
      }
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, name.toString())) {
      for (Path path : found) {
        if (into.size() < MAX_MATCHES) {
          into.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException | PatternSyntaxException e) {
      into.add(parent);
    }
  }

  private static @org.jspecify.annotations.Nullable Path resolve(String word, Path place) {
    try {
      return word.isEmpty() ? null : place.resolve(word).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
