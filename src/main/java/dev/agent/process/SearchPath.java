package dev.agent.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where programs are found: the {@code PATH} of an environment. Immutable. */
public final class SearchPath {
  private final String directories;

  public SearchPath(Map<String, String> environment) {
    this.directories = environment.getOrDefault("PATH", "");
  }

  /**
   * The file of a program; empty when none is installed. Directories named by relative paths are
   * left out: what lies in a project must not pass for a program of the system.
   */
  public Optional<Path> find(String program) {
    for (String directory : directories.split(":")) {
      try {
        Path file = Path.of(directory).resolve(program);
        if (file.isAbsolute() && Files.isExecutable(file) && Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException e) {
        // No file can be there.
      }
    }
    return Optional.empty();
  }
}
