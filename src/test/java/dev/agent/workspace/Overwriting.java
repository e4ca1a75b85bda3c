package dev.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files as the tools do, whether they exist or not. */
final class Overwriting {
  private Overwriting() {}

  static FileWriter.Written write(FileWriter writer, Path path, byte[] bytes) throws IOException {
    if (!Files.exists(path)) {
      return writer.create(path, bytes);
    }
    byte[] before = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
    return writer.replace(path, bytes, TextFile.hash(before));
  }
}
