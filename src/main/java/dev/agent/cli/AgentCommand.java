package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.mode.interactive.Interrupts;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.settings.Places;
import dev.agent.text.NearestNames;
import dev.agent.tui.cell.TerminalPort;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command line in full. Loaded only when {@link Main} could not answer by itself. */
public final class AgentCommand {
  private AgentCommand() {}

  /** Runs {@code args} in this process and returns the exit code. */
  static int run(String[] args) {
    Optional<TerminalPort> terminal = FirstPrompt.terminal(System.getenv());
    if (terminal.isPresent()
        || (args.length > 0 && args[0].startsWith("-"))) { // a run, not a command of its own
      WarmUp.start();
    }
    Map<String, String> environment = LaunchEnvironment.restored(System.getenv());
    String platform = System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT);
    Launch.World world =
        new Launch.World(
            environment,
            Path.of("").toAbsolutePath(),
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            Boolean.getBoolean(
                "agent.stdin.terminal"), // the launcher looks: Java's own answer loads a terminal
            // library
            Boolean.getBoolean("agent.stdout.terminal"),
            InstantSource.system(),
            new RandomIds(),
            Version.number(),
            System.getProperty("user.name", ""),
            platform,
            Places.of(environment, platform));
    Cancellation cancellation = Cancellation.root();
    Interrupts interrupts = new Interrupts();
    EndSignals signals = EndSignals.listen(cancellation, interrupts);
    int code = run(args, world, cancellation, interrupts, terminal);
    return signals.code() != 0 ? signals.code() : code;
  }

  /** Runs {@code args} in a given world. */
  static int run(String[] args, Launch.World world, Cancellation cancellation) {
    return run(args, world, cancellation, new Interrupts(), Optional.empty());
  }

  private static int run(
      String[] args,
      Launch.World world,
      Cancellation cancellation,
      Interrupts interrupts,
      Optional<TerminalPort> terminal) {
    try {
      if (args.length > 0) {
        var sub = Subcommands.find(args[0]);
        if (sub.isPresent()) {
          List<String> arguments = List.of(args).subList(1, args.length);
          if (CommandPage.wanted(arguments)) {
            write(world.out(), CommandPage.of(args[0]));
            return ExitCode.OK;
          }
          return sub.get().run(arguments, world, cancellation);
        }
      }
      CommandSpec spec = spec();
      CommandLine line =
          new CommandLine(spec).setExpandAtFiles(false).setOverwrittenOptionsAllowed(true);
      CommandLine.ParseResult parsed;
      try {
        parsed = line.parseArgs(args);
      } catch (CommandLine.UnmatchedArgumentException e) {
        throw unknown(e, spec, args);
      } catch (CommandLine.ParameterException e) {
        throw new UserError(
            "agent: " + e.getMessage() + ".", "Run \"agent --help\" for the options.");
      }
      if (Options.has(parsed, "--help")) {
        write(world.out(), new String(Main.helpText(), StandardCharsets.UTF_8));
        return ExitCode.OK;
      }
      if (Options.has(parsed, "--version")) {
        write(world.out(), Version.line() + "\n");
        return ExitCode.OK;
      }
      return Runs.run(
          Options.launch(parsed, world),
          Options.has(parsed, "--dump-system-prompt"),
          cancellation,
          interrupts,
          terminal);
    } catch (UserError e) {
      terminal.ifPresent(TerminalPort::end); // on the alternate screen nobody would read it
      write(world.err(), (e.getMessage() == null ? "" : e.getMessage()) + "\n");
      return e.exitCode();
    }
  }

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("agent");
    Options.addTo(spec);
    spec.addOption(
        CommandLine.Model.OptionSpec.builder("-h", "--help")
            .arity("0")
            .type(boolean.class)
            .build());
    spec.addOption(
        CommandLine.Model.OptionSpec.builder("-v", "--version")
            .arity("0")
            .type(boolean.class)
            .build());
    return spec;
  }

  private static UserError unknown(
      CommandLine.UnmatchedArgumentException e, CommandSpec spec, String[] args) {
    String first = e.getUnmatched().getFirst();
    if (first.startsWith("-")) {
      String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
      List<String> near = NearestNames.of(name, Options.names(spec), 1);
      return new UserError(
          "agent: unknown option \""
              + name
              + "\"."
              + (near.isEmpty() ? "" : " Did you mean " + near.getFirst() + "?"),
          "Run \"agent --help\" for the options.");
    }
    String hint =
        Arrays.asList(args).contains("-p") || Arrays.asList(args).contains("--print")
            ? "Put the prompt into quotes."
            : "Run \"agent --help\" for the usage.";
    return new UserError("agent: \"" + first + "\" is one argument too many.", hint);
  }

  static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // Nobody reads it; there is no one left to tell.
    }
  }
}
