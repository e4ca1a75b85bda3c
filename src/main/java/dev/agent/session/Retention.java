package dev.agent.session;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes sessions that nobody has written to for a number of days (setting {@code
 * cleanupPeriodDays}, 30 by default). In two steps, so that nothing goes without notice: {@link
 * #plan} says what would go, {@link #carryOut} says it and does it. A session stays while a fork
 * that stays continues it.
 */
public final class Retention {
  /** Days after the last write. */
  public static final int DEFAULT_DAYS = 30;

  private final Sessions sessions;
  private final InstantSource time;

  public Retention(Sessions sessions, InstantSource time) {
    this.sessions = sessions;
    this.time = time;
  }

  /**
   * What would be removed.
   *
   * @param expired the sessions, oldest first
   * @param bytes what they take on disk with their directories
   * @param notice a sentence for the person; empty when nothing is to be removed
   */
  public record Plan(List<SessionInfo> expired, long bytes, String notice, Instant before) {
    public Plan {
      expired = List.copyOf(expired);
    }
  }

  /**
   * Says what would be removed, and removes nothing.
   *
   * @param days at least 1
   */
  public Plan plan(int days) {
    if (days < 1) {
      throw new IllegalArgumentException("days must be at least 1, but was " + days);
    }
    Instant before = time.instant().minus(Duration.ofDays(days));
    List<SessionInfo> all = new ArrayList<>(sessions.list().reversed());
    Map<String, String> parents = new HashMap<>();
    Set<String> kept = new HashSet<>();
    for (SessionInfo info : all) {
      parents.put(info.id(), info.parentId());
      if (!info.modified().isBefore(before)) {
        kept.add(info.id());
      }
    }
    for (String id : List.copyOf(kept)) {
      String parent = parents.getOrDefault(id, "");
      while (!parent.isEmpty() && kept.add(parent)) {
        parent = parents.getOrDefault(parent, "");
      }
    }
    List<SessionInfo> expired = all.stream().filter(info -> !kept.contains(info.id())).toList();
    long bytes = 0;
    for (SessionInfo info : expired) {
      bytes += info.bytes() + size(directory(info));
    }
    String notice =
        expired.isEmpty()
            ? ""
            : "Removing "
                + expired.size()
                + (expired.size() == 1 ? " session" : " sessions")
                + " not used for "
                + days
                + " days ("
                + (bytes + 1023) / 1024
                + " kB). To keep them longer, raise \"cleanupPeriodDays\" in the settings.";
    return new Plan(expired, bytes, notice, before);
  }

  /**
   * Tells the notice and removes the sessions; one that is being written, or was written since the
   * plan was made, is left.
   *
   * @return how many were removed
   */
  public int carryOut(Plan plan, Consumer<String> notice) {
    if (plan.expired().isEmpty()) {
      return 0;
    }
    notice.accept(plan.notice());
    int removed = 0;
    for (SessionInfo info : plan.expired()) {
      try {
        if (Files.getLastModifiedTime(info.file()).toInstant().isBefore(plan.before())
            && remove(info)) {
          removed++;
        }
      } catch (IOException e) {
        notice.accept("Session " + info.id() + " could not be removed: " + e.getMessage() + ".");
      }
    }
    return removed;
  }

  private boolean remove(SessionInfo info) throws IOException {
    if (sessions.isHeld(info.file())) {
      return false;
    }
    try (SessionLock _ = SessionLock.take(Sessions.lockFile(info.file()))) {
      removeTree(directory(info));
      Files.deleteIfExists(info.file().resolveSibling(info.file().getFileName() + ".torn"));
      return Files.deleteIfExists(info.file());
    } catch (SessionLock.HeldException e) {
      return false;
    }
  }

  /** Removes a directory with all that is in it, where there is one. */
  static void removeTree(Path directory) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(directory, new Remover());
    }
  }

  /** Whether nothing in a directory was written since; one that can't be looked at was. */
  static boolean isUntouchedSince(Path directory, Instant before) {
    boolean[] untouched = {true};
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
              return look(attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              return look(attributes);
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException fault)
                throws IOException {
              // Closed against its owner, as commands leave directories: its own time has to do.
              return look(
                  Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            }

            private FileVisitResult look(BasicFileAttributes attributes) {
              untouched[0] &= attributes.lastModifiedTime().toInstant().isBefore(before);
              return untouched[0] ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }
          });
    } catch (IOException e) {
      return false;
    }
    return untouched[0];
  }

  private static Path directory(SessionInfo info) {
    return info.file().resolveSibling(info.id());
  }

  private static long size(Path directory) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    long[] sum = {0};
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return sum[0];
    }
    return sum[0];
  }

  /**
   * Removes a tree, also directories that commands have closed against their owner; links are
   * removed, not followed.
   */
  private static final class Remover extends SimpleFileVisitor<Path> {
    private static final Set<PosixFilePermission> OPEN =
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      open(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException fault) throws IOException {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !open(path)) {
        throw fault;
      }
      Files.walkFileTree(path, this);
      return FileVisitResult.CONTINUE;
    }

    /** Whether the directory was closed before. */
    private static boolean open(Path directory) throws IOException {
      if (Files.getPosixFilePermissions(directory).containsAll(OPEN)) {
        return false;
      }
      Files.setPosixFilePermissions(directory, OPEN);
      return true;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault)
        throws IOException {
      if (fault != null) {
        throw fault;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
