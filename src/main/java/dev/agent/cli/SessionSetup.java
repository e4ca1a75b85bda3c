package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.message.Usage;
import dev.agent.mode.EventHub;
import dev.agent.mode.Launch;
import dev.agent.model.ModelInfo;
import dev.agent.model.anthropic.Recorder;
import dev.agent.runtime.UserError;
import dev.agent.session.EffectProbe;
import dev.agent.session.Entry;
import dev.agent.session.ForeignTranscript;
import dev.agent.session.Line;
import dev.agent.session.LineFile;
import dev.agent.session.LoadedSession;
import dev.agent.session.MemoryLog;
import dev.agent.session.SessionFiles;
import dev.agent.session.SessionLoader;
import dev.agent.session.SessionLog;
import dev.agent.session.Sessions;
import dev.agent.settings.Places;
import dev.agent.workspace.FileHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which session a run works on: a new one, one that goes on, or a copy of one. */
final class SessionSetup {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final String SUFFIX = ".jsonl";

  private final Launch launch;
  private final Launch.World world;
  private final Sessions sessions;
  private final List<String> notices;
  private final Optional<Path> from;
  private final EventHub events;
  private final boolean imported;
  private final String id;

  /**
   * @throws UserError when the session that is asked for does not exist, or the flags contradict
   *     each other
   */
  SessionSetup(Launch launch, Places places, List<String> notices, EventHub events) {
    this.launch = launch;
    this.world = launch.world();
    this.notices = notices;
    this.events = events;
    this.sessions =
        new Sessions(
            places.data(), world.ids(), world.time(), Secrets.of(world.environment()), this::warn);
    checkFlags();
    this.from =
        launch.resume().isPresent()
            ? Optional.of(find(launch.resume().get()))
            : launch.continueLatest() ? Optional.of(latest()) : Optional.empty();
    this.imported = from.isPresent() && isForeign(from.get());
    boolean goesOn = from.isPresent() && !launch.fork() && !imported;
    this.id = goesOn ? idOf(from.get()) : launch.sessionId().orElseGet(() -> world.ids().next());
  }

  private void checkFlags() {
    if (launch.sessionId().filter(it -> !UUID.matcher(it).matches()).isPresent()) {
      throw new UserError(
          "--session-id: \"" + launch.sessionId().get() + "\" is no UUID.",
          "Give one such as 123e4567-e89b-12d3-a456-426614174000.");
    }
    if (launch.fork() && !launch.continueLatest() && launch.resume().isEmpty()) {
      throw new UserError(
          "--fork-session needs a session to copy.", "Add --continue or --resume ID.");
    }
    if (launch.continueLatest() && launch.resume().isPresent()) {
      throw new UserError("--continue and --resume exclude each other.", "Use one of them.");
    }
  }

  private Path find(String wanted) {
    if (wanted.endsWith(SUFFIX)) {
      Path file = world.cwd().resolve(wanted);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return sessions.find(wanted, world.cwd());
  }

  private Path latest() {
    return sessions
        .latest(world.cwd())
        .orElseThrow(
            () ->
                new UserError(
                    "No conversation found to continue in " + world.cwd() + ".",
                    "Begin one with -p, or list all with: agent sessions --all"));
  }

  private static boolean isForeign(Path file) {
    try {
      return ForeignTranscript.isForeign(file);
    } catch (IOException e) {
      return false; // opening it says what is wrong
    }
  }

  private static String idOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - SUFFIX.length());
  }

  String id() {
    return id;
  }

  Sessions sessions() {
    return sessions;
  }

  /** How the session begins: {@code startup}, {@code resume} or {@code fork}. */
  String source() {
    return from.isEmpty() ? "startup" : launch.fork() || imported ? "fork" : "resume";
  }

  /** The journal's path; where nothing is kept, a file that holds nothing. */
  String journal() {
    boolean goesOn = from.isPresent() && !launch.fork() && !imported;
    return !launch.persist()
        ? "/dev/null"
        : (goesOn ? from.get() : sessions.file(world.cwd(), id)).toString();
  }

  /**
   * A session that is open.
   *
   * @param seen what the model has seen of files, from the last time
   * @param points where it can be taken back to
   */
  record Opened(
      SessionLog log,
      SessionFiles files,
      FileHistory history,
      Conversation conversation,
      String title,
      RewindPoints points,
      Map<String, String> seen,
      Optional<LineFile> recording) {

    Optional<Recorder> record(List<String> secrets) {
      return recording.map(lines -> new Recorder(lines, secrets, System::nanoTime));
    }

    void close() {
      log.close();
      recording.ifPresent(
          lines -> {
            try {
              lines.close();
            } catch (IOException e) {
              // Each line was written when it came; only the handle is lost.
            }
          });
    }
  }

  /** Opens it; what is odd about it goes to the notices. */
  Opened open(ModelInfo model) {
    SessionLog log;
    Conversation conversation = Conversation.empty();
    Map<String, String> seen = Map.of();
    List<Line> lines = List.of();
    String title = "";
    if (from.isPresent() && imported) {
      log = fresh();
      conversation = foreign(from.get(), log);
    } else if (from.isPresent()) {
      Sessions.Opened opened = existing(from.get());
      log = opened.log();
      LoadedSession session = opened.session();
      session.problems().forEach(problem -> notices.add("session: " + problem));
      conversation = session.conversation();
      lines = session.lines();
      title = session.title();
      seen = seen(session);
    } else {
      log = fresh();
    }
    log.append(new Entry.Meta(world.cwd().toString(), world.version(), model.id(), "", ""));
    SessionFiles files = files();
    FileHistory history = history(files);
    RewindPoints points = new RewindPoints(log, history, world.ids(), world.time(), lines);
    return new Opened(log, files, history, conversation, title, points, seen, recording());
  }

  private SessionLog fresh() {
    return launch.persist()
        ? sessions.create(world.cwd(), id)
        : new MemoryLog(id, world.ids(), world.time());
  }

  private Sessions.Opened existing(Path file) {
    if (!launch.persist()) {
      try {
        return new Sessions.Opened(
            new MemoryLog(id, world.ids(), world.time()),
            new SessionLoader(EffectProbe.files()).load(file));
      } catch (IOException e) {
        throw new UserError(
            "The session " + file + " can't be read (" + e.getMessage() + ").", "Check the file.");
      }
    }
    return launch.fork()
        ? sessions.fork(file, id, EffectProbe.files())
        : sessions.resume(file, EffectProbe.files());
  }

  private static Map<String, String> seen(LoadedSession session) {
    for (Line line : session.lines().reversed()) {
      if (line.entry() instanceof Entry.ReadStateSnapshot(Map<String, String> hashes)) {
        return hashes;
      }
    }
    return Map.of();
  }

  /** Takes over a conversation of the compatible tool, as the beginning of a session of our own. */
  private Conversation foreign(Path file, SessionLog log) {
    try {
      ForeignTranscript.Imported read = ForeignTranscript.read(file);
      read.problems().forEach(problem -> notices.add("session: " + problem));
      int number = 0;
      for (Message message : read.conversation().messages()) {
        number++;
        log.append(
            message.role() == Role.ASSISTANT
                ? new Entry.Assistant(
                    message, "imported-" + number, "", "", "end_turn", Usage.ZERO, Optional.empty())
                : new Entry.User(message, Entry.Origin.PROMPT));
      }
      return read.conversation();
    } catch (IOException e) {
      throw new UserError(
          "The session " + file + " can't be read (" + e.getMessage() + ").", "Check the file.");
    }
  }

  private SessionFiles files() {
    try {
      Path journal = sessions.file(world.cwd(), id);
      String name = String.valueOf(journal.getFileName());
      Path directory = journal.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
      return SessionFiles.in(directory, launch.persist());
    } catch (IOException e) {
      throw new UserError(
          "No directory for files of the session can be made (" + e.getMessage() + ").",
          "Make the data directory or the temporary directory writable.");
    }
  }

  private FileHistory history(SessionFiles files) {
    Path directory = files.directory().resolve("history");
    if (launch.readOnly()) {
      return new FileHistory(directory); // reopening tidies up beside the files it knows
    }
    try {
      return FileHistory.reopen(directory);
    } catch (IOException e) {
      notices.add(
          "The file history of the session can't be read ("
              + e.getMessage()
              + "); a new one begins.");
      return new FileHistory(directory);
    }
  }

  private Optional<LineFile> recording() {
    if (launch.record().isEmpty()) {
      return Optional.empty();
    }
    try {
      String file = launch.record().get();
      return Optional.of(new LineFile(world.cwd().resolve(file), e -> incomplete(file, e)));
    } catch (IOException e) {
      throw new UserError(
          "--record: " + launch.record().get() + " can't be written (" + e.getMessage() + ").",
          "Give a file in a directory that exists.");
    }
  }

  private void incomplete(String file, IOException why) {
    warn(
        "--record: "
            + file
            + " can't be written ("
            + why.getMessage()
            + "); the recording is not complete.");
  }

  private void warn(String text) {
    events.accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, text));
  }
}
