package dev.agent.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line in full. Loaded only when {@link Main} could not answer by itself. */
@Command(name = "agent")
public final class AgentCommand implements Callable<Integer> {
  private static final int FAILURE = 1;

  @Option(names = {"-p", "--print"})
  private boolean print;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true)
  private boolean help;

  @Option(
      names = {"-v", "--version"},
      versionHelp = true)
  private boolean version;

  @Parameters(arity = "0..1")
  private @Nullable String prompt;

  private AgentCommand() {}

  /** Runs {@code args} and returns the exit code. */
  static int run(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
    int exitCode = run(args, out, err);
    out.flush();
    err.flush();
    return exitCode;
  }

  /** Runs {@code args} against the given writers. */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    return commandLine().setOut(out).setErr(err).execute(args);
  }

  /** The parser alone, for tests that compare its options with the help page. */
  static CommandLine commandLine() {
    return new CommandLine(new AgentCommand())
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(AgentCommand::refuse)
        .setExecutionStrategy(AgentCommand::execute);
  }

  private static int refuse(CommandLine.ParameterException problem, String[] args) {
    problem
        .getCommandLine()
        .getErr()
        .println("agent: " + problem.getMessage() + ". Run \"agent --help\" for the options.");
    return FAILURE;
  }

  private static int execute(CommandLine.ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    if (parsed.isUsageHelpRequested()) {
      line.getOut().print(new String(Main.helpText(), StandardCharsets.UTF_8));
      return 0;
    }
    if (parsed.isVersionHelpRequested()) {
      line.getOut().println(Version.line());
      return 0;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public Integer call() {
    throw new UnsupportedOperationException("not wired yet: print=" + print + ", prompt=" + prompt);
  }
}
