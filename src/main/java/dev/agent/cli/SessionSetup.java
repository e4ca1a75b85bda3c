package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.message.Conversation;
import dev.agent.mode.EventHub;
import dev.agent.mode.Launch;
import dev.agent.model.ModelInfo;
import dev.agent.model.anthropic.WireRecord;
import dev.agent.runtime.UserError;
import dev.agent.session.Entry;
import dev.agent.session.LineFile;
import dev.agent.session.SessionFiles;
import dev.agent.session.SessionLoader;
import dev.agent.session.SessionLog;
import dev.agent.session.Sessions;
import dev.agent.session.Transcript;
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

  private final Launch launch;
  private final Sessions sessions;
  private final List<String> notices;
  private final Optional<Path> from;
  private final String id;
  private final Path file;

  /**
   * @throws UserError when the session that is asked for does not exist, or the flags contradict
   *     each other
   */
  SessionSetup(Launch launch, Places places, List<String> notices) {
    this.launch = launch;
    this.notices = notices;
    this.sessions = new Sessions(places.data());
    Path cwd = launch.world().cwd();
    launch
        .sessionId()
        .filter(it -> !UUID.matcher(it).matches())
        .ifPresent(
            it -> {
              throw new UserError(
                  "--session-id: \"" + it + "\" is no UUID.",
                  "Give one such as 123e4567-e89b-12d3-a456-426614174000.");
            });
    if (launch.fork() && !launch.continueLatest() && launch.resume().isEmpty()) {
      throw new UserError(
          "--fork-session needs a session to copy.", "Add --continue or --resume ID.");
    }
    if (launch.continueLatest() && launch.resume().isPresent()) {
      throw new UserError("--continue and --resume exclude each other.", "Use one of them.");
    }
    this.from =
        launch.resume().isPresent()
            ? Optional.of(
                sessions
                    .find(cwd, launch.resume().get())
                    .orElseThrow(
                        () ->
                            new UserError(
                                "No conversation found with session ID: " + launch.resume().get(),
                                "List them with: agent sessions --all")))
            : launch.continueLatest()
                ? Optional.of(
                    sessions
                        .latest(cwd)
                        .orElseThrow(
                            () ->
                                new UserError(
                                    "No conversation found to continue in " + cwd + ".", "")))
                : Optional.empty();
    boolean goesOn = from.isPresent() && !launch.fork();
    this.id =
        goesOn ? idOf(from.get()) : launch.sessionId().orElseGet(() -> launch.world().ids().next());
    this.file = goesOn ? from.get() : sessions.file(cwd, id);
    if (!goesOn && launch.sessionId().isPresent() && Files.exists(file)) {
      throw new UserError(
          "Session " + id + " exists already.",
          "Go on with it with --resume " + id + ", or give another --session-id.");
    }
  }

  private static String idOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".jsonl".length());
  }

  String id() {
    return id;
  }

  /**
   * A session that is open.
   *
   * @param seen what the model has seen of files, from the last time
   */
  record Opened(
      SessionLog log,
      SessionFiles files,
      FileHistory history,
      Conversation conversation,
      Map<String, String> seen,
      Optional<LineFile> recording) {

    Optional<WireRecord> record(List<String> secrets) {
      return recording.map(lines -> new WireRecord(lines, secrets));
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

  /**
   * Opens it; what is odd about it goes to the notices. Where sessions can't be saved, the run goes
   * on without.
   */
  Opened open(EventHub events, Launch.World world, ModelInfo model) {
    Conversation conversation = Conversation.empty();
    Map<String, String> seen = Map.of();
    if (from.isPresent()) {
      try {
        SessionLoader.Loaded loaded = SessionLoader.load(from.get());
        conversation = loaded.conversation();
        loaded.problems().forEach(problem -> notices.add("session: " + problem));
        for (Entry entry : loaded.entries().reversed()) {
          if (entry instanceof Entry.Seen(Map<String, String> files)) {
            seen = files;
            break;
          }
        }
      } catch (IOException e) {
        throw new UserError(
            "The session " + from.get() + " can't be read (" + e.getMessage() + ").",
            "Check the file.");
      }
    }
    SessionLog log = launch.persist() ? transcript(events, world, model) : SessionLog.NONE;
    SessionFiles files = files(log != SessionLog.NONE);
    return new Opened(log, files, history(files), conversation, seen, recording());
  }

  private SessionFiles files(boolean lasting) {
    try {
      return SessionFiles.in(sessions.filesOf(file), lasting);
    } catch (IOException e) {
      throw new UserError(
          "No directory for files of the session can be made (" + e.getMessage() + ").",
          "Make the data directory or the temporary directory writable.");
    }
  }

  private SessionLog transcript(EventHub events, Launch.World world, ModelInfo model) {
    try {
      if (launch.fork() && from.isPresent()) {
        Path copy = sessions.fork(from.get(), world.cwd(), id);
        notices.add("Session " + idOf(from.get()) + " goes on as " + idOf(copy) + ".");
      }
      Transcript transcript =
          Transcript.open(
              file,
              id,
              world.ids(),
              world.time(),
              text -> events.accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, text)));
      transcript.append(
          new Entry.Meta(
              world.cwd().toString(),
              world.version(),
              model.id(),
              launch.fork() ? from.map(SessionSetup::idOf).orElse("") : ""));
      return transcript;
    } catch (IOException e) {
      notices.add(
          "Sessions can't be saved here (" + e.getMessage() + "); this one ends with the run.");
      return SessionLog.NONE;
    }
  }

  private FileHistory history(SessionFiles files) {
    Path directory = files.directory().resolve("history");
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
      return Optional.of(new LineFile(launch.world().cwd().resolve(launch.record().get())));
    } catch (IOException e) {
      throw new UserError(
          "--record: " + launch.record().get() + " can't be written (" + e.getMessage() + ").",
          "Give a file in a directory that exists.");
    }
  }
}
