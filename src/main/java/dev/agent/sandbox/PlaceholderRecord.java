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
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which empty directories an agent has made to hold a place, so that the next one can remove them
 * when it was killed meanwhile: a file per agent, named after its process. Not thread-safe.
 */
final class PlaceholderRecord {
  private static final String PREFIX = "placeholders-";

  private final Path directory;
  private final Path file;
  private final Set<Path> known = new LinkedHashSet<>();

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

  /**
   * Writes down that a directory will be made, before it is; once a session for each name, so that
   * a command costs nothing.
   *
   * @throws IOException when that is not possible
   */
  void note(Path path) throws IOException {
    if (known.add(path)) {
      Files.createDirectories(directory);
      Files.writeString(file, path + "\0", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  /** All are gone: the session is over. */
  void clear() {
    try {
      known.clear();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return; // the next agent finds that nothing is left
    }
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
      remove(entry);
    }
    Files.deleteIfExists(record);
  }

  private static void remove(String entry) throws IOException {
    try {
      Path path = Path.of(entry);
      if (path.isAbsolute() && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException | InvalidPathException e) {
      return; // somebody uses it now
    }
  }
}
