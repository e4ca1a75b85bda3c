package dev.agent.tools.search;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Visits the regular files below a directory, several directories at once, as version control sees
 * them: what ignore files exclude, version control's own directories and, unless wanted, hidden
 * names are left out; links are not followed. Directories that can't be read are counted.
 */
final class TreeWalk {
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".svn", ".jj", ".bzr");

  private final boolean hidden;
  private final boolean respectIgnores;
  private final List<Path> globalIgnoreFiles;
  private final BooleanSupplier stop;
  private final Visitor visitor;
  private final AtomicInteger unreadable = new AtomicInteger();

  /** Gets each file, from several threads at once. */
  @FunctionalInterface
  interface Visitor {
    void visit(Path file, BasicFileAttributes attributes);
  }

  /**
   * @param hidden whether names that begin with a dot count
   * @param stop asked often; true ends the walk early
   */
  TreeWalk(
      boolean hidden,
      boolean respectIgnores,
      List<Path> globalIgnoreFiles,
      BooleanSupplier stop,
      Visitor visitor) {
    this.hidden = hidden;
    this.respectIgnores = respectIgnores;
    this.globalIgnoreFiles = globalIgnoreFiles;
    this.stop = stop;
    this.visitor = visitor;
  }

  /** Walks to the end; blocks. */
  void walk(Path root) {
    IgnoreRules rules = IgnoreRules.above(root, globalIgnoreFiles, respectIgnores);
    try (ForkJoinPool pool =
        new ForkJoinPool(Math.max(2, Runtime.getRuntime().availableProcessors()))) {
      pool.invoke(new Visit(root, rules));
    }
  }

  int unreadable() {
    return unreadable.get();
  }

  private final class Visit extends RecursiveAction {
    private static final long serialVersionUID = 1L;
    private final transient Path directory;
    private final transient IgnoreRules above;

    Visit(Path directory, IgnoreRules above) {
      this.directory = directory;
      this.above = above;
    }

    @Override
    protected void compute() {
      if (stop.getAsBoolean()) {
        return;
      }
      List<Path> entries = new ArrayList<>();
      boolean ignoreFiles = false;
      boolean isTop = false;
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        for (Path entry : stream) {
          String name = entry.getFileName().toString();
          if (name.startsWith(".")) {
            ignoreFiles |= name.endsWith("ignore");
            isTop |= name.equals(".git");
            if (!hidden || VERSION_CONTROL.contains(name)) {
              continue;
            }
          }
          entries.add(entry);
        }
      } catch (IOException | DirectoryIteratorException e) {
        unreadable.incrementAndGet();
        return;
      }
      IgnoreRules rules = above.in(directory, isTop, ignoreFiles);
      List<Visit> below = new ArrayList<>();
      for (Path entry : entries) {
        if (stop.getAsBoolean()) {
          return;
        }
        take(entry, rules, below);
      }
      invokeAll(below);
    }

    private void take(Path entry, IgnoreRules rules, List<Visit> below) {
      BasicFileAttributes attributes;
      try {
        attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException e) {
        return; // it vanished meanwhile
      }
      boolean isDirectory = attributes.isDirectory();
      if (!isDirectory && !attributes.isRegularFile()) {
        return;
      }
      if (rules.ignores(entry.getFileName().toString(), entry.toString(), isDirectory)) {
        return;
      }
      if (isDirectory) {
        below.add(new Visit(entry, rules));
      } else {
        visitor.visit(entry, attributes);
      }
    }
  }
}
