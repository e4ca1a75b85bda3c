package dev.agent.cli;

import dev.agent.command.Programs;
import dev.agent.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Programs that commands of the person run, as children of this process. */
record ChildPrograms(Processes processes) implements Programs {
  @Override
  public Optional<Finished> run(List<String> command, Path cwd, Duration limit)
      throws InterruptedException {
    return processes
        .run(command, cwd, limit)
        .map(output -> new Finished(output.exitCode(), output.text()));
  }
}
