package dev.agent.tools.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ignore rules of one directory, with those of its parents behind them, in ripgrep's order:
 * {@code .rgignore} stands above {@code .ignore}, that one above {@code .gitignore}, that one above
 * the repository's {@code info/exclude} and the user's own excludes. Within a kind the last
 * matching line of the nearest file decides, as gitignore(5) has it. What belongs to git counts
 * inside a repository only, and ends at its top.
 *
 * <p>{@code .agentignore} is apart: it can only hide more, whatever the other files say. Immutable.
 */
final class IgnoreRules {
  /** Places in {@code files}. */
  private static final int AGENT = 0;

  private static final int GIT = 3;
  private static final int EXCLUDE = 4;
  private static final int GLOBAL = 5;

  private static final String[] NAMES = {".agentignore", ".rgignore", ".ignore", ".gitignore"};
  private static final Rule[] NO_RULES = {};

  private final @Nullable IgnoreRules parent;
  private final int below;
  private final Rule[][] files;
  private final boolean isTop;
  private final boolean inRepository;
  private final boolean all;
  // Which kinds have any rules here or above, one bit each, and whether any judge whole paths.
  private final int kinds;
  private final boolean pathsOfFiles;
  private final boolean pathsOfDirectories;

  private IgnoreRules(
      @Nullable IgnoreRules parent,
      String directory,
      Rule @Nullable [][] files,
      boolean isTop,
      boolean all) {
    this.parent = parent;
    int length = bytes(directory).length();
    this.below = directory.endsWith("/") ? length : length + 1;
    this.files = new Rule[GLOBAL + 1][];
    int some = parent == null ? 0 : parent.kinds;
    boolean ofFiles = parent != null && parent.pathsOfFiles;
    boolean ofDirectories = parent != null && parent.pathsOfDirectories;
    for (int kind = 0; kind <= GLOBAL; kind++) {
      Rule @Nullable [] own = files == null ? null : files[kind];
      this.files[kind] = own == null ? NO_RULES : own;
      for (Rule rule : this.files[kind]) {
        some |= 1 << kind;
        ofDirectories |= !rule.nameOnly();
        ofFiles |= !rule.nameOnly() && !rule.directoriesOnly();
      }
    }
    this.kinds = some;
    this.pathsOfFiles = ofFiles;
    this.pathsOfDirectories = ofDirectories;
    this.isTop = isTop;
    this.inRepository = isTop || parent != null && parent.inRepository;
    this.all = all;
  }

  /** One line. */
  private record Rule(
      GlobPattern pattern, boolean negated, boolean directoriesOnly, boolean nameOnly) {
    boolean matches(String name, String path, int below) {
      return nameOnly
          ? pattern.matches(name)
          : below <= path.length() && pattern.matches(path, below);
    }
  }

  /**
   * The rules that hold in a directory before its own files are read: those of its parents, and the
   * user's own excludes.
   *
   * @param all false when {@code .agentignore} alone counts
   */
  static IgnoreRules above(Path directory, List<Path> globalFiles, boolean all) {
    List<Rule> global = new ArrayList<>();
    if (all) {
      for (Path file : globalFiles) {
        read(file, global);
      }
    }
    List<Path> chain = new ArrayList<>();
    for (Path at = directory.getParent(); at != null; at = at.getParent()) {
      chain.addFirst(at);
    }
    Rule[][] first = new Rule[GLOBAL + 1][];
    first[GLOBAL] = global.toArray(Rule[]::new);
    // The user's excludes are taken relative to where the search begins; nearly all have no slash.
    IgnoreRules rules = new IgnoreRules(null, directory.toString(), first, false, all);
    for (Path at : chain) {
      rules = rules.in(at, Files.exists(at.resolve(".git")), true);
    }
    return rules;
  }

  /**
   * These rules and those of a directory's own files.
   *
   * @param isTop whether the directory is the top of a repository
   * @param mayHaveFiles false when it is known to hold no ignore files
   */
  IgnoreRules in(Path path, boolean isTop, boolean mayHaveFiles) {
    if (!mayHaveFiles && !isTop) {
      return this;
    }
    Rule[][] own = new Rule[GLOBAL + 1][];
    boolean some = isTop;
    for (int kind = AGENT; mayHaveFiles && kind <= (all ? GIT : AGENT); kind++) {
      own[kind] = rules(path.resolve(NAMES[kind]));
      some |= own[kind].length > 0;
    }
    if (isTop && all) {
      own[EXCLUDE] = rules(path.resolve(".git/info/exclude"));
    }
    return some ? new IgnoreRules(this, path.toString(), own, isTop, all) : this;
  }

  private static Rule[] rules(Path file) {
    List<Rule> rules = new ArrayList<>();
    read(file, rules);
    return rules.isEmpty() ? NO_RULES : rules.toArray(Rule[]::new);
  }

  private static void read(Path file, List<Rule> into) {
    try {
      if (Files.isRegularFile(file)) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String line : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n")) {
          parse(line, into);
        }
      }
    } catch (IOException e) {
      // An ignore file that can't be read ignores nothing.
    }
  }

  private static void parse(String line, List<Rule> into) {
    String text = bytes(withoutTrailingBlanks(line));
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean directoriesOnly = text.endsWith("/");
    if (directoriesOnly) {
      text = text.substring(0, text.length() - 1);
    }
    boolean anchored = text.indexOf('/') >= 0;
    if (text.startsWith("/")) {
      text = text.substring(1);
    }
    if (!text.isEmpty()) {
      into.add(new Rule(GlobPattern.literalBraces(text), negated, directoriesOnly, !anchored));
    }
  }

  /**
   * The text with one character per byte of UTF-8, since git and ripgrep match bytes: {@code ?} is
   * one byte. The very same text when it is ASCII.
   */
  private static String bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }

  private static String withoutTrailingBlanks(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      int slashes = 0;
      while (end - 2 - slashes >= 0 && line.charAt(end - 2 - slashes) == '\\') {
        slashes++;
      }
      if (slashes % 2 == 1) {
        break; // the blank is escaped
      }
      end--;
    }
    return line.substring(0, end);
  }

  /**
   * Whether an entry of the directory is left out. Says nothing about its parents: who walks down
   * asks for each of them.
   *
   * @param directory where the entry is
   * @param entryName the entry's own name
   */
  boolean ignores(Path directory, String entryName, boolean isDirectory) {
    if (kinds == 0) {
      return false;
    }
    String name = bytes(entryName);
    // Most rules judge names, and joining a path for each entry costs more than judging it.
    String path = "";
    if (isDirectory ? pathsOfDirectories : pathsOfFiles) {
      String parent = directory.toString();
      path = bytes(parent.endsWith("/") ? parent + entryName : parent + "/" + entryName);
    }
    if (decide(AGENT, name, path, isDirectory) > 0) {
      return true;
    }
    if (!all) {
      return false;
    }
    for (int kind = AGENT + 1; kind <= GLOBAL; kind++) {
      int decided = kind >= GIT && !inRepository ? 0 : decide(kind, name, path, isDirectory);
      if (decided != 0) {
        return decided > 0;
      }
    }
    return false;
  }

  /** 1 = left out, −1 = wanted, 0 = no rule of this kind says anything. */
  private int decide(int kind, String name, String path, boolean isDirectory) {
    if ((kinds & 1 << kind) == 0) {
      return 0;
    }
    for (IgnoreRules at = this; at != null; at = at.parent) {
      Rule[] rules = at.files[kind];
      for (int i = rules.length - 1; i >= 0; i--) {
        Rule rule = rules[i];
        if ((isDirectory || !rule.directoriesOnly()) && rule.matches(name, path, at.below)) {
          return rule.negated() ? -1 : 1;
        }
      }
      if (at.isTop && (kind == GIT || kind == EXCLUDE)) {
        return 0; // a repository within a repository knows its own rules only
      }
    }
    return 0;
  }

  /** Whether {@code .agentignore} files hide a path, by itself or by one of its parents. */
  static boolean hiddenFromAgent(Path file, Path root) {
    IgnoreRules rules = above(root, List.of(), false).in(root, false, true);
    Path at = root;
    for (Path segment : root.relativize(file)) {
      Path directory = at;
      at = at.resolve(segment);
      boolean isDirectory = !at.equals(file);
      if (rules.ignores(directory, segment.toString(), isDirectory)) {
        return true;
      }
      rules = isDirectory ? rules.in(at, false, true) : rules;
    }
    return false;
  }
}
