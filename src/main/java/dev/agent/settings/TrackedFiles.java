package dev.agent.settings;

import dev.agent.git.GitIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether git tracks a file. Only the entries of the index up to the file are read. */
final class TrackedFiles {
  private static final long MAX_LINK = 8192;

  private TrackedFiles() {}

  /**
   * Whether the file at this path, relative to the root of the work tree, is or may be tracked: an
   * index that can't be understood may hold anything. Compared without case.
   *
   * @param path whose first character is a dot
   */
  static boolean mayTrack(Path root, String path) {
    try {
      Path git = root.resolve(".git");
      if (Files.isRegularFile(git)) {
        String link = Files.size(git) > MAX_LINK ? "" : Files.readString(git).strip();
        if (!link.startsWith("gitdir:")) {
          return true;
        }
        git = root.resolve(link.substring("gitdir:".length()).strip());
      }
      AtomicBoolean found = new AtomicBoolean();
      boolean understood =
          GitIndex.read(
              git,
              entry -> {
                if (isOf(entry.path(), path)) {
                  found.set(true);
                }
                // Sorted: all names that begin with a dot come before those that begin with more.
                return !found.get() && entry.path().charAt(0) <= '.';
              });
      return found.get() || !understood;
    } catch (IOException | InvalidPathException e) {
      return true;
    }
  }

  private static boolean isOf(String entry, String path) {
    return entry.endsWith("/")
        ? path.regionMatches(true, 0, entry, 0, entry.length())
        : entry.equalsIgnoreCase(path);
  }
}
