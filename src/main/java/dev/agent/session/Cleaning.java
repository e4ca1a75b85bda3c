package dev.agent.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Tidies the data directory up, once a day at most and by one process at a time: sessions that were
 * not used for long ({@link Retention}), directories that a removed session left behind, and what
 * the program itself kept of its faults. When it was done last is the time of {@code
 * <data>/cleaned}; it is set at the end, so that a run that was cut short is taken up by the next.
 */
public final class Cleaning {
  private static final Duration PERIOD = Duration.ofDays(1);
  private static final Pattern SESSION_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Path data;
  private final Sessions sessions;
  private final InstantSource time;

  /**
   * @param data the person's data directory
   * @param sessions those of this process: what it has open stays
   */
  public Cleaning(Path data, Sessions sessions, InstantSource time) {
    this.data = data.toAbsolutePath();
    this.sessions = sessions;
    this.time = time;
  }

  /**
   * Does what is due. Takes as long as reading and removing files takes; for a background thread.
   *
   * @param days at least 1
   * @param notice told what is removed, before it is, and what could not be
   * @return whether anything was due, and nobody else was at it
   */
  public boolean run(int days, Consumer<String> notice) {
    if (!Files.isDirectory(data) || !isDue()) {
      return false;
    }
    try (SessionLock _ = SessionLock.take(data.resolve("cleaned.lock"))) {
      if (!isDue()) {
        return false;
      }
      Instant before = time.instant().minus(Duration.ofDays(days));
      Retention retention = new Retention(sessions, time);
      retention.carryOut(retention.plan(days), notice);
      orphans(before);
      old(SpillFiles.ofFaults(data).directory(), before);
      done();
      return true;
    } catch (SessionLock.HeldException e) {
      return false;
    } catch (IOException e) {
      notice.accept("Old sessions could not be removed: " + e.getMessage() + ".");
      return false;
    }
  }

  private boolean isDue() {
    try {
      Instant last = Files.getLastModifiedTime(stamp()).toInstant();
      Instant now = time.instant();
      // One from the future was made under a wrong clock.
      return last.isAfter(now) || !last.plus(PERIOD).isAfter(now);
    } catch (IOException e) {
      return true;
    }
  }

  private Path stamp() {
    return data.resolve("cleaned");
  }

  private void done() throws IOException {
    try (FileChannel _ =
        PrivateFiles.open(stamp(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Files.setLastModifiedTime(stamp(), FileTime.from(time.instant()));
    }
  }

  /** Directories of sessions whose journal is gone, because a removal was cut short or by hand. */
  private void orphans(Instant before) throws IOException {
    for (Path project : children(data.resolve("projects"))) {
      if (!Files.isDirectory(project, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      for (Path directory : children(project)) {
        String name = String.valueOf(directory.getFileName());
        Path journal = directory.resolveSibling(name + ".jsonl");
        if (SESSION_ID.matcher(name).matches()
            && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
            && !Files.exists(journal)
            && !sessions.isHeld(journal)
            && Retention.isUntouchedSince(directory, before)) {
          remove(directory, Sessions.lockFile(journal));
        }
      }
    }
  }

  private static void remove(Path directory, Path lock) throws IOException {
    try (SessionLock _ = SessionLock.take(lock)) {
      Retention.removeTree(directory);
    } catch (SessionLock.HeldException e) {
      return; // somebody begins just now
    }
  }

  private static void old(Path directory, Instant before) throws IOException {
    for (Path file : children(directory)) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Iterable<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(all::add);
    }
    return all;
  }
}
