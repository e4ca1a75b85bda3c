package dev.agent.workspace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.agent.git.GitIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whose configuration git would obey, and whether it makes git start programs when it only reads.
 * Thread-safe; files are read again when they have changed.
 */
final class Repositories {
  private static final long MAX_CONFIG_BYTES = 200_000;

  /** Sections of which nothing is used by commands that only read, or nothing starts a program. */
  private static final Set<String> INERT_SECTIONS =
      Set.of(
          "user",
          "author",
          "committer",
          "branch",
          "init",
          "color",
          "submodule",
          "pull",
          "push",
          "merge",
          "rebase",
          "fetch",
          "status",
          "advice",
          "blame",
          "column",
          "gc",
          "commit",
          "tag",
          "help",
          "rerere",
          "alias",
          "lfs",
          "remote",
          "pack",
          "index",
          "feature",
          "maintenance",
          "stash",
          "checkout",
          "versionsort",
          "grep",
          "apply",
          "am",
          "receive",
          "transfer",
          "http",
          "credential",
          "url",
          "notes",
          "gui",
          "pager",
          "svn-remote",
          "github",
          "hub",
          "worktree");

  private static final Set<String> INERT_CORE =
      Set.of(
          "repositoryformatversion",
          "filemode",
          "bare",
          "logallrefupdates",
          "ignorecase",
          "precomposeunicode",
          "symlinks",
          "autocrlf",
          "eol",
          "safecrlf",
          "quotepath",
          "untrackedcache",
          "sparsecheckout",
          "sparsecheckoutcone",
          "longpaths",
          "commitgraph",
          "pager",
          "editor",
          "abbrev",
          "sharedrepository",
          "compression",
          "checkstat",
          "trustctime",
          "excludesfile",
          "protecthfs",
          "protectntfs",
          "preloadindex",
          "multipackindex",
          "hidedotfiles",
          "whitespace",
          "commentchar",
          "attributesfile",
          "fscache",
          "warnambiguousrefs");

  private static final Set<String> INERT_DIFF =
      Set.of(
          "renames",
          "algorithm",
          "colormoved",
          "colormovedws",
          "mnemonicprefix",
          "noprefix",
          "context",
          "tool",
          "guitool",
          "indentheuristic",
          "renamelimit",
          "submodule",
          "wserrorhighlight",
          "statgraphwidth",
          "wordregex",
          "ignoresubmodules",
          "interhunkcontext",
          "suppressblankempty",
          "autorefreshindex",
          "relative",
          "dirstat");

  private record Judged(FileTime changed, long size, boolean inert) {}

  /** A configuration and the work tree that it may name. */
  private record Configuration(Path file, Optional<Path> place) {}

  /** How deep repositories in repositories are followed. */
  private static final int MAX_DEPTH = 5;

  private static final int MAX_NESTED = 200;

  private record Index(FileTime changed, long size, Optional<List<String>> links) {}

  private final Cache<Configuration, Judged> files = Caffeine.newBuilder().maximumSize(256).build();
  private final Cache<Path, Index> indexes = Caffeine.newBuilder().maximumSize(16).build();

  /**
   * A repository.
   *
   * @param root the directory that holds its {@code .git}, or itself when it is bare
   * @param git where its files are
   */
  private record Repository(Path root, Path git) {}

  /**
   * Whether git in this directory works on the repository of one of the roots, or on none at all.
   */
  boolean isOwn(Path directory, List<Path> roots) {
    Optional<Repository> found = at(directory);
    if (found.isEmpty()) {
      return true;
    }
    for (Path root : roots) {
      if (at(root).equals(found)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether commands of git that only read start no program in this directory. They go into the
   * repositories that the index names, so these have to be inert as well.
   */
  boolean isInert(Path directory) {
    Optional<Repository> found = at(directory);
    return found.isEmpty() || isInert(found.get(), 0);
  }

  private boolean isInert(Repository repository, int depth) {
    Path git = repository.git();
    Path common = common(git);
    // Of a submodule git writes down where it is checked out.
    Optional<Path> place = depth == 0 ? Optional.empty() : Optional.of(repository.root());
    if (!isInertFile(common.resolve("config"), place)
        || !isInertFile(git.resolve("config.worktree"), place)
        || Files.exists(common.resolve("hooks").resolve("post-index-change"))) {
      return false;
    }
    Optional<List<String>> links = links(git);
    if (links.isEmpty() || links.get().size() > MAX_NESTED) {
      return false;
    }
    for (String link : links.get()) {
      Path nested = repository.root().resolve(link);
      if (Files.exists(nested.resolve(".git"))) {
        Optional<Repository> inner = at(nested);
        if (inner.isEmpty() || depth == MAX_DEPTH || !isInert(inner.get(), depth + 1)) {
          return false;
        }
      }
    }
    return true;
  }

  private Optional<List<String>> links(Path git) {
    Path index = git.resolve("index");
    try {
      if (!Files.exists(index)) {
        return Optional.of(List.of());
      }
      FileTime changed = Files.getLastModifiedTime(index);
      long size = Files.size(index);
      Index known = indexes.getIfPresent(index);
      if (known == null || !known.changed().equals(changed) || known.size() != size) {
        known = new Index(changed, size, nested(git));
        indexes.put(index, known);
      }
      return known.links();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Empty when the index can't be understood, and so may hold any. */
  private static Optional<List<String>> nested(Path git) {
    List<String> links = new ArrayList<>();
    boolean understood =
        GitIndex.read(
            git,
            entry -> {
              if (entry.isRepository()) {
                links.add(entry.path());
              }
              return true;
            });
    return understood ? Optional.of(List.copyOf(links)) : Optional.empty();
  }

  private static Optional<Repository> at(Path directory) {
    Path start = ShellPaths.physical(directory).orElse(directory);
    for (Path at = start; at != null; at = at.getParent()) {
      Path git = at.resolve(".git");
      if (Files.isDirectory(git)) {
        return Optional.of(new Repository(at, git));
      }
      if (Files.exists(git)) {
        return Optional.of(new Repository(at, linked(git)));
      }
      // A directory that looks like one is taken for a bare repository.
      if (Files.isRegularFile(at.resolve("HEAD"))
          && Files.isDirectory(at.resolve("objects"))
          && Files.isDirectory(at.resolve("refs"))) {
        return Optional.of(new Repository(at, at));
      }
    }
    return Optional.empty();
  }

  /** Where a file named {@code .git} leads. */
  private static Path linked(Path file) {
    return firstLine(file, "gitdir:").map(file::resolveSibling).orElse(file).normalize();
  }

  private static Path common(Path git) {
    return firstLine(git.resolve("commondir"), "").map(git::resolve).orElse(git).normalize();
  }

  private static Optional<Path> firstLine(Path file, String prefix) {
    try {
      String text = Files.size(file) > 10_000 ? "" : Files.readString(file);
      String line = text.lines().findFirst().orElse("");
      return line.startsWith(prefix) && line.length() > prefix.length()
          ? Optional.of(Path.of(line.substring(prefix.length()).strip()))
          : Optional.empty();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
  }

  private boolean isInertFile(Path file, Optional<Path> place) {
    try {
      if (!Files.exists(file)) {
        return true;
      }
      FileTime changed = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      Configuration configuration = new Configuration(file, place);
      Judged known = files.getIfPresent(configuration);
      if (known == null || !known.changed().equals(changed) || known.size() != size) {
        known =
            new Judged(
                changed,
                size,
                size <= MAX_CONFIG_BYTES
                    && isInertText(Files.readString(file), value -> leads(value, file, place)));
        files.put(configuration, known);
      }
      return known.inert();
    } catch (IOException e) {
      return false; // what can't be read may say anything
    }
  }

  private static boolean leads(String value, Path file, Optional<Path> place) {
    try {
      return place.isPresent() && file.resolveSibling(value).normalize().equals(place.get());
    } catch (java.nio.file.InvalidPathException e) {
      return false;
    }
  }

  /**
   * Judges the text of a configuration file: whatever is not known counts as a program.
   *
   * @param worktree whether a work tree is the one where the repository is found
   */
  private static boolean isInertText(String text, Predicate<String> worktree) {
    String section = "";
    for (String raw : text.split("\n", -1)) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.endsWith("\\")) {
        return false; // goes on in the next line: rare enough to ask
      }
      if (line.startsWith("[")) {
        int close = closing(line);
        if (close < 0) {
          return false;
        }
        section = line.substring(1, close).strip().toLowerCase(Locale.ROOT);
        line = line.substring(close + 1).strip();
        if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
          continue;
        }
      }
      int equals = line.indexOf('=');
      String key = (equals < 0 ? line : line.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "true" : line.substring(equals + 1).strip();
      boolean own = section.equals("core") && key.equals("worktree") && worktree.test(value);
      if (!own && !isInert(section, key, value)) {
        return false;
      }
    }
    return true;
  }

  /** The index of the bracket that ends a section's name; brackets in quotes don't. */
  private static int closing(String line) {
    boolean quoted = false;
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isInert(String section, String key, String value) {
    int end = 0;
    while (end < section.length() && " \t\".".indexOf(section.charAt(end)) < 0) {
      end++;
    }
    String name = section.substring(0, end);
    boolean plain = end == section.length();
    return switch (name) {
      case "core" -> {
        boolean off = value.equalsIgnoreCase("false") || value.equals("0") || value.isEmpty();
        yield plain && (INERT_CORE.contains(key) || key.equals("fsmonitor") && off);
      }
      case "diff" -> plain && INERT_DIFF.contains(key);
      case "log", "format", "show" -> !key.equals("showsignature") && !key.equals("pretty");
      case "extensions" ->
          key.equals("worktreeconfig") || key.equals("objectformat") || key.equals("refstorage");
      case "remote" ->
          !key.equals("promisor") && !key.equals("partialclonefilter") && !key.equals("vcs");
      default -> INERT_SECTIONS.contains(name);
    };
  }
}
