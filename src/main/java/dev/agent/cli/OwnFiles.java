package dev.agent.cli;

import dev.agent.workspace.FileWriter;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Files that hold what the agent wrote: what a formatter makes of them counts as the agent's own
 * doing, what anybody else has put there meanwhile does not. Thread-safe.
 */
final class OwnFiles {
  private final ReadState readState;
  private final FileWriter writer;

  OwnFiles(ReadState readState, FileWriter writer) {
    this.readState = readState;
    this.writer = writer;
  }

  /** Those that hold at this moment what the agent knows of them. */
  List<Path> own(Collection<Path> paths) {
    return paths.stream()
        .filter(path -> hash(path).filter(now -> isKnown(path, now)).isPresent())
        .toList();
  }

  /** Takes what is in them now as the agent's own; those that have changed. */
  List<Path> adopt(List<Path> own) {
    List<Path> changed = new ArrayList<>();
    for (Path path : own) {
      Optional<String> now = hash(path);
      if (now.isPresent() && !isKnown(path, now.get())) {
        try {
          readState.saw(path, writer.settled(path));
          changed.add(path);
        } catch (IOException e) {
          // It can't be read any more: the next edit will say so.
        }
      }
    }
    return changed;
  }

  private boolean isKnown(Path path, String hash) {
    return readState.of(path).map(seen -> seen.hash().equals(hash)).orElse(false);
  }

  private static Optional<String> hash(Path path) {
    try {
      TextFile.regular(path);
      return Optional.of(TextFile.hash(Files.readAllBytes(path)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
