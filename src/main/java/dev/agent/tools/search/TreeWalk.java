package dev.agent.tools.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Visits the regular files below a directory, several directories at once, as version control sees
 * them: what ignore files exclude, version control's own directories and, unless wanted, hidden
 * names are left out; links are not followed. Directories that can't be read are counted.
 */
final class TreeWalk {
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".svn", ".jj", ".bzr");

  /** In smaller trees the time that linking the system's calls takes is not won back. */
  static final int FEW_DIRECTORIES = 100;

  private static final int MAX_THREADS = 12;

  private final boolean hidden;
  private final boolean respectIgnores;
  private final List<Path> globalIgnoreFiles;
  private final BooleanSupplier stop;
  private final Supplier<Visitor> visitors;
  private final int slowDirectories;
  private final AtomicInteger unreadable = new AtomicInteger();
  private final AtomicInteger directories = new AtomicInteger();

  /** Gets files, each from one thread. */
  @FunctionalInterface
  interface Visitor {
    void visit(WalkedFile file);
  }

  /**
   * @param hidden whether names that begin with a dot count
   * @param stop asked often; true ends the walk early
   * @param visitors makes one for each thread of the walk
   */
  TreeWalk(
      boolean hidden,
      boolean respectIgnores,
      List<Path> globalIgnoreFiles,
      BooleanSupplier stop,
      Supplier<Visitor> visitors) {
    this(hidden, respectIgnores, globalIgnoreFiles, stop, visitors, FEW_DIRECTORIES);
  }

  /**
   * @param slowDirectories how many directories are listed by the JDK before the system's own calls
   *     are used, where there are such
   */
  TreeWalk(
      boolean hidden,
      boolean respectIgnores,
      List<Path> globalIgnoreFiles,
      BooleanSupplier stop,
      Supplier<Visitor> visitors,
      int slowDirectories) {
    this.hidden = hidden;
    this.respectIgnores = respectIgnores;
    this.globalIgnoreFiles = globalIgnoreFiles;
    this.stop = stop;
    this.visitors = visitors;
    this.slowDirectories = slowDirectories;
  }

  /** Walks to the end; blocks. An interrupt ends it early and stays set. */
  void walk(Path root) {
    IgnoreRules rules = IgnoreRules.above(root, globalIgnoreFiles, respectIgnores);
    Frontier<Pending> frontier = new Frontier<>(new Pending(root, "", rules));
    frontier.work(
        Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MAX_THREADS),
        () -> new Walker(frontier)::run);
  }

  int unreadable() {
    return unreadable.get();
  }

  /**
   * A directory still to visit.
   *
   * @param prefix its path from the root, empty or with a slash at the end
   * @param above the rules of the directories above it
   */
  private record Pending(Path directory, String prefix, IgnoreRules above) {}

  /** One thread of the walk. */
  private final class Walker {
    private final Frontier<Pending> frontier;
    private final Visitor visitor = visitors.get();
    private final List<Pending> below = new ArrayList<>();

    Walker(Frontier<Pending> frontier) {
      this.frontier = frontier;
    }

    void run() {
      Listing.Source source = JavaListing.source();
      boolean isSlow = true;
      try {
        for (Pending next = frontier.take(); next != null; next = frontier.take()) {
          if (isSlow && directories.incrementAndGet() > slowDirectories) {
            isSlow = false;
            source = LinuxCalls.get().map(LinuxListing::source).orElse(source);
          }
          enter(next, source);
          frontier.done(below);
          below.clear();
        }
      } finally {
        source.close();
      }
    }

    private void enter(Pending at, Listing.Source source) {
      if (stop.getAsBoolean()) {
        frontier.end();
        return;
      }
      try (Listing listing = source.list(at.directory())) {
        visit(at, listing);
      } catch (IOException e) {
        unreadable.incrementAndGet();
      }
    }

    private void visit(Pending at, Listing listing) {
      int count = listing.count();
      String[] names = new String[count];
      boolean ignoreFiles = false;
      boolean isTop = false;
      for (int i = 0; i < count; i++) {
        String name = listing.name(i);
        if (name.startsWith(".")) {
          ignoreFiles |= name.endsWith("ignore");
          isTop |= name.equals(".git");
          if (!hidden || VERSION_CONTROL.contains(name)) {
            continue;
          }
        }
        names[i] = name;
      }
      IgnoreRules rules = at.above().in(at.directory(), isTop, ignoreFiles);
      for (int i = 0; i < count; i++) {
        String name = names[i];
        if (name != null) {
          if (stop.getAsBoolean()) {
            frontier.end();
            return;
          }
          take(at, listing, i, name, rules);
        }
      }
    }

    private void take(Pending at, Listing listing, int index, String name, IgnoreRules rules) {
      Listing.Kind kind = listing.kind(index);
      if (kind == Listing.Kind.OTHER
          || rules.ignores(at.directory(), name, kind == Listing.Kind.DIRECTORY)) {
        return;
      }
      if (kind == Listing.Kind.DIRECTORY) {
        below.add(new Pending(listing.path(index), at.prefix() + name + "/", rules));
      } else {
        visitor.visit(new WalkedFile(listing, index, at.prefix(), name));
      }
    }
  }
}
