package dev.agent.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a session keeps what does not belong into its journal: the scratch directory, long results
 * and outputs of commands, the history of edited files. In the session's own directory, or, where
 * nothing can or shall be kept, in a temporary one. Thread-safe.
 */
public final class SessionFiles {
  private final Path directory;
  private final SpillFiles spill;

  private SessionFiles(Path directory) {
    this.directory = directory;
    this.spill =
        new SpillFiles(
            directory.resolve("tool-results"),
            SpillFiles.DEFAULT_QUOTA,
            OutputFile.DEFAULT_MAX_BYTES,
            OutputFile.DEFAULT_MIN_FREE);
  }

  /**
   * The files of a session in a directory, or in a temporary one when that can't be written.
   *
   * @param lasting whether the directory shall be used at all
   * @throws IOException when neither can be made
   */
  public static SessionFiles in(Path directory, boolean lasting) throws IOException {
    if (lasting) {
      try {
        PrivateFiles.createDirectories(directory);
        if (Files.isWritable(directory)) {
          return new SessionFiles(directory);
        }
      } catch (IOException e) {
        // The log has said already that sessions can't be kept here.
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
    Path scratch = directory.resolve("scratch");
    PrivateFiles.createDirectories(scratch);
    return scratch;
  }

  /** Keeps a result that is too long for the conversation; empty when there is no room. */
  public Optional<Path> keep(String toolUseId, String text) {
    return spill.keep(toolUseId, text);
  }

  /** A file for a command's whole output, made with its first byte. */
  public Growing output(String toolUseId) {
    return new Growing(toolUseId);
  }

  /** A file that grows up to its limit. Thread-safe. */
  public final class Growing implements AutoCloseable {
    private final String name;
    private @Nullable OutputFile file;
    private boolean full;

    private Growing(String name) {
      this.name = name;
    }

    /** Takes bytes; false once the limit or the end of the disk is reached. */
    public synchronized boolean append(byte[] bytes, int offset, int length) {
      if (full) {
        return false;
      }
      try {
        OutputFile target = file;
        if (target == null) {
          target = spill.open(name);
          file = target;
        }
        target.append(bytes, offset, length);
        full = !target.fault().isEmpty();
      } catch (IOException e) {
        full = true;
      }
      return !full;
    }

    /** The file, when there is one. */
    public synchronized Optional<Path> path() {
      return Optional.ofNullable(file).map(OutputFile::path);
    }

    @Override
    public synchronized void close() {
      OutputFile open = file;
      if (open != null) {
        open.close();
      }
    }
  }
}
