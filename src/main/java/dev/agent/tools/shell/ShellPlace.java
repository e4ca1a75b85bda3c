package dev.agent.tools.shell;

import java.nio.file.Path;
import java.util.List;

/**
 * Where commands run: the working directory that lives on between calls, and the roots that it may
 * not leave. Thread-safe.
 */
public final class ShellPlace {
  private final Path start;
  private final List<Path> roots;
  private volatile Path cwd;

  public ShellPlace(Path start, List<Path> roots) {
    this.start = start;
    this.roots = List.copyOf(roots);
    this.cwd = start;
  }

  /** Where the next command runs. */
  public Path cwd() {
    return cwd;
  }

  /**
   * Takes the directory in which a command ended; false when it lies outside of the workspace and
   * the working directory went back to the start.
   */
  boolean moveTo(Path directory) {
    for (Path root : roots) {
      if (directory.startsWith(root)) {
        cwd = directory;
        return true;
      }
    }
    boolean moved = !directory.equals(cwd);
    cwd = start;
    return !moved;
  }

  /** Goes back to the start, because the directory is gone. */
  void reset() {
    cwd = start;
  }
}
