package dev.agent.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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

  /** In place of a checkpoint: this line says what the agent was about to write. */
  private static final String WRITES = "=";

  private final Path directory;
  private final List<State> states = new ArrayList<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final Map<Path, Set<String>> written = new HashMap<>();
  private final Set<Path> touched = new HashSet<>();
  private String checkpoint = "start";

  /** One stored state: what a file held when the checkpoint began. */
  private record State(String checkpoint, Path file, String stored, String mode) {
    String line() {
      return escaped(checkpoint)
          + "\t"
          + stored
          + "\t"
          + mode
          + "\t"
          + escaped(file.toString())
          + "\n";
    }
  }

  /**
   * @param directory of the session; made when the first file is stored
   */
  public FileHistory(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the history of a session that goes on; lines that make no sense are left out. What a
   * killed agent left beside the files it was writing is removed.
   */
  public static FileHistory reopen(Path directory) throws IOException {
    FileHistory history = new FileHistory(directory);
    Path index = directory.resolve(INDEX);
    if (Files.isRegularFile(index)) {
      mend(index);
      for (String line :
          new String(Files.readAllBytes(index), StandardCharsets.UTF_8).split("\n", -1)) {
        history.load(line.split("\t", 4));
      }
      for (Path parent : history.parents()) {
        if (Files.isDirectory(parent)) {
          FileWriter.removeLeftovers(parent);
        }
      }
    }
    return history;
  }

  /** A last line that was cut off gets its end, so that the next one stands alone. */
  private static void mend(Path index) throws IOException {
    byte[] bytes = Files.readAllBytes(index);
    if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
      Files.writeString(index, "\n", StandardOpenOption.APPEND);
    }
  }

  private void load(String[] parts) {
    if (parts.length < 4) {
      return;
    }
    try {
      Path file = Path.of(unescaped(parts[3]));
      if (parts[0].equals(WRITES)) {
        written.computeIfAbsent(file, _ -> new HashSet<>()).add(parts[1]);
        return;
      }
      int at = parts[1].lastIndexOf("@v");
      if (at > 0) {
        versions.merge(
            parts[1].substring(0, at), Integer.parseInt(parts[1].substring(at + 2)), Math::max);
      } else if (!parts[1].equals(ABSENT)) {
        return;
      }
      states.add(new State(unescaped(parts[0]), file, parts[1], parts[2]));
    } catch (InvalidPathException | NumberFormatException e) {
      return; // a line that was torn when the agent was killed
    }
  }

  private Set<Path> parents() {
    Set<Path> parents = new HashSet<>();
    for (State state : states) {
      if (state.file().getParent() != null) {
        parents.add(state.file().getParent());
      }
    }
    return parents;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c = text.charAt(i) == 'n' ? '\n' : text.charAt(i) == 't' ? '\t' : text.charAt(i);
      }
      out.append(c);
    }
    return out.toString();
  }

  /** From here on changes belong to this checkpoint, mostly the id of a user message. */
  public synchronized void checkpoint(String id) throws IOException {
    checkpoint = id;
    touched.clear();
    prune();
  }

  /**
   * Stores a file's present state, unless this checkpoint has one, and notes what it is going to
   * hold.
   *
   * @param hash of the new content
   * @throws IOException when it can't be stored: then the file must not be changed
   */
  synchronized void before(Path file, String hash) throws IOException {
    keep(file);
    wrote(file, hash);
  }

  /**
   * Stores a file's present state, unless this checkpoint has one: something is about to change or
   * remove it that does not go through the agent's own hands.
   *
   * @param file its parent without links; the file itself no link
   * @throws IOException when it can't be stored
   */
  public synchronized void keep(Path file) throws IOException {
    if (!touched.contains(file)) {
      makeDirectory();
      State state;
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        String key = TextFile.hash(file.toString().getBytes(StandardCharsets.UTF_8));
        String stored = key + "@v" + versions.merge(key, 1, Integer::sum);
        Path copy = directory.resolve(stored);
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        restrict(copy, "rw-------");
        state = new State(checkpoint, file, stored, mode(file));
      } else {
        state = new State(checkpoint, file, ABSENT, "-");
      }
      append(state.line());
      states.add(state);
      touched.add(file);
    }
  }

  /**
   * Notes what a kept file holds now as the agent's doing, so that taking back may replace it.
   *
   * @throws IOException when it can't be read or noted: then taking back leaves it alone
   */
  public synchronized void settle(Path file) throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      wrote(file, TextFile.hash(Files.readAllBytes(file)));
    }
  }

  /** Notes that a file with this content is the agent's doing: rewinding may replace it. */
  synchronized void wrote(Path file, String hash) throws IOException {
    if (written.computeIfAbsent(file, _ -> new HashSet<>()).add(hash)) {
      append(writes(file, hash));
    }
  }

  private static String writes(Path file, String hash) {
    return WRITES + "\t" + hash + "\t-\t" + escaped(file.toString()) + "\n";
  }

  private void append(String line) throws IOException {
    makeDirectory();
    Files.writeString(
        directory.resolve(INDEX), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void makeDirectory() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      restrict(directory, "rwx------");
    }
  }

  /** Copies of private files must not be readable for more people than the files. */
  private static void restrict(Path path, String mode) throws IOException {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (UnsupportedOperationException e) {
      return; // a file system without modes
    }
  }

  private static String mode(Path file) throws IOException {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (UnsupportedOperationException e) {
      return "-";
    }
  }

  /**
   * A file that the agent changed, with what it held before the first change that is still known.
   *
   * @param before empty when it did not exist
   */
  public record Original(Path file, Optional<byte[]> before) {}

  /**
   * The files that were changed, in the order of their first change.
   *
   * @throws IOException when what a file held can't be read
   */
  public synchronized List<Original> originals() throws IOException {
    return originals(_ -> true);
  }

  /**
   * The files that were changed since a checkpoint began, with what they held then.
   *
   * @throws IOException when what a file held can't be read
   */
  public synchronized List<Original> originals(String checkpoint) throws IOException {
    return originals(since(checkpoint)::contains);
  }

  private List<Original> originals(Predicate<String> checkpoints) throws IOException {
    Map<Path, State> first = new LinkedHashMap<>();
    for (State state : states) {
      if (checkpoints.test(state.checkpoint())) {
        first.putIfAbsent(state.file(), state);
      }
    }
    List<Original> originals = new ArrayList<>();
    for (State state : first.values()) {
      originals.add(
          new Original(
              state.file(),
              state.stored().equals(ABSENT)
                  ? Optional.empty()
                  : Optional.of(Files.readAllBytes(directory.resolve(state.stored())))));
    }
    return originals;
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
   * Brings all files back to where they were when the checkpoint began, and forgets the later
   * checkpoints. Files that it did not know are left alone, and so are those that somebody else
   * changed since, links, and files with further hard links: these are named.
   */
  public synchronized Rewound rewind(String toCheckpoint) {
    Set<String> later = since(toCheckpoint);
    Map<Path, State> oldest = new LinkedHashMap<>();
    for (State state : states) {
      if (later.contains(state.checkpoint())) {
        oldest.putIfAbsent(state.file(), state);
      }
    }
    List<Path> restored = new ArrayList<>();
    List<Path> removed = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Set<Path> settled = new HashSet<>();
    for (State state : oldest.values()) {
      try {
        Optional<String> objection = objection(state.file());
        if (objection.isPresent()) {
          skipped.add(state.file() + " " + objection.get() + " and was left alone.");
        } else {
          take(state, restored, removed);
          settled.add(state.file());
        }
      } catch (IOException e) {
        skipped.add(Workspace.explain(e, state.file()));
      }
    }
    touched.clear();
    List<State> done =
        states.stream()
            .filter(state -> later.contains(state.checkpoint()) && settled.contains(state.file()))
            .toList();
    states.removeAll(done);
    try {
      for (State state : done) {
        if (!state.stored().equals(ABSENT)) {
          Files.deleteIfExists(directory.resolve(state.stored()));
        }
      }
      rewriteIndex();
    } catch (IOException e) {
      skipped.add("The file history could not be saved: " + Workspace.explain(e, directory));
    }
    return new Rewound(restored, removed, skipped);
  }

  /** The checkpoint and those after it; none when it is not known. */
  private Set<String> since(String checkpoint) {
    List<String> all = checkpoints();
    int from = all.indexOf(checkpoint);
    return from < 0 ? Set.of() : new HashSet<>(all.subList(from, all.size()));
  }

  /** Why a file must not be touched; empty when it may. */
  private Optional<String> objection(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (Files.isSymbolicLink(file)) {
      return Optional.of("has become a link");
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of("is no regular file any more");
    }
    if (FileWriter.links(file) > 1) {
      return Optional.of("has further hard links");
    }
    Path parent = file.getParent();
    if (parent != null && !parent.toRealPath().equals(parent)) {
      return Optional.of("is now reached through a link");
    }
    String hash = TextFile.hash(Files.readAllBytes(file));
    return written.getOrDefault(file, Set.of()).contains(hash) || isStored(file, hash)
        ? Optional.empty()
        : Optional.of("was changed by someone else since");
  }

  /** Whether the content is one that the history could bring back: then nothing is lost. */
  private boolean isStored(Path file, String hash) throws IOException {
    for (State state : states) {
      if (state.file().equals(file)
          && !state.stored().equals(ABSENT)
          && TextFile.hash(Files.readAllBytes(directory.resolve(state.stored()))).equals(hash)) {
        return true;
      }
    }
    return false;
  }

  private void take(State state, List<Path> restored, List<Path> removed) throws IOException {
    if (state.stored().equals(ABSENT)) {
      if (Files.deleteIfExists(state.file())) {
        removed.add(state.file());
      }
      return;
    }
    byte[] bytes = Files.readAllBytes(directory.resolve(state.stored()));
    FileWriter.put(state.file(), bytes);
    if (!state.mode().equals("-")) {
      restrict(state.file(), state.mode());
    }
    written.computeIfAbsent(state.file(), _ -> new HashSet<>()).add(TextFile.hash(bytes));
    restored.add(state.file());
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
    rewriteIndex();
  }

  private void rewriteIndex() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    StringBuilder index = new StringBuilder();
    Set<Path> known = new HashSet<>();
    for (State state : states) {
      index.append(state.line());
      known.add(state.file());
    }
    written.keySet().retainAll(known);
    written.forEach((file, hashes) -> hashes.forEach(hash -> index.append(writes(file, hash))));
    Path fresh = directory.resolve(INDEX + ".new");
    Files.writeString(fresh, index);
    Files.move(
        fresh,
        directory.resolve(INDEX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
