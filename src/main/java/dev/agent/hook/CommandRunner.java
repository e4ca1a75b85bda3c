package dev.agent.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs programs: the event on standard input, the answer as exit code, output and errors. */
public final class CommandRunner implements ActionRunner<Handler.Action.Command> {
  /** Bytes of output and of errors that are kept whole. */
  private static final int WINDOW = 1024 * 1024;

  /** Bytes after which a program that does not stop talking is stopped. */
  private static final long MAX_OUTPUT = 16L * 1024 * 1024;

  /** Characters in which a first line must end that asks not to be waited for. */
  private static final int MAX_FIRST_LINE = 1_000;

  private final Processes processes;

  public CommandRunner(Processes processes) {
    this.processes = processes;
  }

  @Override
  public HookAnswer run(Handler.Action.Command action, HookRun run) throws InterruptedException {
    FirstLine firstLine = new FirstLine(run.detached());
    RunningProcess process;
    try {
      process =
          processes.startFed(
              new Processes.Launch(
                  commandLine(action), run.cwd(), run.environment(), WINDOW, new Cap(), firstLine),
              (run.input() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new HookAnswer.Failure("could not be started: " + e.getMessage());
    }
    firstLine.limits(process);
    try (var _ = run.cancellation().onCancel(() -> Thread.ofVirtual().start(process::kill))) {
      if (!process.await(run.limit())) {
        process.kill();
        return stopped(run.limit(), firstLine.without(process.output()));
      }
      run.cancellation().check();
    } catch (InterruptedException e) {
      process.kill();
      throw e;
    }
    process.close();
    String out = firstLine.without(process.output());
    Optional<Duration> passed = firstLine.passed();
    if (passed.isPresent()) {
      return stopped(passed.get(), out);
    }
    return process.isCapped()
        ? new HookAnswer.Stopped("printed more than 16 MB and was stopped", "")
        : new HookAnswer.Exited(process.exitCode(), out, process.errors());
  }

  private static HookAnswer stopped(Duration limit, String out) {
    return new HookAnswer.Stopped(
        "did not end within "
            + limit.toMillis() / 1000.0
            + " s and was stopped, with all that it started",
        out);
  }

  private static List<String> commandLine(Handler.Action.Command action) {
    if (action.arguments().isPresent()) {
      List<String> line = new ArrayList<>(List.of(action.command()));
      line.addAll(action.arguments().get());
      return line;
    }
    boolean bash = action.shell().equals("bash") && Files.isExecutable(Path.of("/bin/bash"));
    return List.of(bash ? "/bin/bash" : "/bin/sh", "-c", action.command());
  }

  /** Says when it is too much. */
  private static final class Cap implements OutputSink {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public boolean append(byte[] more, int offset, int length) {
      return bytes.addAndGet(length) <= MAX_OUTPUT;
    }

    @Override
    public Optional<Path> path() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  /**
   * Looks out for {@code {"async":true}} as the first line: from there on nobody waits, and {@code
   * asyncTimeout} (milliseconds) is the limit.
   */
  private static final class FirstLine implements Consumer<String> {
    private final Runnable detached;
    private final StringBuilder line = new StringBuilder();
    private boolean decided;
    private boolean async;
    private @Nullable Duration limit;
    private @Nullable RunningProcess process;
    private boolean passed;

    FirstLine(Runnable detached) {
      this.detached = detached;
    }

    @Override
    public synchronized void accept(String text) {
      if (decided) {
        return;
      }
      int end = text.indexOf('\n');
      line.append(end < 0 ? text : text.substring(0, end));
      if (end < 0 && line.length() <= MAX_FIRST_LINE) {
        return;
      }
      decided = true;
      decide();
    }

    private void decide() {
      String text = line.toString().strip();
      if (!text.startsWith("{") || text.length() > MAX_FIRST_LINE) {
        return;
      }
      try {
        JsonNode json = Json.parse(text);
        async = json.path("async").asBoolean(false);
        if (async && json.path("asyncTimeout").asLong(0) > 0) {
          limit = Duration.ofMillis(json.path("asyncTimeout").asLong());
        }
      } catch (JsonProcessingException e) {
        return; // an answer of several lines
      }
      if (async) {
        detached.run();
        watch();
      }
    }

    /** Told of the process once it runs; the line may have come before. */
    synchronized void limits(RunningProcess running) {
      process = running;
      watch();
    }

    private void watch() {
      RunningProcess running = process;
      Duration time = limit;
      if (running == null || time == null) {
        return;
      }
      Thread.ofVirtual()
          .name("hook-limit")
          .start(
              () -> {
                try {
                  if (!running.await(time)) {
                    synchronized (this) {
                      passed = true;
                    }
                    running.kill();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }

    synchronized Optional<Duration> passed() {
      return passed ? Optional.ofNullable(limit) : Optional.empty();
    }

    /** The output behind the line, where the line was one for us. */
    synchronized String without(String output) {
      if (!decided) {
        decided = true;
        int end = output.indexOf('\n');
        line.setLength(0);
        line.append(end < 0 ? output : output.substring(0, end));
        String text = line.toString().strip();
        try {
          async =
              text.startsWith("{")
                  && text.length() <= MAX_FIRST_LINE
                  && Json.parse(text).path("async").asBoolean(false);
        } catch (JsonProcessingException e) {
          async = false;
        }
      }
      int end = output.indexOf('\n');
      return !async ? output : end < 0 ? "" : output.substring(end + 1);
    }
  }
}
