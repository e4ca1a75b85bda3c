package dev.agent.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what files held before the agent changed them, so that a turn can be taken back. For each
 * checkpoint (one per prompt) the first state of each touched file is stored under {@code {hash of
 * the path}@v{N}}; the index is a text file of one line per state. At most a hundred checkpoints
 * are kept. Thread-safe.
 */
public final class FileHistory {
  /** How many checkpoints are kept. */
  public static final int MAX_CHECKPOINTS = 100;

  private static final String ABSENT = "absent";
  private static final String INDEX = "index";

  private final Path directory;
  private final List<State> states = new ArrayList<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final Set<Path> touched = new HashSet<>();
  private String checkpoint = "start";

  /** One stored state: what a file held when the checkpoint began. */
  private record State(String checkpoint, Path file, String stored, String mode) {
    String line() {
      return checkpoint
          + "\t"
          + stored
          + "\t"
          + mode
          + "\t"
          + file.toString().replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }
  }

  /**
   * @param directory of the session; made when the first file is stored
   */
  public FileHistory(Path directory) {
    this.directory = directory;
  }

  /** Opens the history of a session that goes on. */
  public static FileHistory reopen(Path directory) throws IOException {
    FileHistory history = new FileHistory(directory);
    Path index = directory.resolve(INDEX);
    if (Files.isRegularFile(index)) {
      for (String line : Files.readAllLines(index)) {
        String[] parts = line.split("\t", 4);
        if (parts.length == 4) {
          Path file =
              Path.of(parts[3].replace("\\t", "\t").replace("\\n", "\n").replace("\\\\", "\\"));
          history.states.add(new State(parts[0], file, parts[1], parts[2]));
          int at = parts[1].lastIndexOf("@v");
          if (at > 0) {
            history.versions.merge(
                parts[1].substring(0, at), Integer.parseInt(parts[1].substring(at + 2)), Math::max);
          }
        }
      }
    }
    return history;
  }

  /** From here on changes belong to this checkpoint, mostly the id of a user message. */
  public synchronized void checkpoint(String id) throws IOException {
    checkpoint = id;
    touched.clear();
    prune();
  }

  /**
   * Stores a file's present state, unless this checkpoint has one.
   *
   * @throws IOException when it can't be stored: then the file must not be changed
   */
  synchronized void before(Path file) throws IOException {
    if (!touched.add(file)) {
      return;
    }
    Files.createDirectories(directory);
    State state;
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      String key = TextFile.hash(file.toString().getBytes(StandardCharsets.UTF_8));
      String stored = key + "@v" + versions.merge(key, 1, Integer::sum);
      Files.copy(file, directory.resolve(stored), StandardCopyOption.REPLACE_EXISTING);
      state = new State(checkpoint, file, stored, mode(file));
    } else {
      state = new State(checkpoint, file, ABSENT, "-");
    }
    states.add(state);
    Files.writeString(
        directory.resolve(INDEX),
        state.line() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String mode(Path file) throws IOException {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (UnsupportedOperationException e) {
      return "-";
    }
  }

  /** The checkpoints that changed files, oldest first. */
  public synchronized List<String> checkpoints() {
    return states.stream().map(State::checkpoint).distinct().toList();
  }

  /**
   * What taking back did.
   *
   * @param skipped sentences about files that could not be restored
   */
  public record Rewound(List<Path> restored, List<Path> removed, List<String> skipped) {}

  /**
   * Brings all files back to where they were when the checkpoint began; files that it did not know
   * are left alone.
   */
  public synchronized Rewound rewind(String toCheckpoint) {
    int from = checkpoints().indexOf(toCheckpoint);
    List<String> later = from < 0 ? List.of() : checkpoints().subList(from, checkpoints().size());
    Map<Path, State> oldest = new java.util.LinkedHashMap<>();
    for (State state : states) {
      if (later.contains(state.checkpoint())) {
        oldest.putIfAbsent(state.file(), state);
      }
    }
    List<Path> restored = new ArrayList<>();
    List<Path> removed = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (State state : oldest.values()) {
      try {
        if (Files.isSymbolicLink(state.file())) {
          skipped.add(state.file() + " has become a link and was left alone.");
        } else if (state.stored().equals(ABSENT)) {
          if (Files.deleteIfExists(state.file())) {
            removed.add(state.file());
          }
        } else {
          Path parent = state.file().getParent();
          if (parent != null) {
            Files.createDirectories(parent);
          }
          Files.copy(
              directory.resolve(state.stored()), state.file(), StandardCopyOption.REPLACE_EXISTING);
          if (!state.mode().equals("-")) {
            Files.setPosixFilePermissions(
                state.file(), PosixFilePermissions.fromString(state.mode()));
          }
          restored.add(state.file());
        }
      } catch (IOException e) {
        skipped.add(Workspace.explain(e, state.file()));
      }
    }
    touched.clear();
    return new Rewound(restored, removed, skipped);
  }

  private void prune() throws IOException {
    List<String> all = checkpoints();
    if (all.size() <= MAX_CHECKPOINTS) {
      return;
    }
    Set<String> gone = new HashSet<>(all.subList(0, all.size() - MAX_CHECKPOINTS));
    for (State state : states) {
      if (gone.contains(state.checkpoint()) && !state.stored().equals(ABSENT)) {
        Files.deleteIfExists(directory.resolve(state.stored()));
      }
    }
    states.removeIf(state -> gone.contains(state.checkpoint()));
    StringBuilder index = new StringBuilder();
    states.forEach(state -> index.append(state.line()).append('\n'));
    Path fresh = directory.resolve(INDEX + ".new");
    Files.writeString(fresh, index);
    Files.move(
        fresh,
        directory.resolve(INDEX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
