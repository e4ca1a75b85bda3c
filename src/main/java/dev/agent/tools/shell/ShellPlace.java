package dev.agent.tools.shell;

import java.io.IOException;
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
    Path target = real(directory);
    for (Path root : roots) {
      Path realRoot = real(root);
      if (target.startsWith(realRoot)) {
        // Named as the workspace names it, where a link leads to the root.
        cwd = root.resolve(realRoot.relativize(target)).normalize();
        return true;
      }
    }
    boolean moved = !target.equals(real(cwd));
    cwd = start;
    return !moved;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path; // gone meanwhile
    }
  }

  /** Goes back to the start, because the directory is gone. */
  void reset() {
    cwd = start;
  }
}
