package dev.agent.session;

import dev.agent.runtime.Ids;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in a data directory: {@code <data>/projects/<cwd with '-' for every
 * non-alphanumeric>/<session-id>.jsonl}. Make one per process and data directory: it knows which
 * sessions this process itself is writing. Thread-safe.
 */
public final class Sessions {
  private final Path projects;
  private final Ids ids;
  private final InstantSource time;
  private final List<String> secrets;
  private final LogListener listener;
  private final Set<Path> held = new HashSet<>();

  /**
   * A session that goes on.
   *
   * @param log where it goes on
   * @param session what was there, mended; the mending is already in the log
   */
  public record Opened(SessionLog log, LoadedSession session) {}

  /**
   * @param data the user's data directory; made when the first entry is written
   * @param secrets values that must never reach a transcript
   * @param listener hears when a session can't be saved
   */
  public Sessions(
      Path data, Ids ids, InstantSource time, List<String> secrets, LogListener listener) {
    this.projects = data.toAbsolutePath().resolve("projects");
    this.ids = ids;
    this.time = time;
    this.secrets = List.copyOf(secrets);
    this.listener = listener;
  }

  /** The directory of a project's sessions. */
  public Path directory(Path cwd) {
    String path = cwd.toAbsolutePath().normalize().toString();
    StringBuilder name = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      name.append(
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '-');
    }
    if (name.length() > 200) {
      // File names end at 255 bytes; the hash keeps two deep directories apart.
      name.setLength(190);
      name.append('-').append(Integer.toHexString(path.hashCode()));
    }
    return projects.resolve(name.toString());
  }

  /**
   * Starts a session. Nothing is written before its first entry, which should be a {@link
   * Entry.Meta}.
   *
   * @throws UserError when the id is no UUID, or taken
   */
  public SessionLog create(Path cwd, String sessionId) {
    Path file = directory(cwd).resolve(checkedId(sessionId) + ".jsonl");
    if (Files.exists(file)) {
      throw new UserError(
          "Session ID " + sessionId + " is already in use.",
          "Resume it with --resume " + sessionId + ", or choose another id.");
    }
    return open(file, new Transcript.Start(sessionId, 0, ""));
  }

  /**
   * Goes on with a session: takes the right to write it, cuts a torn end off, loads it, and records
   * how open tool calls were answered.
   *
   * @throws UserError when another process is writing it, or it can't be read
   */
  public Opened resume(Path file, EffectProbe probe) {
    SessionLock lock = lock(file);
    boolean opened = false;
    try {
      LoadedSession session;
      try {
        if (lock != null) {
          Journal.mend(file);
        }
        session = new SessionLoader(probe).load(file);
      } catch (IOException e) {
        throw new UserError(
            "Session file " + file + " can't be read: " + e.getMessage() + ".",
            "Check its permissions.");
      }
      SessionLog log =
          transcript(
              file, lock, new Transcript.Start(session.sessionId(), session.seq(), session.leaf()));
      opened = true;
      for (Entry repair : session.repairs()) {
        log.append(repair);
      }
      return new Opened(log, session);
    } finally {
      if (!opened) {
        release(file, lock);
      }
    }
  }

  /**
   * Starts a session that continues another one as it is now. The other's file is only read, and
   * its lines are not copied: the new file refers to them.
   *
   * @throws UserError when the id is no UUID or taken, or the other can't be read
   */
  public Opened fork(Path file, String newId, EffectProbe probe) {
    Path target = file.resolveSibling(checkedId(newId) + ".jsonl");
    if (Files.exists(target)) {
      throw new UserError("Session ID " + newId + " is already in use.", "Choose another id.");
    }
    LoadedSession parent;
    long bytes;
    try {
      bytes = Files.size(file);
      parent = new SessionLoader(probe).load(file);
    } catch (IOException e) {
      throw new UserError(
          "Session file " + file + " can't be read: " + e.getMessage() + ".",
          "Check its permissions.");
    }
    SessionLog log = open(target, new Transcript.Start(newId, parent.seq(), parent.leaf()));
    log.append(
        new Entry.ForkedFrom(
            parent.sessionId(), file.getFileName().toString(), bytes, parent.leaf()));
    Entry.Meta meta = parent.meta();
    log.append(
        new Entry.Meta(
            meta.cwd(), meta.version(), meta.model(), meta.gitBranch(), forkTitle(file, parent)));
    for (Entry repair : parent.repairs()) {
      log.append(repair);
    }
    return new Opened(log, parent);
  }

  private static String forkTitle(Path file, LoadedSession parent) {
    return parent.title().isEmpty()
        ? SessionInfo.read(file).map(SessionInfo::title).orElse("")
        : parent.title();
  }

  private SessionLog open(Path file, Transcript.Start start) {
    return transcript(file, lock(file), start);
  }

  private SessionLog transcript(Path file, @Nullable SessionLock lock, Transcript.Start start) {
    return new Transcript(file, start, ids, time, secrets, listener, () -> release(file, lock));
  }

  /**
   * Null where no lock file can be made: then nothing can be written either, which the transcript
   * says.
   */
  private @Nullable SessionLock lock(Path file) {
    synchronized (held) {
      if (!held.add(file.toAbsolutePath().normalize())) {
        throw inUse(file, "this process");
      }
    }
    boolean kept = false;
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        PrivateFiles.createDirectories(directory);
      }
      SessionLock lock = SessionLock.take(lockFile(file));
      kept = true;
      return lock;
    } catch (SessionLock.HeldException e) {
      throw inUse(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      kept = true;
      return null;
    } finally {
      if (!kept) {
        forget(file);
      }
    }
  }

  /** Whether this process is writing the session. */
  boolean isHeld(Path file) {
    synchronized (held) {
      return held.contains(file.toAbsolutePath().normalize());
    }
  }

  static Path lockFile(Path file) {
    return file.resolveSibling(id(file) + ".lock");
  }

  private void release(Path file, @Nullable SessionLock lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      listener.notice(
          "The lock of session " + id(file) + " could not be removed: " + e.getMessage() + ".");
    } finally {
      forget(file);
    }
  }

  private void forget(Path file) {
    synchronized (held) {
      held.remove(file.toAbsolutePath().normalize());
    }
  }

  private static UserError inUse(Path file, String holder) {
    return new UserError(
        "Session " + id(file) + " is open in " + holder + ".",
        "Add --fork-session to go on in a copy, or end the other one first; it can be read"
            + " meanwhile.");
  }

  static String id(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jsonl") ? name.substring(0, name.length() - 6) : name;
  }

  private static String checkedId(String id) {
    boolean good = id.length() == 36;
    for (int i = 0; good && i < 36; i++) {
      char c = id.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      good = dash ? c == '-' : Character.digit(c, 16) >= 0 && c < 128;
    }
    if (!good) {
      throw new UserError(
          "\"" + id + "\" is not a session ID.",
          "It has to be a UUID, such as 123e4567-e89b-42d3-a456-426614174000.");
    }
    return id.toLowerCase(Locale.ROOT);
  }

  /** All journals, in no order; empty when there are none or the directory can't be read. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path directory : children(projects)) {
      addFiles(directory, files);
    }
    return files;
  }

  private static void addFiles(Path directory, List<Path> files) {
    for (Path file : children(directory)) {
      if (file.getFileName().toString().endsWith(".jsonl")) {
        files.add(file);
      }
    }
  }

  private static List<Path> children(Path directory) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return children;
    }
    return children;
  }

  /** The sessions of all projects, latest first. Reads the head and the tail of each file only. */
  public List<SessionInfo> list() {
    return infos(files());
  }

  /** The sessions of one project, latest first. */
  public List<SessionInfo> list(Path cwd) {
    List<Path> files = new ArrayList<>();
    addFiles(directory(cwd), files);
    return infos(files);
  }

  private static List<SessionInfo> infos(List<Path> files) {
    return files.parallelStream()
        .map(SessionInfo::read)
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparing(SessionInfo::modified).reversed().thenComparing(SessionInfo::id))
        .toList();
  }

  /** The session of this project that was written last: what {@code --continue} means. */
  public Optional<Path> latest(Path cwd) {
    return list(cwd).stream().filter(info -> info.turns() != 0).map(SessionInfo::file).findFirst();
  }

  /**
   * The session meant by an id, the start of one (at least four characters), or a title. Sessions
   * of {@code cwd} go first.
   *
   * @throws UserError when none fits, or more than one
   */
  public Path find(String idOrTitle, Path cwd) {
    String wanted = idOrTitle.strip().toLowerCase(Locale.ROOT);
    if (isPlain(wanted)) {
      Path exact = file(cwd, wanted);
      if (Files.isRegularFile(exact)) {
        return exact;
      }
    }
    List<Path> files = files();
    List<Path> found = files.stream().filter(file -> id(file).equalsIgnoreCase(wanted)).toList();
    if (found.isEmpty() && wanted.length() >= 4) {
      found =
          files.stream()
              .filter(file -> id(file).toLowerCase(Locale.ROOT).startsWith(wanted))
              .toList();
    }
    if (found.isEmpty() && !wanted.isEmpty()) {
      found =
          infos(files).stream()
              .filter(info -> info.title().strip().toLowerCase(Locale.ROOT).equals(wanted))
              .map(SessionInfo::file)
              .toList();
    }
    if (found.size() > 1) {
      List<Path> here =
          found.stream().filter(file -> directory(cwd).equals(file.getParent())).toList();
      found = here.isEmpty() ? found : here;
    }
    if (found.isEmpty()) {
      throw new UserError("No conversation found with session ID: " + idOrTitle, "");
    }
    if (found.size() > 1) {
      throw new UserError(
          "\""
              + idOrTitle
              + "\" fits "
              + found.size()
              + " sessions: "
              + String.join(", ", found.stream().limit(5).map(Sessions::id).toList())
              + ".",
          "Give more of the id.");
    }
    return found.getFirst();
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  /** The journal's path of a session of this project, whether it exists or not. */
  public Path file(Path cwd, String sessionId) {
    return directory(cwd).resolve(sessionId + ".jsonl");
  }
}
