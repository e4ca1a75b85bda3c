package dev.agent.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A session's own directory: results that were too big for the conversation, output of commands,
 * the scratch directory. Made when first needed, only for the person. Thread-safe.
 */
public final class SessionFiles {
  /** What one command may print before it is stopped. */
  public static final long MAX_OUTPUT_BYTES = 64L * 1024 * 1024;

  /** Below this nothing more is written, so that the disk keeps room for what matters. */
  private static final long MIN_FREE_BYTES = 200L * 1024 * 1024;

  private final Path directory;

  public SessionFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The files of a session in a directory, or, where that can't be written or nothing shall stay,
   * in a temporary one.
   *
   * @throws IOException when neither can be made
   */
  public static SessionFiles in(Path directory, boolean lasting) throws IOException {
    if (lasting) {
      try {
        made(directory);
        if (Files.isWritable(directory)) {
          return new SessionFiles(directory);
        }
      } catch (IOException e) {
        // No place for sessions; the caller has said so already when it tried to save this one.
      }
    }
    return new SessionFiles(Files.createTempDirectory("agent-"));
  }

  /** The directory itself. */
  public Path directory() {
    return directory;
  }

  /**
   * A directory for short-lived files, there when this returns.
   *
   * @throws IOException when it can't be made
   */
  public Path scratch() throws IOException {
    return made(directory.resolve("scratch"));
  }

  private static Path made(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
      try {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      } catch (UnsupportedOperationException e) {
        // This file system has no such permissions.
      }
    }
    return path;
  }

  /** Stores a result; empty when the disk refuses. */
  public Optional<Path> keep(String toolUseId, String text) {
    try {
      Path file = made(directory.resolve("results")).resolve(safeName(toolUseId) + ".txt");
      if (Files.getFileStore(file.getParent()).getUsableSpace() < MIN_FREE_BYTES) {
        return Optional.empty();
      }
      Files.writeString(file, text, StandardCharsets.UTF_8);
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A name without anything that could lead elsewhere: ids come from the model's side. */
  static String safeName(String id) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < id.length() && i < 80; i++) {
      char c = id.charAt(i);
      out.append(c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-') ? c : '_');
    }
    return out.isEmpty() ? "_" : out.toString();
  }

  /** A file for a command's whole output. It is made with the first byte. */
  public CappedFile output(String toolUseId) {
    return new CappedFile(directory.resolve("output"), safeName(toolUseId) + ".log");
  }

  /** A file that grows up to a cap, as long as the disk has room. Thread-safe. */
  public static final class CappedFile implements AutoCloseable {
    private static final int CHECK_EVERY = 1024 * 1024;
    private final Path directory;
    private final String name;
    private final Path file;
    private @org.jspecify.annotations.Nullable OutputStream out;
    private long written;
    private long nextCheck;
    private boolean full;

    CappedFile(Path directory, String name) {
      this.directory = directory;
      this.name = name;
      this.file = directory.resolve(name);
    }

    /** Takes bytes; false when the cap or the end of the disk is reached. */
    public synchronized boolean append(byte[] bytes, int offset, int length) {
      if (full) {
        return false;
      }
      try {
        OutputStream target = out;
        if (target == null) {
          target =
              Files.newOutputStream(
                  made(directory).resolve(name),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING);
          out = target;
        }
        if (written >= nextCheck) {
          nextCheck = written + CHECK_EVERY;
          full = Files.getFileStore(file).getUsableSpace() < MIN_FREE_BYTES;
        }
        if (written + length > MAX_OUTPUT_BYTES) {
          full = true;
        }
        if (full) {
          return false;
        }
        target.write(bytes, offset, length);
        written += length;
        return true;
      } catch (IOException e) {
        full = true;
        return false;
      }
    }

    /** The file, when anything is in it. */
    public synchronized Optional<Path> path() {
      return written > 0 ? Optional.of(file) : Optional.empty();
    }

    @Override
    public synchronized void close() {
      if (out != null) {
        try {
          out.close();
        } catch (IOException e) {
          full = true;
        }
        out = null;
      }
    }
  }
}
