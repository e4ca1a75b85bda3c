package dev.agent.tools.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.json.RecordSchema;
import dev.agent.message.ContentBlock;
import dev.agent.process.BackgroundShells;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.text.Ansi;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.tool.ToolText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a command in a shell without profile, terminal or input. The working directory lives on from
 * call to call, nothing else does.
 */
public final class Bash implements Tool {
  /**
   * The command's own shell. The directory in which it ends goes to a file, whatever way it ends; a
   * command that sets an exit trap of its own or replaces the shell just leaves the working
   * directory as it was. The file is emptied first, lest an older answer be read then; {@code >|}
   * holds under {@code set -C} too, and the blank before the command keeps eval from taking a
   * leading dash for an option.
   */
  private static final String WRAPPER =
      ": >| \"$AGENT_CWD_FILE\"; trap 'command pwd -P >| \"$AGENT_CWD_FILE\" 2>/dev/null' EXIT;"
          + " __agent_command=$1; shift; eval \" $__agent_command\"";

  private final ToolSpec spec;
  private final RecordSchema<Input> schema;
  private final Processes processes;
  private final BackgroundShells background;
  private final ShellPlace place;
  private final Path scratch;
  private final Function<String, OutputSink> sinks;
  private final ShellLimits limits;
  private final String shell;

  record Input(
      String command,
      Optional<Integer> timeout,
      Optional<String> description,
      Optional<Boolean> runInBackground) {}

  /**
   * @param scratch an existing directory of the session
   * @param sinks makes the file for a call's whole output, by the id of the call
   */
  public Bash(
      Processes processes,
      BackgroundShells background,
      ShellPlace place,
      Path scratch,
      Function<String, OutputSink> sinks,
      ShellLimits limits) {
    this.processes = processes;
    this.background = background;
    this.place = place;
    this.scratch = scratch;
    this.sinks = sinks;
    this.limits = limits;
    ToolText text = ToolText.load(Bash.class, "Bash");
    this.schema = RecordSchema.of(Input.class, text.parameters());
    this.spec =
        ToolSpec.of("Bash", text, schema)
            .withMaxResultChars(ToolSpec.SELF_BOUNDED)
            .withOnFailure(ToolSpec.OnFailure.CANCELS_SIBLINGS);
    this.shell =
        Files.isExecutable(Path.of("/bin/bash"))
            ? "/bin/bash"
            : Files.isExecutable(Path.of("/usr/bin/bash")) ? "/usr/bin/bash" : "/bin/sh";
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Effect effect(ObjectNode input) {
    boolean runsOn = input.path("run_in_background").asBoolean(false);
    return runsOn
        ? Effect.UNKNOWN
        : HarmlessCommand.effect(input.path("command").asText(""), place.cwd())
            .orElse(Effect.UNKNOWN);
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    Input input = bind(call.input());
    if (input.command().isBlank()) {
      throw new ToolException("\"command\" is empty. Say what to run.");
    }
    Path cwd = place.cwd();
    if (!Files.isDirectory(cwd)) {
      place.reset();
      throw new ToolException(
          "The working directory "
              + cwd
              + " does not exist any more. The working directory is now "
              + place.cwd()
              + "; run the command again.");
    }
    return input.runInBackground().orElse(false)
        ? inBackground(input, cwd, call)
        : inForeground(input, cwd, call, context);
  }

  private Input bind(ObjectNode input) throws ToolException {
    try {
      return schema.bind(input);
    } catch (InvalidInputException e) {
      throw new ToolException("Bash: " + e.getMessage());
    }
  }

  private List<String> commandLine(String command) {
    return shell.endsWith("bash")
        ? List.of(shell, "--noprofile", "--norc", "-c", WRAPPER, "bash", command)
        : List.of(shell, "-c", WRAPPER, "sh", command);
  }

  private ToolResult inBackground(Input input, Path cwd, ToolCall call) throws ToolException {
    BackgroundShells.Inbox inbox = new BackgroundShells.Inbox();
    Map<String, String> environment = Map.of("AGENT_CWD_FILE", "/dev/null");
    RunningProcess process =
        start(
            new Processes.Launch(
                commandLine(input.command()),
                cwd,
                environment,
                limits.windowBytes(),
                sinks.apply(call.id()),
                inbox));
    BackgroundShells.Shell added = background.add(input.command(), process, inbox);
    String text =
        "The command runs in the background as "
            + added.id()
            + ". Read its output with BashOutput, stop it with KillShell.";
    return new ToolResult(
        List.of(new ContentBlock.Text(text)),
        new Display.Command(text, -1, false, added.id()),
        false);
  }

  private RunningProcess start(Processes.Launch launch) throws ToolException {
    try {
      return processes.start(launch);
    } catch (IOException e) {
      throw new ToolException("The shell could not be started: " + e.getMessage() + ".", e);
    }
  }

  private ToolResult inForeground(Input input, Path cwd, ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    Duration limit =
        input
            .timeout()
            .map(
                millis ->
                    Duration.ofMillis(Math.max(1, Math.min(millis, limits.longest().toMillis()))))
            .orElse(limits.usual());
    boolean moves = effect(call.input()).kind() != Effect.Kind.READS;
    Path cwdFile = moves ? scratch.resolve("cwd") : Path.of("/dev/null");
    RunningProcess process =
        start(
            new Processes.Launch(
                commandLine(input.command()),
                cwd,
                Map.of("AGENT_CWD_FILE", cwdFile.toString()),
                limits.windowBytes(),
                sinks.apply(call.id()),
                context::progress));
    try (var _ = context.cancellation().onCancel(() -> Thread.ofVirtual().start(process::kill))) {
      if (!process.await(limit)) {
        process.kill();
        return result(
            process,
            "The command did not end within "
                + limit.toMillis() / 1000.0
                + " seconds and was stopped, with all that it started. For work that takes longer"
                + " give a larger \"timeout\" or set \"run_in_background\". If it waited for input:"
                + " there is none, use the options that make it not ask.",
            true);
      }
      context.cancellation().check();
      String note = moves ? moved(cwdFile, cwd) : "";
      int code = process.exitCode();
      if (process.isCapped()) {
        return result(
            process,
            "The command was stopped because it printed more than its output may hold.",
            true);
      }
      boolean failed = code != 0 && !meansNothingFound(input.command(), code);
      return result(process, (code == 0 ? "" : "Exit code " + code) + note, failed);
    } finally {
      if (process.isAlive() || context.cancellation().isCancelled()) {
        process.kill(); // waits for a kill that is under way: nothing is left when the call returns
      } else {
        process.close();
      }
    }
  }

  /** Follows the command to where it went; says so when that was not possible. */
  private String moved(Path file, Path before) {
    try {
      String text = Files.readString(file);
      text = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      Path now = text.isEmpty() ? before : Path.of(text);
      if (!now.equals(before) && Files.isDirectory(now) && !place.moveTo(now)) {
        return "\n(The working directory is "
            + place.cwd()
            + " again: "
            + now
            + " lies outside of the workspace.)";
      }
      return "";
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return ""; // the command replaced its shell, or ended in a place without a name
    }
  }

  /** Programs that use exit code 1 for an answer, not for a failure. */
  private static boolean meansNothingFound(String command, int code) {
    String first = command.strip().split("\\s", 2)[0];
    boolean single = command.chars().noneMatch(c -> c == ';' || c == '&' || c == '|' || c == '\n');
    return code == 1
        && single
        && (first.equals("grep")
            || first.equals("rg")
            || first.equals("diff")
            || first.equals("test")
            || first.equals("["));
  }

  /** Text without control sequences; of what is no text, only that. */
  private static String shown(String raw, long bytes) {
    long odd = raw.chars().filter(c -> c == 0 || c == '\uFFFD').count();
    if (odd * 10 > raw.length() && odd > 3) {
      return "(" + bytes + " bytes of output that are no text)";
    }
    return Ansi.strip(raw).stripTrailing();
  }

  private ToolResult result(RunningProcess process, String note, boolean isError) {
    String output = shown(process.output(), process.outputBytes());
    StringBuilder text = new StringBuilder(output);
    if (process.outputBytes() > limits.windowBytes()) {
      process
          .outputFile()
          .ifPresent(
              path ->
                  text.append("\n(All ")
                      .append(process.outputBytes())
                      .append(" bytes are in ")
                      .append(path)
                      .append(".)"));
    }
    if (!note.isBlank()) {
      text.append(text.isEmpty() ? "" : "\n").append(note.strip());
    }
    if (text.isEmpty()) {
      text.append("(no output)");
    }
    boolean timedOut = note.startsWith("The command did not end");
    return new ToolResult(
        List.of(new ContentBlock.Text(text.toString())),
        new Display.Command(output, timedOut ? -1 : process.exitCode(), timedOut, ""),
        isError);
  }
}
