package dev.agent.workspace;

import dev.agent.shell.Argument;
import dev.agent.shell.Directory;
import dev.agent.shell.Redirection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every path that the words of a command may name in any way: behind {@code =}, {@code @}, {@code
 * :} and short options, inside braces and quotes. Rather too many than too few: only for rules and
 * checks that object. For one line and one thread.
 */
public final class MentionedPaths {
  /** More words than anybody writes; a line as long as that is asked about anyway. */
  private static final int MAX_PIECES = 4_000;

  private final Path cwd;
  private final Path home;
  private final ShellPaths paths;
  private final Set<String> seen = new HashSet<>();
  private final Set<Path> found = new LinkedHashSet<>();

  /**
   * @param cwd where the line starts
   */
  public MentionedPaths(Path cwd, Path home) {
    this.cwd = cwd;
    this.home = home;
    this.paths = new ShellPaths(cwd, home, false);
  }

  /** The paths that these words may name. */
  public Set<Path> of(List<Argument> words, Directory directory) {
    found.clear();
    seen.clear();
    for (Argument word : words) {
      word(word, directory);
    }
    return Set.copyOf(found);
  }

  /** The paths that a command may name, also in the text that it is given to read. */
  public Set<Path> of(CommandPart part) {
    List<Argument> words = new ArrayList<>(part.command().argv());
    for (Redirection redirection : part.command().redirections()) {
      if (redirection.kind() == Redirection.Kind.TEXT) {
        words.add(redirection.target());
      }
    }
    return of(words, part.command().directory());
  }

  /** The places where a command may run; where nobody knows, the likely ones. */
  public Set<Path> places(Directory directory) {
    Set<Path> places = paths.places(directory);
    return places.isEmpty() ? Set.of(cwd, home) : places;
  }

  private void word(Argument word, Directory directory) {
    for (String piece : pieces(word.text())) {
      if (piece.isEmpty() || seen.size() > MAX_PIECES || !seen.add(piece)) {
        continue;
      }
      for (Path place : places(directory)) {
        String text = expanded(piece, place);
        add(place, text);
      }
      if (ShellPaths.isOpen(piece, false) && !word.isExact()) {
        found.addAll(paths.find(Argument.pattern(piece), directory).paths());
      }
    }
  }

  private void add(Path place, String text) {
    try {
      Path raw = place.resolve(text);
      found.add(raw.normalize());
      ShellPaths.physical(raw).ifPresent(found::add);
    } catch (InvalidPathException e) {
      return; // no path at all
    }
  }

  private String expanded(String text, Path place) {
    for (String name : List.of("~", "$HOME", "${HOME}")) {
      if (text.equals(name) || text.startsWith(name + "/")) {
        return home + text.substring(name.length());
      }
    }
    for (String name : List.of("~+", "$PWD", "${PWD}")) {
      if (text.equals(name) || text.startsWith(name + "/")) {
        return place + text.substring(name.length());
      }
    }
    return text;
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
        String rest = word.substring(i + 1);
        pieces.add(rest.startsWith("//") ? rest.substring(1) : rest);
      }
    }
    int open = word.indexOf('{');
    int close = word.lastIndexOf('}');
    if (open >= 0 && close > open && (open == 0 || word.charAt(open - 1) != '$')) {
      for (String middle : word.substring(open + 1, close).split(",", -1)) {
        pieces.add(word.substring(0, open) + middle + word.substring(close + 1));
      }
    }
    return pieces;
  }
}
