package dev.agent.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An empty file that says one thing by being there. */
public final class MarkFile {
  private MarkFile() {}

  /**
   * Lets the file {@code name} be in {@code directory}, or not. What can't be done is let be: a
   * mark only spares work or a flash, and nothing relies on it.
   */
  public static void set(Path directory, String name, boolean there) {
    Path file = directory.resolve(name);
    try {
      if (!there) {
        Files.deleteIfExists(file);
      } else if (!Files.exists(file)) {
        PrivateFiles.createDirectories(directory);
        PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      }
    } catch (IOException e) {
      // See above.
    }
  }
}
