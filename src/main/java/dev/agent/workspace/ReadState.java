package dev.agent.workspace;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the model has seen: for each file the hash of the bytes it was shown. By content, never by
 * time: a formatter or a checkout that changes nothing changes nothing here. Thread-safe.
 */
public final class ReadState {
  private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

  /** What a file held when it was shown, by its hash. */
  public record Seen(String hash) {}

  /** The model was shown this, or wrote it itself. */
  public void saw(TextFile file) {
    Path key = Workspace.realPath(file.path()).orElse(file.path());
    seen.put(key, new Seen(file.hash()));
  }

  /** The model was shown these bytes in some form, for instance in a session that goes on. */
  public void saw(Path path, String hash) {
    seen.put(Workspace.realPath(path).orElse(path), new Seen(hash));
  }

  /** What it knows of a file; empty when it has not seen it. */
  public Optional<Seen> of(Path path) {
    return Optional.ofNullable(seen.get(Workspace.realPath(path).orElse(path)));
  }

  /** Path → hash, for the transcript. */
  public Map<String, String> export() {
    Map<String, String> all = new java.util.TreeMap<>();
    seen.forEach((path, state) -> all.put(path.toString(), state.hash()));
    return all;
  }
}
