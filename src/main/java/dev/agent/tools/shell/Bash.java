package dev.agent.tools.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Wire;
import dev.agent.message.ContentBlock;
import dev.agent.process.BackgroundShells;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.sandbox.Confinement;
import dev.agent.sandbox.NoSandbox;
import dev.agent.sandbox.Sandbox;
import dev.agent.text.Ansi;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.workspace.CommandJudgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** The parameter with which the model asks to run a command outside of the sandbox. */
  public static final String OUTSIDE = "dangerouslyDisableSandbox";

  /** What programs say when a sandbox stood in their way. */
  private static final List<String> SIGNS_OF_A_FENCE =
      List.of(
          "Read-only file system",
          "Permission denied",
          "Operation not permitted",
          "Device or resource busy",
          "Could not resolve",
          "Name or service not known",
          "Temporary failure in name resolution",
          "Network is unreachable",
          "agent sandbox:",
          "CONNECT tunnel failed");

  private static final long MAX_PATH_BYTES = 8 * 1024;

  private final ToolForm<Input> form;
  private final Processes processes;
  private final BackgroundShells background;
  private final ShellPlace place;
  private final Path scratch;
  private final Function<String, OutputSink> sinks;
  private final ShellLimits limits;
  private final ShellGuards guards;
  private final AtomicInteger leftBehind = new AtomicInteger();
  private final String shell;

  record Input(
      String command,
      Optional<Integer> timeout,
      Optional<String> description,
      Optional<Boolean> runInBackground,
      @Wire(OUTSIDE) Optional<Boolean> outside) {}

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
      ShellLimits limits,
      ShellGuards guards) {
    this.guards = guards;
    this.processes = processes;
    this.background = background;
    this.place = place;
    this.scratch = scratch;
    this.sinks = sinks;
    this.limits = limits;
    this.form =
        ToolForm.load(
            Bash.class,
            Input.class,
            spec ->
                spec.withMaxResultChars(ToolSpec.SELF_BOUNDED)
                    .withOnFailure(ToolSpec.OnFailure.CANCELS_SIBLINGS));
    this.shell =
        Files.isExecutable(Path.of("/bin/bash"))
            ? "/bin/bash"
            : Files.isExecutable(Path.of("/usr/bin/bash")) ? "/usr/bin/bash" : "/bin/sh";
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    if (input.path("run_in_background").asBoolean(false)) {
      return Effect.UNKNOWN;
    }
    CommandJudgement judgement = place.judge(input.path("command").asText(""));
    // One that moves must not run beside another that starts where it left.
    return judgement.onlyReads() && !judgement.moves() && !judgement.parts().isEmpty()
        ? new Effect(Effect.Kind.READS, judgement.paths(), Set.of())
        : Effect.UNKNOWN;
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    Input input = form.read(call.input());
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
    Confinement.Plan plan =
        guards.confinement().plan(input.command(), input.outside().orElse(false));
    if (plan instanceof Confinement.Plan.Refused(String why)) {
      throw new ToolException(why);
    }
    Keepsakes.Kept kept = guards.keepsakes().before(input.command(), cwd);
    return input.runInBackground().orElse(false)
        ? inBackground(input, cwd, call, plan, kept)
        : inForeground(input, cwd, call, context, plan, kept);
  }

  /** The command as it is started, in its sandbox where there is one. */
  private Sandbox.Confined confined(Confinement.Plan plan, String command, Path cwd)
      throws ToolException {
    List<String> words = commandLine(command);
    try {
      return switch (plan) {
        case Confinement.Plan.Inside(Sandbox sandbox) -> sandbox.wrap(words, cwd);
        case Confinement.Plan.Outside() -> new NoSandbox().wrap(words, cwd);
        case Confinement.Plan.Refused(String why) -> throw new ToolException(why);
      };
    } catch (IOException e) {
      throw new ToolException(
          "The sandbox for the command can't be made: " + e.getMessage() + ".", e);
    }
  }

  private List<String> commandLine(String command) {
    return shell.endsWith("bash")
        ? List.of(shell, "--noprofile", "--norc", "-c", WRAPPER, "bash", command)
        : List.of(shell, "-c", WRAPPER, "sh", command);
  }

  private ToolResult inBackground(
      Input input, Path cwd, ToolCall call, Confinement.Plan plan, Keepsakes.Kept kept)
      throws ToolException {
    BackgroundShells.Inbox inbox = new BackgroundShells.Inbox();
    Map<String, String> environment = Map.of("AGENT_CWD_FILE", "/dev/null");
    Sandbox.Confined confined = confined(plan, input.command(), cwd);
    RunningProcess process =
        start(
            new Processes.Launch(
                confined.command(),
                cwd,
                environment,
                limits.windowBytes(),
                sinks.apply(call.id()),
                inbox),
            confined);
    process.onExit(
        () -> {
          guards.keepsakes().after(kept);
          confined.finish().get().forEach(said -> inbox.accept("\n(" + said + ")\n"));
        });
    BackgroundShells.Shell added = background.add(process, inbox);
    String text =
        "The command runs in the background as "
            + added.id()
            + ". Read its output with BashOutput, stop it with KillShell.";
    return new ToolResult(
        List.of(new ContentBlock.Text(text)),
        new Display.Command("", -1, false, added.id()),
        false);
  }

  private RunningProcess start(Processes.Launch launch, Sandbox.Confined confined)
      throws ToolException {
    try {
      return processes.start(launch, confined.without());
    } catch (IOException e) {
      var _ = confined.finish().get();
      throw new ToolException("The shell could not be started: " + e.getMessage() + ".", e);
    }
  }

  private ToolResult inForeground(
      Input input,
      Path cwd,
      ToolCall call,
      ToolContext context,
      Confinement.Plan plan,
      Keepsakes.Kept kept)
      throws ToolException, InterruptedException {
    Duration limit =
        input
            .timeout()
            .map(
                millis ->
                    Duration.ofMillis(Math.max(1, Math.min(millis, limits.longest().toMillis()))))
            .orElse(limits.usual());
    boolean moves = effect(call.input()).kind() != Effect.Kind.READS;
    boolean inside = plan instanceof Confinement.Plan.Inside;
    Path shared = inside ? guards.confinement().exchange().orElse(scratch) : scratch;
    // A command that went on in the background keeps its file.
    Path cwdFile = moves ? shared.resolve("cwd" + leftBehind.get()) : Path.of("/dev/null");
    Sandbox.Confined confined = confined(plan, input.command(), cwd);
    List<String> notes = new ArrayList<>(kept.note().isEmpty() ? List.of() : List.of(kept.note()));
    AtomicBoolean settled = new AtomicBoolean();
    Runnable settle =
        () -> {
          if (!settled.getAndSet(true)) {
            guards.keepsakes().after(kept);
            notes.addAll(confined.finish().get());
            if (inside) {
              notes.addAll(guards.confinement().refusals());
            }
          }
        };
    Awaited awaited = new Awaited(context::progress);
    RunningProcess process =
        start(
            new Processes.Launch(
                confined.command(),
                cwd,
                Map.of("AGENT_CWD_FILE", cwdFile.toString()),
                limits.windowBytes(),
                sinks.apply(call.id()),
                awaited),
            confined);
    try (var _ = context.cancellation().onCancel(() -> Thread.ofVirtual().start(process::kill));
        var _ = background.inForeground(awaited::letGo)) {
      if (awaited.until(process, limit) == Awaited.End.LET_GO) {
        leftBehind.incrementAndGet();
        return leftBehind(process, awaited, settle);
      }
      if (!process.await(Duration.ZERO)) {
        process.kill();
        settle.run();
        return result(
            process,
            "The command did not end within "
                + limit.toMillis() / 1000.0
                + " seconds and was stopped, with all that it started. For work that takes longer"
                + " give a larger \"timeout\" or set \"run_in_background\". If it waited for input:"
                + " there is none, use the options that make it not ask."
                + lines(notes),
            true);
      }
      context.cancellation().check();
      settle.run();
      String note = moves ? moved(cwdFile, cwd) : "";
      int code = process.exitCode();
      if (process.isCapped()) {
        return result(
            process,
            "The command was stopped because no more of its output can be kept: it printed more"
                + " than the limit, or the disk is almost full."
                + lines(notes),
            true);
      }
      boolean failed = code != 0 && !meansNothingFound(input.command(), code);
      if (failed && inside) {
        notes.addAll(fenced(process.output()));
      }
      return result(process, (code == 0 ? "" : "Exit code " + code) + note + lines(notes), failed);
    } finally {
      if (awaited.isLetGo()) {
        process.onExit(process::close);
      } else if (process.isAlive() || context.cancellation().isCancelled()) {
        process.kill(); // waits for a kill that is under way: nothing is left when the call returns
      } else {
        process.close();
      }
      if (!awaited.isLetGo()) {
        settle.run();
      }
    }
  }

  /** The person does not want to wait: the command goes on, and the model is told where. */
  private ToolResult leftBehind(RunningProcess process, Awaited awaited, Runnable settle) {
    String soFar = shown(process.output(), process.outputBytes());
    process.onExit(settle);
    BackgroundShells.Shell added = background.add(process, awaited.inbox());
    String text =
        (soFar.isEmpty() ? "" : soFar + "\n")
            + "The user moved the command to the background; it runs on as "
            + added.id()
            + ". Read its further output with BashOutput, stop it with KillShell.";
    return new ToolResult(
        List.of(new ContentBlock.Text(text)),
        new Display.Command(soFar, -1, false, added.id()),
        false);
  }

  private static String lines(List<String> notes) {
    return notes.isEmpty() ? "" : "\n" + String.join("\n", notes);
  }

  /** Tells the model that the sandbox may be the reason, and what it can do. */
  private List<String> fenced(String output) {
    return SIGNS_OF_A_FENCE.stream().noneMatch(output::contains)
        ? List.of()
        : List.of(
            guards.confinement().isReadOnly()
                ? "(This session only reads: commands may write nothing but /tmp and reach no"
                    + " host.)"
                : "(The command ran in a sandbox: it may write in the workspace and in /tmp, not to"
                    + " git's and the agent's own configuration, and reach no host that the"
                    + " settings do not name. If it failed because of that and must do more, call"
                    + " again with \""
                    + OUTSIDE
                    + "\"; the user may be asked then.)");
  }

  /** Follows the command to where it went; says so when that was not possible. */
  private String moved(Path file, Path before) {
    try {
      // A command may have put a pipe or a device in its place: reading that would never end.
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > MAX_PATH_BYTES) {
        return "";
      }
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
