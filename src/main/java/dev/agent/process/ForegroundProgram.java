package dev.agent.process;

import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of the person's that take the terminal, such as an editor or a pager: they inherit
 * the streams, the process group and the environment as it is. Whoever calls has given the terminal
 * away before and looks after signals that the terminal sends to the whole group.
 */
public final class ForegroundProgram {
  /** What a shell says when there is no such program. */
  private static final int NOT_FOUND = 127;

  private static final int NOT_EXECUTABLE = 126;
  private static final int SIGNALS = 128;

  /** How long a program that has to end may take to do so. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Map<String, String> environment;
  private final Path cwd;
  private final Cancellation life;

  /**
   * @param environment all that programs inherit
   * @param life a program is ended when this is cancelled
   */
  public ForegroundProgram(Map<String, String> environment, Path cwd, Cancellation life) {
    this.environment = Map.copyOf(environment);
    this.cwd = cwd;
    this.life = life;
  }

  /**
   * Runs the words of a shell, as they stand in a variable such as {@code EDITOR}, with one
   * argument behind them that the shell does not look into.
   *
   * @return what went wrong, in one sentence; empty when it ended with exit code 0
   * @throws InterruptedException when interrupted; the program is ended
   */
  public Optional<String> run(String words, String argument) throws InterruptedException {
    return run(words, List.of("/bin/sh", "-c", words + " \"$1\"", "sh", argument));
  }

  private Optional<String> run(String name, List<String> command) throws InterruptedException {
    if (!Files.isDirectory(cwd)) {
      return Optional.of(
          "\"" + name + "\" can't be started: " + cwd + " is no directory any more.");
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile()).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Optional.of("\"" + name + "\" was not found, or is no program.");
    }
    try (var _ = life.onCancel(() -> end(process))) {
      return fault(name, process.waitFor());
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
  }

  /**
   * Lets it put the terminal in order, but not for long. A shell in between ends with its program:
   * ended first, it would leave the program behind with the terminal.
   */
  private static void end(Process process) {
    List<ProcessHandle> inside = process.descendants().toList();
    if (inside.isEmpty()) {
      process.destroy();
    }
    inside.forEach(ProcessHandle::destroy);
    var _ =
        process
            .onExit()
            .completeOnTimeout(process, GRACE.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(
                it -> {
                  inside.forEach(ProcessHandle::destroyForcibly);
                  it.destroyForcibly();
                });
  }

  private static Optional<String> fault(String name, int code) {
    String program = "\"" + name + "\"";
    if (code == 0) {
      return Optional.empty();
    }
    return Optional.of(
        code == NOT_FOUND
            ? program + " was not found."
            : code == NOT_EXECUTABLE
                ? program + " is no program that may be run."
                : code > SIGNALS
                    ? program + " was ended by signal " + (code - SIGNALS) + "."
                    : program + " ended with exit code " + code + ".");
  }
}
