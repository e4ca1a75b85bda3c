package dev.agent.workspace;

import dev.agent.shell.Argument;
import dev.agent.shell.Directory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From words of one command line to the paths that they mean. A word has two readings that can
 * differ where links and {@code ..} meet: by its text alone, and as the system follows it. Both
 * count. For one line and one thread: what was looked up is remembered.
 */
final class ShellPaths {
  private static final int MAX_LINKS = 40;
  private static final int MAX_FOUND = 2_000;
  private static final int MAX_WALKED = 5_000;
  private static final Set<String> NO_FILES =
      Set.of("/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr");

  private final Path cwd;
  private final Path home;
  private final boolean wide;
  private final Map<Directory, Set<Path>> directories = new HashMap<>();
  private final Map<Word, Found> found = new HashMap<>();
  private int left = MAX_FOUND;

  private record Word(Argument word, Directory directory, LinkFilter links) {}

  /**
   * @param paths all that the word may mean
   * @param isComplete whether there are no others
   */
  record Found(Set<Path> paths, boolean isComplete) {
    static final Found NOTHING = new Found(Set.of(), true);
    static final Found UNKNOWN = new Found(Set.of(), false);
  }

  /**
   * @param wide whether patterns may match more than bash lets them by default
   */
  ShellPaths(Path cwd, Path home, boolean wide) {
    this.cwd = cwd;
    this.home = home;
    this.wide = wide;
  }

  /** The places that a directory may be; empty when nobody knows. */
  Set<Path> places(Directory directory) {
    if (!directory.isKnown()) {
      return Set.of();
    }
    if (directory.isStart()) {
      return Set.of(cwd);
    }
    return directories.computeIfAbsent(directory, this::walk);
  }

  private Set<Path> walk(Directory directory) {
    Set<Path> places = new LinkedHashSet<>();
    for (List<Argument> way : directory.possible()) {
      Set<Path> at = Set.of(cwd);
      for (Argument step : way) {
        Set<Path> next = new LinkedHashSet<>();
        for (Path from : at) {
          for (Path raw : raw(step.text(), from)) {
            next.add(raw.normalize());
            physical(raw).ifPresent(next::add);
          }
        }
        at = next;
      }
      places.addAll(at);
    }
    return places;
  }

  /** The paths of a word in a directory. */
  Found find(Argument word, Directory directory) {
    return find(word, directory, LinkFilter.ALL);
  }

  /**
   * The paths of a word in a directory.
   *
   * @param links which links count where the word stands for all that is below a directory
   */
  Found find(Argument word, Directory directory, LinkFilter links) {
    if (word.isUnknown()) {
      return Found.UNKNOWN;
    }
    String text = word.text();
    if (text.isEmpty() || text.equals("-") || NO_FILES.contains(text)) {
      return Found.NOTHING;
    }
    Word key = new Word(word, directory, links);
    Found known = found.get(key);
    if (known == null) {
      known = look(word, directory, links);
      found.put(key, known);
    }
    return known;
  }

  private Found look(Argument word, Directory directory, LinkFilter links) {
    String text = word.text();
    Set<Path> from = places(directory);
    if (from.isEmpty() && !text.startsWith("/")) {
      return Found.UNKNOWN;
    }
    if (from.isEmpty()) {
      from = Set.of(cwd);
    }
    boolean complete = !(text.startsWith("~") && !text.equals("~") && !text.startsWith("~/"));
    Set<Path> paths = new LinkedHashSet<>();
    boolean below = word.isPattern() && text.endsWith("/**");
    String start = below ? text.substring(0, text.length() - 3) : text;
    for (Path place : from) {
      for (Path raw : raw(below && start.isEmpty() ? "/" : start, place)) {
        if (below) {
          complete &= add(raw, paths) && (links.plainFiles() || linksBelow(raw, links, paths));
        } else if (word.isPattern()) {
          complete &= expand(raw, paths);
        } else {
          complete &= add(raw, paths);
        }
      }
    }
    return new Found(paths, complete && !paths.isEmpty());
  }

  /** Both readings of a path; false when links run in circles. */
  private static boolean add(Path raw, Set<Path> into) {
    into.add(raw.normalize());
    Optional<Path> real = physical(raw);
    real.ifPresent(into::add);
    return real.isPresent();
  }

  /** A word as a path, {@code ..} still inside; none for what can't be one. */
  private List<Path> raw(String text, Path from) {
    try {
      if (text.equals("~") || text.startsWith("~/")) {
        Path below = text.length() < 2 ? home : home.resolve(text.substring(2));
        return List.of(below, from.resolve(text));
      }
      return List.of(from.resolve(text));
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  /**
   * The path as the system follows it: {@code ..} behind a link leads to the parent of its target.
   * What does not exist counts as it is named; empty when links run in circles or can't be read.
   */
  static Optional<Path> physical(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return followed(path);
    }
  }

  private static Optional<Path> followed(Path path) {
    List<Path> rest = new ArrayList<>();
    path.forEach(rest::add);
    Path at = Path.of("/");
    int links = 0;
    int i = 0;
    while (i < rest.size()) {
      String name = rest.get(i++).toString();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        Path parent = at.getParent();
        at = parent == null ? at : parent;
        continue;
      }
      Path next = at.resolve(name);
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      if (++links > MAX_LINKS) {
        return Optional.empty();
      }
      try {
        Path target = Files.readSymbolicLink(next);
        List<Path> more = new ArrayList<>();
        target.forEach(more::add);
        more.addAll(rest.subList(i, rest.size()));
        at = target.isAbsolute() ? Path.of("/") : at;
        rest = more;
        i = 0;
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  /** What a pattern finds; the pattern itself when nothing fits. */
  private boolean expand(Path pattern, Set<Path> into) {
    List<Path> at = List.of(Path.of("/"));
    boolean complete = true;
    for (Path element : pattern) {
      String segment = element.toString();
      List<Path> next = new ArrayList<>();
      boolean open = isOpen(segment, wide);
      for (Path from : at) {
        if (!open) {
          next.add(from.resolve(unescaped(segment)));
        } else if (Files.isDirectory(from)) {
          complete &= list(from, segment, next);
        }
      }
      at = next;
    }
    for (Path path : at) {
      complete &= !Files.exists(path, LinkOption.NOFOLLOW_LINKS) || add(path, into);
    }
    try {
      complete &= add(Path.of(unescaped(pattern.toString())), into);
    } catch (InvalidPathException e) {
      return false;
    }
    return complete;
  }

  private boolean list(Path directory, String segment, List<Path> into) {
    boolean hidden = wide || segment.startsWith(".") || segment.startsWith("\\.");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if ((hidden || !name.startsWith(".")) && ShellPattern.mayMatch(segment, name, wide)) {
          if (left-- <= 0) {
            return false;
          }
          into.add(entry);
        }
      }
      if (segment.startsWith(".")) {
        for (String name : List.of(".", "..")) {
          if (ShellPattern.mayMatch(segment, name, wide)) {
            into.add(directory.resolve(name));
          }
        }
      }
      return true;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  static boolean isOpen(String segment, boolean wide) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[' || wide && c == '(') {
        return true;
      }
    }
    return false;
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
    }
    return out.toString();
  }

  /** Where links below a directory lead; false when there is too much to look at. */
  private static boolean linksBelow(Path raw, LinkFilter links, Set<Path> into) {
    int[] seen = {0};
    boolean[] complete = {true};
    Path start = physical(raw).orElse(raw);
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              return step();
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isSymbolicLink()
                  && links.counts(String.valueOf(file.getFileName()))
                  && Files.exists(file)) {
                complete[0] &= add(file, into);
              }
              return step();
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return step();
            }

            private FileVisitResult step() {
              if (++seen[0] > MAX_WALKED) {
                complete[0] = false;
                return FileVisitResult.TERMINATE;
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return false;
    }
    return complete[0];
  }
}
