package dev.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to write a session: an operating-system lock on a file beside the journal, which also
 * names its holder. The system gives the lock back when the holder dies, however it dies. Where
 * locks don't work (some network file systems) the holder's pid and start time decide.
 *
 * <p>Within a process {@link Sessions} sees to it that a lock file is opened once: closing a second
 * channel would give up the first one's lock.
 */
final class SessionLock implements AutoCloseable {

  /** Somebody else holds the lock. */
  static final class HeldException extends Exception {
    private static final long serialVersionUID = 1L;

    HeldException(String holder) {
      super(holder);
    }
  }

  private final Path file;
  private final FileChannel channel;

  private SessionLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @throws HeldException when another process has it; the message names the holder
   * @throws IOException when the lock file can't be made
   */
  static SessionLock take(Path file) throws IOException, HeldException {
    while (true) {
      FileChannel channel;
      Object key;
      try {
        key = key(file);
        channel =
            PrivateFiles.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } catch (NoSuchFileException e) {
        PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        continue;
      }
      boolean taken = false;
      try {
        if (lock(channel) && isStillAt(file, key)) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
          taken = true;
          return new SessionLock(file, channel);
        }
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException, HeldException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new HeldException("this process");
    } catch (IOException e) {
      // No locks here: ask for the process that wrote its name into the file.
      String holder = read(channel);
      if (isAlive(holder)) {
        throw new HeldException(describe(holder));
      }
      return true;
    }
    if (lock == null) {
      throw new HeldException(describe(read(channel)));
    }
    return true;
  }

  /**
   * The holder before us may have removed the file between our opening and our locking it; then the
   * lock is worth nothing. Asked by path: opening the file a second time and closing it would give
   * up the lock.
   */
  private static boolean isStillAt(Path file, Object key) throws IOException {
    try {
      return key(file).equals(key);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Object key(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    // No keys (Windows): there an open file can't be removed.
    return key == null ? "none" : key;
  }

  private static String self() {
    ProcessHandle self = ProcessHandle.current();
    return self.pid() + " " + self.info().startInstant().map(Instant::toString).orElse("?") + "\n";
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(200);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
  }

  private static boolean isAlive(String holder) {
    int blank = holder.indexOf(' ');
    Optional<ProcessHandle> process;
    try {
      process =
          blank < 0
              ? Optional.empty()
              : ProcessHandle.of(Long.parseLong(holder.substring(0, blank)));
    } catch (NumberFormatException e) {
      return false;
    }
    String started = holder.substring(blank + 1);
    return process
        .filter(ProcessHandle::isAlive)
        .map(
            handle ->
                handle.info().startInstant().map(Instant::toString).orElse("?").equals(started))
        .orElse(false);
  }

  private static String describe(String holder) {
    int blank = holder.indexOf(' ');
    if (blank <= 0) {
      return "another process";
    }
    String since = holder.substring(blank + 1);
    return "process "
        + holder.substring(0, blank)
        + (since.equals("?") ? "" : " (running since " + since + ")");
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        Files.deleteIfExists(file);
      } finally {
        channel.close();
      }
    }
  }
}
