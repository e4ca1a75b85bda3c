package dev.agent.mode.screen;

import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.Surface;
import dev.agent.process.DetachedProgram;
import dev.agent.process.ForegroundProgram;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.process.SearchPath;
import dev.agent.settings.Settings;
import dev.agent.tools.file.InlinePicture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the screen needs from outside: the person's files, programs, clipboard and files to name.
 * Made once for a run of the screen and closed with it. Thread-safe.
 */
final class Services implements AutoCloseable {
  private static final Duration PICTURE_LIMIT = Duration.ofSeconds(10);
  private static final Duration NOTICE_LIMIT = Duration.ofSeconds(30);

  private final Controller controller;
  private final Settings atStart;
  private final Preferences preferences;
  private final PersonalFiles personal;
  private final Map<String, String> environment;
  private final Path cwd;
  private final Path home;
  private final InstantSource time;
  private final TerminalKind terminal;
  private final Processes processes;
  private final Predicate<String> installed;
  private final ExternalEditor editor;
  private final Executor background = task -> Thread.ofVirtual().name("service").start(task);

  Services(Surface.Place place, Controller controller) {
    var world = place.launch().world();
    this.controller = controller;
    this.atStart = place.settings();
    this.preferences = Preferences.of(place.settings());
    this.personal = PersonalFiles.in(world.places().config());
    this.environment = world.environment();
    this.cwd = world.cwd();
    this.home = world.places().home();
    this.time = world.time();
    this.terminal = TerminalKind.of(environment);
    this.processes = new Processes(environment, "screen-" + world.ids().next());
    SearchPath path = new SearchPath(environment);
    this.installed = program -> path.find(program).isPresent();
    this.editor =
        new ExternalEditor(
            environment,
            new ForegroundProgram(environment, cwd, place.life()),
            Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  Preferences preferences() {
    return preferences;
  }

  PersonalFiles personal() {
    return personal;
  }

  TerminalKind terminal() {
    return terminal;
  }

  InstantSource time() {
    return time;
  }

  /** The name of the directory that the session began in. */
  String project() {
    return String.valueOf(cwd.getFileName());
  }

  /** The key with which a drag selects in the terminal itself. */
  String bypass() {
    return terminal.family() == TerminalKind.Family.ITERM
            || environment.getOrDefault("TERM_PROGRAM", "").equals("Apple_Terminal")
        ? "option"
        : "shift";
  }

  /** Blocks while it runs: for whoever has given the terminal away. */
  ExternalEditor editor() {
    return editor;
  }

  /** The settings as they are now. */
  Settings settings() {
    return controller
        .session()
        .map(open -> open.workplace().place().settings().get())
        .orElse(atStart);
  }

  /** Where commands run now. */
  Path cwd() {
    return controller.session().map(OpenSession::cwd).orElse(cwd);
  }

  /**
   * The files that prompts can name.
   *
   * @param knowsMore called in the background
   */
  FileCompletions files(Runnable knowsMore) {
    ProjectFiles project =
        new ProjectFiles(
            this::cwd,
            home,
            preferences.respectIgnores(),
            List.of(home.resolve(".config/git/ignore")));
    return new FileCompletions(
        project,
        task -> Thread.ofPlatform().daemon().name("files").start(task),
        System::nanoTime,
        knowsMore);
  }

  /**
   * The command that fills the status line.
   *
   * @param told called in the background
   */
  StatusLine statusLine(Consumer<StatusLine.Shown> told) {
    return new StatusLine(processes, environment, background, told);
  }

  /**
   * Copies a text.
   *
   * @param sequence gets what the terminal has to be told, at once
   * @param fault told in the background when a tool failed
   * @return what was done, for the person
   */
  String copy(String text, Consumer<String> sequence, Consumer<String> fault) {
    Clipboard.Copy copy = new Clipboard(environment, terminal, installed).copy(text);
    if (!copy.sequence().isEmpty()) {
      sequence.accept(copy.sequence());
    }
    copy.tool()
        .ifPresent(
            tool ->
                background.execute(
                    () -> {
                      try {
                        new DetachedProgram(environment)
                            .feed(tool.command(), tool.extra(), tool.input(text))
                            .ifPresent(fault);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    return copy.said();
  }

  /**
   * Shows a page in the person's browser.
   *
   * @param address of http or https
   * @param fault told in the background when that failed
   * @return whether there is a browser here to show it in
   */
  boolean browse(String address, Consumer<String> fault) {
    Optional<String> opener = opener();
    opener.ifPresent(
        program ->
            background.execute(
                () -> {
                  try {
                    // Some openers stay until the browser is closed.
                    new DetachedProgram(environment)
                        .feed(
                            List.of(
                                "/bin/sh",
                                "-c",
                                "\"$0\" \"$1\" >/dev/null 2>&1 &",
                                program,
                                address),
                            Map.of(),
                            new byte[0])
                        .ifPresent(fault);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    return opener.isPresent();
  }

  /** The desktop's program for addresses; over SSH, and without a desktop, there is none. */
  private Optional<String> opener() {
    if (terminal.remote()) {
      return Optional.empty();
    }
    boolean desktop =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    if (desktop && installed.test("xdg-open")) {
      return Optional.of("xdg-open");
    }
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    return mac ? Optional.of("/usr/bin/open") : Optional.empty();
  }

  /** Takes a picture from the clipboard; what came of it is told in the background. */
  void takePicture(Consumer<PictureSource.Taken> told) {
    PictureSource source =
        new PictureSource(
            environment,
            terminal,
            installed,
            command ->
                processes.bytes(command, home(), PICTURE_LIMIT, 3 * InlinePicture.MAX_BYTES));
    background.execute(
        () -> {
          try {
            told.accept(source.take());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** The picture files that a paste names. */
  List<Path> droppedPictures(String paste) {
    return DroppedFiles.pictures(paste, home);
  }

  private Path home() {
    return Files.isDirectory(home) ? home : Path.of("/");
  }

  /** Runs the person's command for notices. */
  void notifyBy(String text, Consumer<String> fault) {
    Optional<String> command = preferences.notificationCommand();
    command.ifPresent(line -> background.execute(() -> runNotice(line, text, fault)));
  }

  private void runNotice(String line, String text, Consumer<String> fault) {
    try {
      RunningProcess process =
          processes.startFed(
              new Processes.Launch(
                  List.of("/bin/sh", "-c", line),
                  home(),
                  Map.of("AGENT_NOTIFICATION", text),
                  1024,
                  OutputSink.NONE,
                  _ -> {}),
              text.getBytes(StandardCharsets.UTF_8));
      if (!process.await(NOTICE_LIMIT)) {
        process.kill();
      } else if (process.exitCode() != 0) {
        fault.accept("notificationCommand ended with exit code " + process.exitCode() + ".");
      }
    } catch (IOException e) {
      fault.accept("notificationCommand can't be started: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what runs, but for tools that hold the clipboard. */
  @Override
  public void close() {
    processes.killAll();
  }
}
