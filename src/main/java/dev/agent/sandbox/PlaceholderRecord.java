package dev.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which empty directories an agent has made to hold a place, so that the next one can remove them
 * when it was killed meanwhile: a file per agent, named after its process. Not thread-safe.
 */
final class PlaceholderRecord {
  private static final String PREFIX = "placeholders-";

  private final Path directory;
  private final Path file;

  /**
   * @param directory for what can be made again, shared by all agents of the person
   */
  PlaceholderRecord(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(PREFIX + name(ProcessHandle.current()));
  }

  private static String name(ProcessHandle process) {
    return process.pid()
        + "-"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** What a directory is known by, whatever it is called. */
  static Optional<String> key(Path path) {
    try {
      Object key =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return Optional.ofNullable(key).map(Object::toString);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes down all that exist now.
   *
   * @throws IOException when that is not possible
   */
  void save(Map<Path, String> placeholders) throws IOException {
    if (placeholders.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    StringBuilder text = new StringBuilder();
    placeholders.forEach((path, key) -> text.append(key).append('\t').append(path).append('\0'));
    Files.createDirectories(directory);
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** Removes what agents left that have ended. */
  void tidy() {
    try (DirectoryStream<Path> records = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path record : records) {
        String owner = String.valueOf(record.getFileName()).substring(PREFIX.length());
        if (!isAlive(owner)) {
          removeAll(record);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // there is no such directory yet, or the next agent will do it
    }
  }

  private static boolean isAlive(String owner) {
    try {
      long pid = Long.parseLong(owner.substring(0, Math.max(0, owner.indexOf('-'))));
      return ProcessHandle.of(pid).filter(process -> name(process).equals(owner)).isPresent();
    } catch (NumberFormatException e) {
      return true; // not ours
    }
  }

  private static void removeAll(Path record) throws IOException {
    for (String entry : Files.readString(record, StandardCharsets.UTF_8).split("\0", -1)) {
      int tab = entry.indexOf('\t');
      if (tab > 0) {
        try {
          Path path = Path.of(entry.substring(tab + 1));
          if (key(path).filter(entry.substring(0, tab)::equals).isPresent()
              && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
          }
        } catch (DirectoryNotEmptyException | InvalidPathException e) {
          continue; // somebody uses it now
        }
      }
    }
    Files.deleteIfExists(record);
  }
}
