package dev.agent.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts bytes into files so that at every moment the old or the new content is there, never half of
 * it: a new file beside the old one, then a rename. A link stays a link, its target is written;
 * mode, owner and extended attributes stay. Where a rename would cut something off (further hard
 * links, an owner that can't be kept, a directory that takes no new files) the file is written in
 * place, and the result says so. Thread-safe for different files.
 */
public final class FileWriter {
  private static final String PREFIX = ".agent-tmp-";
  private static final int SETTLE_ROUNDS = 50;

  private final Optional<FileHistory> history;

  /** Writes for the agent: what a file held before goes into the history. */
  public FileWriter(FileHistory history) {
    this.history = Optional.of(history);
  }

  private FileWriter() {
    this.history = Optional.empty();
  }

  /**
   * Writes what a person asked for by themselves. It is none of the agent's doing, so taking back a
   * turn leaves it.
   */
  public static FileWriter ofPerson() {
    return new FileWriter();
  }

  /** What was special about a write; empty when nothing was. */
  public record Written(Path realPath, Optional<String> note) {}

  /**
   * The file is no longer what it was when the new content was made from it; nothing was written.
   */
  public static final class ChangedUnderneathException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    ChangedUnderneathException(Path file) {
      super(
          file.toString(),
          null,
          "was changed by someone else at this very moment; nothing was written. Read it again");
    }
  }

  /** What has to be there for the write to make sense. */
  private sealed interface Before {
    record Anything() implements Before {}

    record Nothing() implements Before {}

    record Content(String hash) implements Before {}
  }

  /**
   * Writes a file that does not exist yet.
   *
   * @throws IOException when it does by now, or can't be written
   */
  public Written create(Path path, byte[] bytes) throws IOException {
    return write(path, bytes, new Before.Nothing());
  }

  /**
   * Writes a file only while it still holds what the new content was made from, after that went
   * into the history.
   *
   * @param hash of the expected content, see {@link TextFile#hash}
   * @throws ChangedUnderneathException when it holds something else
   * @throws IOException when it can't be written; the old content is still there then
   */
  public Written replace(Path path, byte[] bytes, String hash) throws IOException {
    return write(path, bytes, new Before.Content(hash));
  }

  private Written write(Path path, byte[] bytes, Before before) throws IOException {
    Path target = Workspace.writeTarget(path);
    boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (exists) {
      TextFile.regular(target);
      if (!Files.isWritable(target)) {
        throw new FileSystemException(target.toString(), null, "is write-protected");
      }
    } else if (target.getParent() != null) {
      Files.createDirectories(target.getParent());
    }
    if (history.isPresent()) {
      history.get().before(target, TextFile.hash(bytes));
    }
    return exists && links(target) > 1
        ? inPlace(
            target,
            bytes,
            before,
            "The file has further hard links; it was written in place, so they changed too.")
        : beside(target, bytes, before, exists);
  }

  /** Puts content into a file without a word to the history, whose own means this is. */
  static void put(Path target, byte[] bytes) throws IOException {
    if (target.getParent() != null) {
      Files.createDirectories(target.getParent());
    }
    beside(target, bytes, new Before.Anything(), Files.exists(target, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Takes what a formatter made of a file as the agent's own doing.
   *
   * @return the hash of the present content
   */
  public String settled(Path path) throws IOException {
    Path target = Workspace.writeTarget(path);
    TextFile.regular(target);
    String hash = TextFile.hash(Files.readAllBytes(target));
    if (history.isPresent()) {
      history.get().wrote(target, hash);
    }
    return hash;
  }

  /** Content and attributes go into a new file beside the old one, which then takes its place. */
  private static Written beside(Path target, byte[] bytes, Before before, boolean exists)
      throws IOException {
    Path temporary =
        target.resolveSibling(
            PREFIX
                + ProcessHandle.current().pid()
                + "-"
                + Long.toHexString(System.nanoTime())
                + "-"
                + Thread.currentThread().threadId());
    boolean done = false;
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              privateIf(exists, target))) {
        writeAll(channel, bytes);
      } catch (AccessDeniedException e) {
        if (exists && !Files.exists(temporary)) {
          done = true;
          return inPlace(
              target,
              bytes,
              before,
              "The directory takes no new files; the file was written in place.");
        }
        throw e;
      }
      if (exists && !keepAttributes(target, temporary)) {
        return inPlace(
            target,
            bytes,
            before,
            "The file belongs to someone else; it was written in place, so that it stays theirs.");
      }
      swap(temporary, target, before);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(temporary);
      }
    }
    return new Written(target, Optional.empty());
  }

  private static FileAttribute<?>[] privateIf(boolean exists, Path target) {
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    return exists && posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Renames. The old file is held open meanwhile: whoever writes into it between the last look and
   * the rename has written into a file without a name, which is seen afterwards and put back. Only
   * who opened the file before the rename and fills it after the second look is missed.
   */
  private static void swap(Path temporary, Path target, Before before) throws IOException {
    if (!(before instanceof Before.Content(String hash))) {
      if (before instanceof Before.Nothing && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new ChangedUnderneathException(target);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try (FileChannel old = FileChannel.open(target, StandardOpenOption.READ)) {
      if (!TextFile.hash(readAll(old)).equals(hash)) {
        throw new ChangedUnderneathException(target);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (!TextFile.hash(readAll(old)).equals(hash)) {
        byte[] theirs = settled(old);
        PosixFileAttributeView view =
            Files.getFileAttributeView(target, PosixFileAttributeView.class);
        Files.write(temporary, theirs, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (view != null) {
          keepAttributes(target, temporary);
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        throw new ChangedUnderneathException(target);
      }
    }
  }

  /**
   * The content once nobody has changed it for some milliseconds; an empty one is most likely cut
   * off, to be filled in a moment.
   */
  private static byte[] settled(FileChannel file) throws IOException {
    byte[] last = readAll(file);
    for (int round = 0; round < SETTLE_ROUNDS; round++) {
      LockSupport.parkNanos(5_000_000);
      byte[] now = readAll(file);
      if (now.length > 0 && java.util.Arrays.equals(now, last)) {
        return now;
      }
      last = now;
    }
    return last;
  }

  private static byte[] readAll(FileChannel channel) throws IOException {
    channel.position(0);
    return Channels.newInputStream(channel).readAllBytes();
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  static int links(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "unix:nlink") instanceof Integer links ? links : 1;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }

  /**
   * What is longer than before is written first: when the disk is full, it fails while the old
   * content is still whole.
   */
  private static Written inPlace(Path target, byte[] bytes, Before before, String note)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (before instanceof Before.Content(String hash)
          && !TextFile.hash(readAll(channel)).equals(hash)) {
        throw new ChangedUnderneathException(target);
      }
      long length = channel.size();
      if (bytes.length > length) {
        try {
          channel.position(length);
          writeAll(channel, java.util.Arrays.copyOfRange(bytes, (int) length, bytes.length));
        } catch (IOException e) {
          channel.truncate(length);
          throw e;
        }
      }
      channel.position(0);
      writeAll(channel, java.util.Arrays.copyOf(bytes, (int) Math.min(bytes.length, length)));
      channel.truncate(bytes.length);
    }
    return new Written(target, Optional.of(note));
  }

  /** False when the new file can't be given to the old one's owner. */
  private static boolean keepAttributes(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null) {
      return true;
    }
    PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes fresh = view.readAttributes();
    try {
      if (!old.owner().equals(fresh.owner())) {
        view.setOwner(old.owner());
      }
      if (!old.group().equals(fresh.group())) {
        view.setGroup(old.group());
      }
    } catch (IOException e) {
      return false;
    }
    keepExtended(from, to);
    view.setPermissions(old.permissions());
    if (Files.getAttribute(from, "unix:mode") instanceof Integer bits && (bits & 07000) != 0) {
      Files.setAttribute(to, "unix:mode", bits & 07777);
    }
    return true;
  }

  private static void keepExtended(Path from, Path to) {
    UserDefinedFileAttributeView old =
        Files.getFileAttributeView(from, UserDefinedFileAttributeView.class);
    UserDefinedFileAttributeView fresh =
        Files.getFileAttributeView(to, UserDefinedFileAttributeView.class);
    if (old == null || fresh == null) {
      return;
    }
    try {
      for (String name : old.list()) {
        ByteBuffer value = ByteBuffer.allocate(old.size(name));
        old.read(name, value);
        fresh.write(name, value.flip());
      }
    } catch (IOException e) {
      return; // a file system without them, or one that gives no more room for them: the content is
      // what matters
    }
  }

  /**
   * Removes what a killed agent left in a directory; what a living one is about to rename stays.
   */
  public static void removeLeftovers(Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path entry : entries) {
        if (isAbandoned(entry.getFileName().toString())
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  private static boolean isAbandoned(String name) {
    int dash = name.indexOf('-', PREFIX.length());
    try {
      long pid = Long.parseLong(dash < 0 ? "" : name.substring(PREFIX.length(), dash));
      return pid != ProcessHandle.current().pid()
          && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
