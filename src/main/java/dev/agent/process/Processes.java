package dev.agent.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Starts child processes: in a session of their own (no terminal, nothing to read), with an
 * environment that holds none of our secrets, marked so that they can be found again. Knows all
 * that are alive. Thread-safe.
 */
public final class Processes {
  /** The variable that marks our children. */
  public static final String MARKER = "AGENT_CHILD_OF";

  private static final String SETSID = "/usr/bin/setsid";

  /** Where there is no setsid (macOS). */
  private static final String PERL = "/usr/bin/perl";

  private static final int DEFAULT_WINDOW = 64 * 1024;

  /**
   * What the harness itself is configured with: a command has no business with it. All of {@link
   * #OWN_PREFIX} goes as well.
   */
  private static final Set<String> SECRET_NAMES =
      Set.of("CLAUDE_CODE_OAUTH_TOKEN", "AGENT_API_KEY", MARKER);

  private static final String OWN_PREFIX = "ANTHROPIC_";

  private volatile Map<String, String> environment;
  private volatile Map<String, String> exports = Map.of();
  private final String session;
  private final AtomicLong count = new AtomicLong();
  private final Set<RunningProcess> alive = ConcurrentHashMap.newKeySet();
  private final List<String> ownSession = ownSession();
  private final String owner = Owner.self().map(Owner::text).orElse("");
  private final Watchdog watchdog;

  /**
   * All children are started by one thread that lives as long as we do: the kernel ties a sandbox's
   * death to the thread that started it, and threads of a pool end when they were idle for a while.
   */
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("process-starter").unstarted(work));

  /**
   * @param environment what children inherit, before cleaning
   * @param session part of the marker; unique among running agents
   */
  public Processes(Map<String, String> environment, String session) {
    this.environment = childEnvironment(environment);
    this.session = session;
    this.watchdog = new Watchdog(ownSession, MARKER + "=" + session + ":");
  }

  /** What gives a program a session and a group of its own; empty where nothing does. */
  static List<String> ownSession() {
    if (Files.isExecutable(Path.of(SETSID))) {
      return List.of(SETSID);
    }
    return Files.isExecutable(Path.of(PERL))
        ? List.of(PERL, "-e", "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or exit 127", "--")
        : List.of();
  }

  /** What children inherit: cleaned of our secrets. */
  public Map<String, String> environment() {
    Map<String, String> all = new java.util.LinkedHashMap<>(environment);
    all.putAll(exports);
    return java.util.Collections.unmodifiableMap(all);
  }

  /** Children that start from now on inherit this instead, before cleaning. */
  public void inherit(Map<String, String> environment) {
    this.environment = childEnvironment(environment);
  }

  /** Adds variables for all children that start from now on, except names that are ours. */
  public void export(Map<String, String> more) {
    Map<String, String> all = new java.util.LinkedHashMap<>(exports);
    all.putAll(more);
    all.keySet().removeIf(Processes::isOurs);
    exports = Map.copyOf(all);
  }

  static Map<String, String> childEnvironment(Map<String, String> given) {
    Map<String, String> child = new java.util.LinkedHashMap<>(given);
    child.keySet().removeIf(Processes::isOurs);
    child.put("GIT_TERMINAL_PROMPT", "0");
    child.put("GIT_EDITOR", "true");
    child.put("EDITOR", "true");
    child.put("PAGER", "cat");
    child.put("GIT_PAGER", "cat");
    child.put("MANPAGER", "cat");
    child.put("TERM", "dumb");
    child.put("NO_COLOR", "1");
    child.put("AGENT", "1");
    return child;
  }

  private static boolean isOurs(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return SECRET_NAMES.contains(upper) || upper.startsWith(OWN_PREFIX);
  }

  /**
   * What to start.
   *
   * @param command program and arguments; no shell in between
   * @param extraEnvironment added to what children get anyway
   * @param windowBytes how much of the output is kept in memory
   * @param progress told each piece of output as it comes
   */
  public record Launch(
      List<String> command,
      Path cwd,
      Map<String, String> extraEnvironment,
      int windowBytes,
      OutputSink sink,
      Consumer<String> progress) {
    /** A command whose output is small and of no interest while it runs. */
    public static Launch of(List<String> command, Path cwd) {
      return new Launch(command, cwd, Map.of(), DEFAULT_WINDOW, OutputSink.NONE, _ -> {});
    }
  }

  /**
   * Starts a command; standard error goes with standard output.
   *
   * @throws IOException when the program does not exist or can't be started
   */
  public RunningProcess start(Launch launch) throws IOException {
    return start(launch, Set.of());
  }

  /**
   * The same without some variables of the environment.
   *
   * @param without names that the command must not see
   * @throws IOException when the program does not exist or can't be started
   */
  public RunningProcess start(Launch launch, Set<String> without) throws IOException {
    watchdog.start();
    return begin(launch, without, Optional.empty());
  }

  /**
   * Starts a command that has something to read; what it prints as errors is kept apart, see {@link
   * RunningProcess#errors}.
   *
   * @throws IOException when the program does not exist or can't be started
   */
  public RunningProcess startFed(Launch launch, byte[] input) throws IOException {
    return startFed(launch, input, Set.of());
  }

  /**
   * The same without some variables of the environment.
   *
   * @param without names that the command must not see
   * @throws IOException when the program does not exist or can't be started
   */
  public RunningProcess startFed(Launch launch, byte[] input, Set<String> without)
      throws IOException {
    watchdog.start();
    return begin(launch, without, Optional.of(input));
  }

  private RunningProcess begin(Launch launch, Set<String> without, Optional<byte[]> input)
      throws IOException {
    List<String> command = new ArrayList<>(ownSession);
    command.addAll(launch.command());
    // The semicolon ends the number: the mark of the first command must not be found in that of the
    // tenth.
    String mark = session + ":" + count.incrementAndGet() + ";" + owner;
    ProcessBuilder builder = new ProcessBuilder(command).directory(launch.cwd().toFile());
    if (input.isEmpty()) {
      builder.redirectErrorStream(true);
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }
    Map<String, String> target = builder.environment();
    target.clear();
    target.putAll(environment);
    target.putAll(exports);
    target.putAll(launch.extraEnvironment());
    target.keySet().removeAll(without);
    target.put(MARKER, mark);
    Process process = started(builder);
    boolean ownGroup = !ownSession.isEmpty();
    RunningProcess running =
        new RunningProcess(
            process,
            new ProcessTree(process, MARKER + "=" + mark, ownGroup),
            input.isPresent(),
            launch.windowBytes(),
            launch.sink(),
            launch.progress());
    input.ifPresent(running::feed);
    alive.add(running);
    if (ownGroup) {
      watchdog.began(process.pid());
    }
    var _ =
        process
            .onExit()
            .thenRun(
                () -> {
                  alive.remove(running);
                  if (ownGroup) {
                    watchdog.ended(process.pid());
                  }
                });
    return running;
  }

  private Process started(ProcessBuilder builder) throws IOException {
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                try {
                  return builder.start();
                } catch (IOException e) {
                  throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
                }
              },
              starter)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException wrapped) {
        throw new IOException(String.valueOf(wrapped.getMessage()), wrapped);
      }
      throw e;
    }
  }

  /** What a short command gave. */
  public record Output(int exitCode, String text) {}

  /**
   * Runs a short command to its end; empty when it can't be started or takes longer than the limit.
   */
  public Optional<Output> run(List<String> command, Path cwd, Duration limit)
      throws InterruptedException {
    try {
      RunningProcess process = begin(Launch.of(command, cwd), Set.of(), Optional.empty());
      Thread.ofVirtual().start(watchdog::start); // beside it: short commands run at start-up
      try {
        if (!process.await(limit)) {
          process.kill();
          return Optional.empty();
        }
        return Optional.of(new Output(process.exitCode(), process.output()));
      } catch (InterruptedException e) {
        process.kill();
        throw e;
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Runs a short command to its end for the bytes that it prints; empty when it fails, can't be
   * started, takes longer than the limit or prints more than may be.
   *
   * @throws InterruptedException when interrupted; the command is ended
   */
  public Optional<byte[]> bytes(List<String> command, Path cwd, Duration limit, int maxBytes)
      throws InterruptedException {
    ByteSink sink = new ByteSink(maxBytes);
    try {
      RunningProcess process =
          startFed(new Launch(command, cwd, Map.of(), 1024, sink, _ -> {}), new byte[0]);
      try {
        if (!process.await(limit)) {
          process.kill();
          return Optional.empty();
        }
        return process.exitCode() == 0 ? sink.bytes() : Optional.empty();
      } catch (InterruptedException e) {
        process.kill();
        throw e;
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Ends everything that is still alive; for the end of the process. */
  public void killAll() {
    if (count.get() == 0) {
      return;
    }
    for (RunningProcess process : alive) {
      process.kill();
    }
    ProcessTree.sweep(MARKER + "=" + session + ":");
    watchdog.dismiss();
  }
}
