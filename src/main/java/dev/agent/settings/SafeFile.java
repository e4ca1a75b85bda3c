package dev.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Writes a file so that at every moment the old or the new content is there. */
final class SafeFile {
  private SafeFile() {}

  /** Replaces a file's content, behind a link that of its target; makes directories as needed. */
  static void write(Path file, String text) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    if (target.getParent() != null) {
      Files.createDirectories(target.getParent());
    }
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    Set<PosixFilePermission> mode =
        !posix
            ? Set.of()
            : Files.exists(target)
                ? Files.getPosixFilePermissions(target)
                : EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    Path fresh =
        Files.createTempFile(
            target.toAbsolutePath().getParent(), ".agent-tmp-", ".json"); // readable by its owner
    try {
      Files.writeString(fresh, text);
      if (posix) {
        Files.setPosixFilePermissions(fresh, mode);
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
