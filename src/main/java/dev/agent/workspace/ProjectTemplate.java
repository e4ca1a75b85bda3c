package dev.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small project made of files that the product brings along. */
public final class ProjectTemplate {
  private ProjectTemplate() {}

  /**
   * Writes the files into a new temporary directory and returns its real path.
   *
   * @param files relative name → content
   * @throws IOException when they can't be written
   */
  public static Path unpack(String prefix, Map<String, byte[]> files) throws IOException {
    Path directory = Files.createTempDirectory(prefix).toRealPath();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = directory.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return directory;
  }
}
