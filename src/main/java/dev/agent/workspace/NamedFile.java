package dev.agent.workspace;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a word of a command means as a file.
 *
 * @param word as it stands in the command
 * @param use what happens to it
 * @param paths every path that it may mean, absolute: as it is named, and with links followed the
 *     way the system does it
 * @param isComplete whether it can't mean any other path
 */
public record NamedFile(String word, Use use, Set<Path> paths, boolean isComplete) {
  /** What happens to a file. */
  public enum Use {
    /** It is read, listed or looked at. */
    READ,
    /** It is made or changed. */
    WRITE,
    /** It is removed, or changed as a whole. */
    REMOVE;

    /** Whether the file may be another one afterwards. */
    public boolean changes() {
      return this != READ;
    }
  }

  public NamedFile {
    paths = Set.copyOf(paths);
  }
}
