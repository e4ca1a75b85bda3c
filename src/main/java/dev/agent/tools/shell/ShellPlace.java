package dev.agent.tools.shell;

import dev.agent.workspace.CommandJudge;
import dev.agent.workspace.CommandJudgement;
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
  private final CommandJudge judge;
  private volatile Path cwd;

  /**
   * @param home what a tilde in a command stands for
   */
  public ShellPlace(Path start, List<Path> roots, Path home) {
    this.start = start;
    this.roots = List.copyOf(roots);
    this.cwd = start;
    this.judge = new CommandJudge(home, roots);
  }

  /** What a command would do here. */
  CommandJudgement judge(String command) {
    return judge.judge(command, cwd);
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
