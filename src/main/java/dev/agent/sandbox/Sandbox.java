package dev.agent.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A way to run a command so that the operating system keeps it in. Thread-safe. */
public interface Sandbox {
  /** What holds. */
  enum Level {
    /** Nothing does. */
    NONE,
    /** Files are protected; the network is open, or it is not proven that it is closed. */
    FILES,
    /** Files, network and processes: nothing gets out, nothing stays behind. */
    FULL
  }

  Level level();

  /**
   * A command that does the same inside.
   *
   * @param cwd where it starts; an absolute path
   * @throws IOException when what the sandbox needs on the disk can't be made: then the command
   *     must not run
   */
  Confined wrap(List<String> command, Path cwd) throws IOException;

  /**
   * A wrapped command.
   *
   * @param without variables that it must be started without
   * @param finish to be called once when it has ended: puts away what the sandbox needed and gives
   *     sentences about what it had to undo
   */
  record Confined(List<String> command, Set<String> without, Supplier<List<String>> finish) {
    public Confined {
      command = List.copyOf(command);
      without = Set.copyOf(without);
    }
  }
}
