package dev.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What tells whether a file is still the same without reading it.
 *
 * @param key the file's identity on its disk; empty where the system has none
 */
record Stamp(boolean isFile, long modifiedNanos, long size, String key) {
  private static final Stamp ABSENT = new Stamp(false, 0, 0, "");

  static Stamp of(Path path) {
    if (!Files.exists(path)) {
      return ABSENT;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.isRegularFile(),
          attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
          attributes.size(),
          String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      return ABSENT;
    }
  }
}
