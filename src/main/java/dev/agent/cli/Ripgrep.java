package dev.agent.cli;

import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.process.SearchPath;
import dev.agent.runtime.Cancellation;
import dev.agent.tools.search.RipgrepEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs ripgrep, where there is one on the path. */
final class Ripgrep implements RipgrepEngine.Runner {
  private static final int MAX_OUTPUT = 16 * 1024 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Processes processes;
  private final Map<String, String> environment;
  private Optional<String> program = Optional.empty();
  private boolean looked;

  Ripgrep(Processes processes, Map<String, String> environment) {
    this.processes = processes;
    this.environment = environment;
  }

  @Override
  public Optional<String> run(List<String> arguments, Path cwd, Cancellation cancellation)
      throws InterruptedException {
    Optional<String> found = program();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>();
    command.add(found.get());
    command.addAll(arguments);
    try {
      RunningProcess process =
          processes.start(
              new Processes.Launch(command, cwd, Map.of(), MAX_OUTPUT, OutputSink.NONE, _ -> {}));
      try (var _ = cancellation.onCancel(process::kill)) {
        if (!process.await(LIMIT)) {
          process.kill();
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        process.kill();
        throw e;
      }
      cancellation.check();
      boolean answered = process.exitCode() == 0 || process.exitCode() == 1;
      return answered && process.outputBytes() <= MAX_OUTPUT
          ? Optional.of(process.output())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Looked for once, when the first search wants it. */
  private synchronized Optional<String> program() {
    if (!looked) {
      program = look();
      looked = true;
    }
    return program;
  }

  private Optional<String> look() {
    if (environment.getOrDefault("AGENT_RIPGREP", "").equals("off")) {
      return Optional.empty();
    }
    return new SearchPath(environment).find("rg").map(Path::toString);
  }
}
