package dev.agent.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts bytes into files so that at every moment the old or the new content is there, never half of
 * it: a new file beside the old one, then a rename. A link stays a link, its target is written;
 * mode and owner stay; a file with several hard links is written in place, or the others would be
 * cut off. Thread-safe for different files.
 */
public final class FileWriter {
  private static final String PREFIX = ".agent-tmp-";

  private final FileHistory history;

  public FileWriter(FileHistory history) {
    this.history = history;
  }

  /** What was special about a write; empty when nothing was. */
  public record Written(Path realPath, Optional<String> note) {}

  /**
   * Writes a file, after its old content went into the history.
   *
   * @throws IOException when it can't be written; the old content is still there then
   */
  public Written write(Path path, byte[] bytes) throws IOException {
    Path target =
        Workspace.realPath(path)
            .orElseThrow(
                () ->
                    new FileSystemException(
                        path.toString(), null, "has links that run in circles"));
    boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (exists) {
      TextFile.regular(target);
    } else if (target.getParent() != null) {
      Files.createDirectories(target.getParent());
    }
    history.before(target);
    if (exists && links(target) > 1) {
      inPlace(target, bytes);
      return new Written(
          target,
          Optional.of(
              "The file has further hard links; it was written in place, so they changed too."));
    }
    Path temporary = temporary(target);
    boolean done = false;
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      if (exists) {
        keepAttributes(target, temporary);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(temporary);
      }
    }
    return new Written(target, Optional.empty());
  }

  private static Path temporary(Path target) {
    // The file's own name is in it, so that leftovers can be told apart; the clock keeps two
    // writers from meeting.
    String name =
        PREFIX + Long.toHexString(System.nanoTime()) + "-" + Thread.currentThread().threadId();
    return target.resolveSibling(name);
  }

  private static int links(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "unix:nlink") instanceof Integer count ? count : 1;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }

  private static void inPlace(Path target, byte[] bytes) throws IOException {
    Files.write(target, bytes, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static void keepAttributes(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes fresh = view.readAttributes();
    if (!old.group().equals(fresh.group()) || !old.owner().equals(fresh.owner())) {
      try {
        view.setOwner(old.owner());
        view.setGroup(old.group());
      } catch (IOException e) {
        // Only root may give files away; the content is what matters.
      }
    }
    Set<PosixFilePermission> mode = old.permissions();
    view.setPermissions(mode);
    Object special = Files.getAttribute(from, "unix:mode");
    if (special instanceof Integer bits && (bits & 06000) != 0) {
      Files.setAttribute(to, "unix:mode", bits & 07777);
    }
  }

  /** Removes what a killed agent left in a directory. */
  public static void removeLeftovers(Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path entry : entries) {
        Files.deleteIfExists(entry);
      }
    }
  }

  /** Further attributes that a test may compare. */
  static Map<String, Object> attributes(Path file) throws IOException {
    return Files.readAttributes(file, "unix:mode,uid,gid");
  }
}
