package dev.agent.workspace;

import dev.agent.workspace.HistoryStore.Copy;
import dev.agent.workspace.HistoryStore.State;
import dev.agent.workspace.HistoryStore.Writing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
 * the path}@v{N}} in a {@link HistoryStore}. At most a hundred checkpoints are kept. Thread-safe.
 */
public final class FileHistory {
  /** How many checkpoints are kept. */
  public static final int MAX_CHECKPOINTS = 100;

  private final HistoryStore store;
  private final List<State> states = new ArrayList<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final Map<Path, Set<String>> written = new HashMap<>();
  private final Set<Path> touched = new HashSet<>();
  private String checkpoint = "start";

  /**
   * @param directory of the session; made when the first file is stored
   */
  public FileHistory(Path directory) {
    this.store = new HistoryStore(directory);
  }

  /**
   * Opens the history of a session that goes on; lines that make no sense are left out. What a
   * killed agent left beside the files it was writing is removed.
   */
  public static FileHistory reopen(Path directory) throws IOException {
    FileHistory history = new FileHistory(directory);
    for (HistoryStore.Line line : history.store.lines()) {
      switch (line) {
        case State state -> history.load(state);
        case Writing(Path file, String hash) -> history.written(file).add(hash);
      }
    }
    for (Path parent : history.parents()) {
      if (Files.isDirectory(parent)) {
        FileWriter.removeLeftovers(parent);
      }
    }
    return history;
  }

  private void load(State state) {
    state.copy().ifPresent(copy -> versions.merge(copy.key(), copy.version(), Math::max));
    states.add(state);
  }

  /** The contents of a file that are the agent's doing. */
  private Set<String> written(Path file) {
    return written.computeIfAbsent(file, _ -> new HashSet<>());
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
      State state = state(file);
      store.append(state);
      states.add(state);
      touched.add(file);
    }
  }

  private State state(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new State(checkpoint, file, Optional.empty(), HistoryStore.NO_MODE);
    }
    String key = TextFile.hash(file.toString().getBytes(StandardCharsets.UTF_8));
    Copy copy = new Copy(key, versions.merge(key, 1, Integer::sum));
    store.keep(file, copy);
    return new State(checkpoint, file, Optional.of(copy), HistoryStore.mode(file));
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
    if (written(file).add(hash)) {
      store.append(new Writing(file, hash));
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
    List<Original> originals = new ArrayList<>();
    for (State state : first(checkpoints)) {
      originals.add(new Original(state.file(), store.bytes(state)));
    }
    return originals;
  }

  /** What each file held first in these checkpoints, in the order of their first change. */
  private Collection<State> first(Predicate<String> checkpoints) {
    Map<Path, State> first = new LinkedHashMap<>();
    for (State state : states) {
      if (checkpoints.test(state.checkpoint())) {
        first.putIfAbsent(state.file(), state);
      }
    }
    return first.values();
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
    Collection<State> oldest = first(later::contains);
    List<Path> restored = new ArrayList<>();
    List<Path> removed = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Set<Path> settled = new HashSet<>();
    for (State state : oldest) {
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
    try {
      forget(done);
    } catch (IOException e) {
      skipped.add(
          "The file history could not be saved: " + Workspace.explain(e, store.directory()));
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
          && store.bytes(state).map(TextFile::hash).equals(Optional.of(hash))) {
        return true;
      }
    }
    return false;
  }

  private void take(State state, List<Path> restored, List<Path> removed) throws IOException {
    Optional<byte[]> bytes = store.bytes(state);
    if (bytes.isEmpty()) {
      if (Files.deleteIfExists(state.file())) {
        removed.add(state.file());
      }
      return;
    }
    FileWriter.put(state.file(), bytes.get());
    if (!state.mode().equals(HistoryStore.NO_MODE)) {
      HistoryStore.restrict(state.file(), state.mode());
    }
    written(state.file()).add(TextFile.hash(bytes.get()));
    restored.add(state.file());
  }

  private void prune() throws IOException {
    List<String> all = checkpoints();
    if (all.size() <= MAX_CHECKPOINTS) {
      return;
    }
    Set<String> gone = new HashSet<>(all.subList(0, all.size() - MAX_CHECKPOINTS));
    forget(states.stream().filter(state -> gone.contains(state.checkpoint())).toList());
  }

  /** Lets go of states, their copies and what is known of files that are in no other one. */
  private void forget(List<State> gone) throws IOException {
    states.removeAll(gone);
    Set<Path> known = new HashSet<>();
    states.forEach(state -> known.add(state.file()));
    written.keySet().retainAll(known);
    List<HistoryStore.Line> lines = new ArrayList<>(states);
    written.forEach((file, hashes) -> hashes.forEach(hash -> lines.add(new Writing(file, hash))));
    store.replace(lines, gone);
  }
}
