package dev.agent.mode.screen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.markup.AnsiText;
import dev.agent.tui.theme.Theme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a command of the person's fills. It runs in the background a moment after something
 * has changed; one that still runs then is ended, and so is one that takes too long. Times are
 * nanoseconds of the UI's clock.
 *
 * <p>{@link #changed}, {@link #due} and {@link #take} are for the UI thread; what comes of a run is
 * told by another one.
 */
final class StatusLine implements AutoCloseable {
  /** Changes within this time are one. */
  static final long PAUSE = 300_000_000;

  /** A command that takes longer is ended. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final int MAX_ROWS = 3;
  private static final int MAX_CHARS = 2_000;
  private static final int OUTPUT_BYTES = 64 * 1024;

  private final Processes processes;
  private final Map<String, String> environment;
  private final Executor background;
  private final Consumer<Shown> told;
  private long due = UiLoop.NEVER;
  private int run;
  private boolean shows;

  // Guarded by this.
  private @Nullable RunningProcess running;
  private int newest;
  private boolean closed;

  /**
   * The setting.
   *
   * @param line for a shell
   * @param padding blanks in front of each row
   * @param refresh it runs again after this time though nothing has changed; empty = it does not
   */
  record Command(String line, int padding, Optional<Duration> refresh) {}

  /**
   * What a run gave.
   *
   * @param rows to be seen from now on; none = the usual footer
   * @param fault what went wrong, in one sentence
   */
  record Shown(List<Row> rows, Optional<String> fault) {
    Shown {
      rows = List.copyOf(rows);
    }

    private static Shown fault(String sentence) {
      return new Shown(List.of(), Optional.of(sentence));
    }
  }

  /**
   * @param environment of the person, who may want no colours there
   * @param background runs tasks that take seconds, several at once
   * @param told gets what a run gave, unless there is a newer one
   */
  StatusLine(
      Processes processes,
      Map<String, String> environment,
      Executor background,
      Consumer<Shown> told) {
    this.processes = processes;
    this.environment = environment;
    this.background = background;
    this.told = told;
  }

  /** Something is different that a status line may show. */
  void changed(long now) {
    due = Math.min(due, now + PAUSE);
  }

  /** When {@link #take} wants to be called; {@link UiLoop#NEVER} at rest. */
  long due() {
    return due;
  }

  /**
   * Starts the command if that is due.
   *
   * @param command empty when there is none
   * @param facts for its standard input
   * @param theme for its colours
   */
  void take(Optional<Command> command, JsonNode facts, Path cwd, Theme theme, long now) {
    if (now < due) {
      return;
    }
    due =
        command
            .flatMap(Command::refresh)
            .map(every -> now + Math.max(Duration.ofSeconds(1).toNanos(), every.toNanos()))
            .orElse(UiLoop.NEVER);
    int number = ++run;
    if (command.isEmpty()) {
      begin(number).ifPresent(old -> background.execute(old::kill));
      if (shows) {
        shows = false;
        told.accept(new Shown(List.of(), Optional.empty()));
      }
      return;
    }
    shows = true;
    byte[] input = Json.write(facts).getBytes(StandardCharsets.UTF_8);
    Command wanted = command.get();
    background.execute(() -> run(number, wanted, input, cwd, theme));
  }

  /** Ends what runs. */
  @Override
  public void close() {
    RunningProcess last;
    synchronized (this) {
      closed = true;
      last = running;
      running = null;
    }
    if (last != null) {
      last.kill();
    }
  }

  /** Makes this the run that counts; gives the one before, as far as it still runs. */
  private synchronized Optional<RunningProcess> begin(int number) {
    newest = Math.max(newest, number);
    RunningProcess before = newest == number ? running : null;
    if (before != null) {
      running = null;
    }
    return Optional.ofNullable(before);
  }

  private synchronized boolean counts(int number) {
    return number == newest && !closed;
  }

  private synchronized boolean began(int number, RunningProcess process) {
    if (!counts(number)) {
      return false;
    }
    running = process;
    return true;
  }

  private void run(int number, Command command, byte[] input, Path cwd, Theme theme) {
    begin(number).ifPresent(RunningProcess::kill);
    if (!counts(number)) {
      return;
    }
    try {
      RunningProcess process = start(command, input, cwd);
      if (!began(number, process)) {
        process.kill();
        return;
      }
      boolean ended = process.await(LIMIT);
      if (!ended) {
        process.kill();
      }
      tell(number, ended ? shown(command, process, theme) : tooLong(command));
    } catch (IOException e) {
      tell(number, Shown.fault("statusLine: the shell can't be started: " + e.getMessage() + "."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(int number, Shown shown) {
    if (counts(number)) {
      told.accept(shown);
    }
  }

  private RunningProcess start(Command command, byte[] input, Path cwd) throws IOException {
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return processes.startFed(
        new Processes.Launch(
            List.of("/bin/sh", "-c", command.line()),
            cwd,
            Map.of("TERM", environment.getOrDefault("TERM", "dumb")),
            OUTPUT_BYTES,
            OutputSink.NONE,
            _ -> {}),
        input,
        colours ? Set.of("NO_COLOR") : Set.of());
  }

  private static Shown shown(Command command, RunningProcess process, Theme theme) {
    if (process.exitCode() != 0) {
      String errors = process.errors().strip().lines().findFirst().orElse("");
      return Shown.fault(
          "statusLine: \""
              + command.line()
              + "\" ended with exit code "
              + process.exitCode()
              + (errors.isEmpty() ? "." : ": " + errors)
              + " Mend the command, or take it away with /statusline off.");
    }
    return new Shown(rows(process.output(), command.padding(), theme), Optional.empty());
  }

  private static Shown tooLong(Command command) {
    return Shown.fault(
        "statusLine: \""
            + command.line()
            + "\" took longer than "
            + LIMIT.toSeconds()
            + " s. Make it faster, or take it away with /statusline off.");
  }

  /** The first rows of an output that is not blank, each one a line. */
  static List<Row> rows(String output, int padding, Theme theme) {
    List<Row> rows = new ArrayList<>();
    Span blanks = Span.decoration(" ".repeat(Math.clamp(padding, 0, 40)), Style.PLAIN);
    StringBuilder first = new StringBuilder();
    output
        .stripTrailing()
        .lines()
        .limit(MAX_ROWS)
        .forEach(
            line ->
                first
                    .append(first.isEmpty() ? "" : "\n")
                    .append(line, 0, Math.min(line.length(), MAX_CHARS)));
    // Wide enough for every line: what doesn't fit is cut where it is drawn.
    for (Row row : AnsiText.rows(first.toString(), MAX_CHARS * 2, theme)) {
      List<Span> spans = new ArrayList<>(row.spans());
      if (padding > 0) {
        spans.addFirst(blanks);
      }
      rows.add(Row.of(spans.toArray(Span[]::new)));
    }
    return rows.subList(0, Math.min(MAX_ROWS, rows.size()));
  }
}
