package dev.agent.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A text in a file for a while, for a program that changes files: in a directory of its own, so
 * that what the program leaves beside it goes away as well. Nobody else may read either. Owned by
 * one thread.
 */
public final class ScratchFile implements AutoCloseable {
  /** A text longer than this (in bytes) is not read back. */
  public static final long MAX_BYTES = 10L * 1024 * 1024;

  private final Path directory;
  private final Path file;

  private ScratchFile(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  /**
   * Writes a text to a new file.
   *
   * @param parent a directory for such files, such as {@code /tmp}
   * @param name what it is called; programs go by its suffix
   * @throws IOException when it can't be written; nothing is left then
   */
  public static ScratchFile create(Path parent, String name, String text) throws IOException {
    Path directory =
        Files.createTempDirectory(parent, "agent-edit-", attributes(parent, "rwx------"));
    ScratchFile scratch = new ScratchFile(directory, directory.resolve(name));
    try (SeekableByteChannel out =
        Files.newByteChannel(
            scratch.file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            attributes(parent, "rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException | RuntimeException e) {
      scratch.close();
      throw e;
    }
    return scratch;
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * What it holds now.
   *
   * @throws IOException when it is gone, too long or no text; its message says which
   */
  public String read() throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("the file is gone");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("the text is longer than " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("the text is not in UTF-8", e);
    }
  }

  /** Removes it and what was left beside it; what can't be removed stays for the system. */
  @Override
  public void close() {
    remove(directory);
  }

  private static void remove(Path path) {
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
          inside.forEach(ScratchFile::remove);
        }
      }
      Files.deleteIfExists(path);
    } catch (IOException | DirectoryIteratorException e) {
      // Temporary directories are emptied by the system sooner or later.
      return;
    }
  }
}
