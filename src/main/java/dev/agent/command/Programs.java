package dev.agent.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a program without a shell and without input. */
@FunctionalInterface
public interface Programs {
  /**
   * Runs it to its end.
   *
   * @param limit after which it is ended
   * @return empty when it can't be started or took longer than the limit
   * @throws InterruptedException when interrupted; the program is ended
   */
  Optional<Finished> run(List<String> command, Path cwd, Duration limit)
      throws InterruptedException;

  /** How it ended, and what it wrote to standard output. */
  record Finished(int exitCode, String output) {}
}
