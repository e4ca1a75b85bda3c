package dev.agent.tools.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ignore rules of one directory, with those of its parents behind them. The last matching line
 * of the nearest file that has one decides, as gitignore(5) has it; {@code .ignore} and {@code
 * .agentignore} stand above {@code .gitignore}. Immutable.
 */
final class IgnoreRules {
  private static final List<String> FILES =
      List.of(".gitignore", ".ignore", ".rgignore", ".agentignore");

  private final @Nullable IgnoreRules parent;
  private final String directory;
  private final Rule[] rules;

  private IgnoreRules(@Nullable IgnoreRules parent, String directory, List<Rule> rules) {
    this.parent = parent;
    this.directory = directory;
    this.rules = rules.toArray(Rule[]::new);
  }

  /** One line. */
  private static final class Rule {
    final GlobPattern pattern;
    final @Nullable String plain;
    final boolean negated;
    final boolean directoriesOnly;
    final boolean nameOnly;

    Rule(String text, boolean negated, boolean directoriesOnly, boolean nameOnly) {
      this.pattern = GlobPattern.literalBraces(text);
      boolean wild =
          text.indexOf('*') >= 0
              || text.indexOf('?') >= 0
              || text.indexOf('[') >= 0
              || text.indexOf('\\') >= 0;
      this.plain = wild ? null : text;
      this.negated = negated;
      this.directoriesOnly = directoriesOnly;
      this.nameOnly = nameOnly;
    }

    boolean matches(String name, String relative) {
      String subject = nameOnly ? name : relative;
      return plain != null ? plain.equals(subject) : pattern.matches(subject);
    }
  }

  /** No rules. */
  static final IgnoreRules NONE = new IgnoreRules(null, "", List.of());

  /**
   * The rules that hold in a directory before its own files are read: those of its parents up to
   * the repository, and the repository's and the user's own excludes.
   */
  static IgnoreRules above(Path directory, List<Path> globalFiles) {
    List<Path> chain = new ArrayList<>();
    Path root = null;
    for (Path at = directory; at != null; at = at.getParent()) {
      chain.addFirst(at);
      if (Files.exists(at.resolve(".git"))) {
        root = at;
        break;
      }
    }
    IgnoreRules rules = NONE;
    if (root == null) {
      return rules;
    }
    List<Rule> global = new ArrayList<>();
    for (Path file : globalFiles) {
      read(file, global);
    }
    read(root.resolve(".git/info/exclude"), global);
    rules = global.isEmpty() ? rules : new IgnoreRules(NONE, root.toString(), global);
    for (Path at : chain) {
      if (!at.equals(directory)) {
        rules = rules.in(at, true, true);
      }
    }
    return rules;
  }

  /** These rules and those of a directory's own files. */
  IgnoreRules in(Path path, boolean inRepository, boolean mayHaveFiles) {
    if (!mayHaveFiles) {
      return this;
    }
    List<Rule> own = new ArrayList<>();
    for (String name : FILES) {
      if (inRepository || !name.equals(".gitignore")) {
        read(path.resolve(name), own);
      }
    }
    return own.isEmpty() ? this : new IgnoreRules(this, path.toString(), own);
  }

  private static void read(Path file, List<Rule> into) {
    try {
      if (Files.isRegularFile(file)) {
        for (String line :
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\r?\n")) {
          parse(line, into);
        }
      }
    } catch (IOException e) {
      // An ignore file that can't be read ignores nothing.
    }
  }

  static void parse(String line, List<Rule> into) {
    String text = withoutTrailingBlanks(line);
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean directoriesOnly = text.endsWith("/");
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    boolean anchored = text.indexOf('/') >= 0;
    if (text.startsWith("/")) {
      text = text.substring(1);
    }
    if (!text.isEmpty()) {
      into.add(new Rule(text, negated, directoriesOnly, !anchored));
    }
  }

  private static String withoutTrailingBlanks(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  /**
   * Whether an entry of the directory is left out.
   *
   * @param name the entry's own name
   * @param path its full path
   */
  boolean ignores(String name, String path, boolean isDirectory) {
    for (IgnoreRules at = this; at != null; at = at.parent) {
      if (at.rules.length == 0) {
        continue;
      }
      String relative = null;
      for (int i = at.rules.length - 1; i >= 0; i--) {
        Rule rule = at.rules[i];
        if (rule.directoriesOnly && !isDirectory) {
          continue;
        }
        if (!rule.nameOnly && relative == null) {
          relative =
              path.substring(
                  at.directory.endsWith("/") ? at.directory.length() : at.directory.length() + 1);
        }
        if (rule.matches(name, relative == null ? "" : relative)) {
          return !rule.negated;
        }
      }
    }
    return false;
  }
}
