package dev.agent.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one session for what is too long for the model: whole tool results and outputs of
 * commands. The directory (0700) is made with the first file. Thread-safe.
 */
public final class SpillFiles {
  /** Bytes that all files of a session may take. */
  public static final long DEFAULT_QUOTA = 1024L * 1024 * 1024;

  private final Path directory;
  private final long quota;
  private final long maxBytes;
  private final long minFree;

  /**
   * @param directory for these files alone
   * @param quota bytes of all files together
   * @param maxBytes bytes of one file
   * @param minFree bytes that stay free on the disk
   */
  public SpillFiles(Path directory, long quota, long maxBytes, long minFree) {
    this.directory = directory;
    this.quota = quota;
    this.maxBytes = maxBytes;
    this.minFree = minFree;
  }

  /** Files for what a screen shows of a session; they go with the screen. */
  public static SpillFiles ofScreen(Path journal) {
    return new SpillFiles(
        journal.resolveSibling(Sessions.id(journal)).resolve("screen"),
        DEFAULT_QUOTA,
        DEFAULT_QUOTA,
        OutputFile.DEFAULT_MIN_FREE);
  }

  /**
   * Files for what goes wrong in the program itself, 16 MB of them.
   *
   * @param data the person's data directory
   */
  public static SpillFiles ofFaults(Path data) {
    return new SpillFiles(
        data.resolve("faults"), 16 * 1024 * 1024, 1024 * 1024, OutputFile.DEFAULT_MIN_FREE);
  }

  /** Removes all files; those that can't be removed stay. */
  public void clear() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      return; // there are none, or they are removed with the session
    }
  }

  /**
   * Keeps a text, cut with a closing line that says so when it is too long.
   *
   * @param name what the file is called after, usually the tool use's id
   * @return the file; empty when the quota is used up or the disk does not take it
   */
  public Optional<Path> keep(String name, String text) {
    OutputFile out;
    try {
      out = open(name);
    } catch (IOException e) {
      return Optional.empty();
    }
    try (out) {
      out.append(text.getBytes(StandardCharsets.UTF_8));
    }
    if (out.size() == 0 && out.dropped() > 0) {
      return Optional.empty();
    }
    return Optional.of(out.path());
  }

  /**
   * A file for output that is still to come. Its limit is what is left of the quota, at most the
   * limit of one file.
   *
   * @throws IOException when the quota is used up, or no file can be made
   */
  public OutputFile open(String name) throws IOException {
    PrivateFiles.createDirectories(directory);
    long left = quota - used();
    if (left <= 0) {
      throw new IOException(
          "the session's files take more than " + quota + " bytes (" + directory + ")");
    }
    String base = plain(name);
    for (int i = 0; ; i++) {
      try {
        return OutputFile.create(
            directory.resolve(base + (i == 0 ? "" : "-" + i) + ".txt"),
            Math.min(left, maxBytes),
            minFree);
      } catch (FileAlreadyExistsException e) {
        if (i == 10_000) {
          throw e;
        }
      }
    }
  }

  /** Where the files are. */
  public Path directory() {
    return directory;
  }

  private long used() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static String plain(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length() && i < 100; i++) {
      char c = name.charAt(i);
      out.append(c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_') ? c : '_');
    }
    return out.isEmpty() ? "result" : out.toString();
  }
}
