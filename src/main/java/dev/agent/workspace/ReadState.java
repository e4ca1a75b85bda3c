package dev.agent.workspace;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the model has seen: for each file the hash of the bytes it was shown and the text itself as long as that is small, to tell later whether a region has changed. By
 * content, never by time: a formatter or a checkout that changes nothing changes nothing here. Thread-safe.
 */
public final class ReadState {
  private static final int MAX_KEPT_CHARS = 2 * 1024 * 1024;

  private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

  /**
   * @param text what the file held; empty when it was too big to keep
   */
  public record Seen(String hash, Optional<String> text) {}

  /** The model was shown this, or wrote it itself. */
  public void saw(TextFile file) {
    Path key = Workspace.realPath(file.path()).orElse(file.path());
    seen.put(key, new Seen(file.hash(), file.text().length() <= MAX_KEPT_CHARS ? Optional.of(file.text()) : Optional.empty()));
  }

  /** The model was shown these bytes in some form, for instance in a session that goes on. */
  public void saw(Path path, String hash) {
    seen.put(Workspace.realPath(path).orElse(path), new Seen(hash, Optional.empty()));
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
