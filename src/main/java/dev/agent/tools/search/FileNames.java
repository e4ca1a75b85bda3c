package dev.agent.tools.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The names of all files below a directory that version control sees, for people to choose from.
 * Hidden names are left out.
 *
 * @param names relative to the directory, sorted, with slashes between segments; those of
 *     directories end with one. Names that can't be written in a line are left out
 * @param complete whether these are all
 */
public record FileNames(List<String> names, boolean complete) {
  public FileNames {
    names = List.copyOf(names);
  }

  /**
   * Walks through a tree; blocks.
   *
   * @param globalIgnoreFiles the user's own exclude files
   * @param most so many names at most; the rest is left out
   * @param stop asked often; true ends the walk early
   */
  public static FileNames below(
      Path root,
      boolean respectIgnores,
      List<Path> globalIgnoreFiles,
      int most,
      BooleanSupplier stop) {
    Names names = new Names(most);
    new TreeWalk(
            false,
            respectIgnores,
            globalIgnoreFiles,
            () -> stop.getAsBoolean() || names.isFull(),
            () -> file -> names.add(file.prefix(), file.name()))
        .walk(root);
    return names.sorted(!stop.getAsBoolean());
  }

  /** Whether a name can stand in a line of text and be read back from it. */
  public static boolean isWritable(String name) {
    return name.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD || c == '"');
  }

  /** What a walk came to. Thread-safe. */
  private static final class Names {
    private final int most;
    private final List<String> all = new ArrayList<>();
    private final Set<String> directories = new HashSet<>();
    private boolean full;

    Names(int most) {
      this.most = most;
    }

    synchronized boolean isFull() {
      return full;
    }

    void add(String prefix, String name) {
      String path = prefix + name;
      if (!isWritable(path)) {
        return;
      }
      synchronized (this) {
        put(path);
        // Files of one directory come together, so this mostly ends at the first look.
        for (String at = prefix; !at.isEmpty() && directories.add(at); ) {
          put(at);
          at = at.substring(0, at.lastIndexOf('/', at.length() - 2) + 1);
        }
      }
    }

    private void put(String path) {
      if (all.size() < most) {
        all.add(path);
      } else {
        full = true;
      }
    }

    synchronized FileNames sorted(boolean ended) {
      all.sort(null);
      return new FileNames(all, ended && !full);
    }
  }
}
