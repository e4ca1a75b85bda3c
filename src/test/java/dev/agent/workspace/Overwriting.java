package dev.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files as the tools do, whether they exist or not. */
final class Overwriting {
  private Overwriting() {}

  static FileWriter.Written write(FileWriter writer, Path path, byte[] bytes) throws IOException {
    return Files.exists(path)
        ? writer.replace(path, bytes, TextFile.hash(Files.readAllBytes(path)))
        : writer.create(path, bytes);
  }
}
