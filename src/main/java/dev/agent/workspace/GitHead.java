package dev.agent.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a repository has checked out, read from its files: no program is started. Blocks on I/O. */
public final class GitHead {
  private static final int MAX_BYTES = 4_096;
  private static final String BRANCH = "ref: refs/heads/";
  private static final String POINTER = "gitdir:";

  private GitHead() {}

  /**
   * The branch of the repository that a directory is in, or the beginning of the commit's hash when
   * it is on none; empty outside of repositories, and where that can't be read.
   */
  public static Optional<String> of(Path directory) {
    for (@Nullable Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
      Path git = at.resolve(".git");
      if (Files.exists(git)) {
        return head(git).flatMap(GitHead::read).flatMap(GitHead::name);
      }
    }
    return Optional.empty();
  }

  /** The file HEAD; worktrees and submodules have a file that says where it is. */
  private static Optional<Path> head(Path git) {
    if (Files.isDirectory(git)) {
      return Optional.of(git.resolve("HEAD"));
    }
    try {
      return read(git)
          .filter(text -> text.startsWith(POINTER))
          .map(text -> git.resolveSibling(text.substring(POINTER.length()).strip()))
          .map(path -> path.resolve("HEAD"));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty(); // never waits for a pipe
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> name(String head) {
    if (head.startsWith(BRANCH) && head.length() > BRANCH.length()) {
      return Optional.of(head.substring(BRANCH.length()));
    }
    boolean hash =
        head.length() >= 40 && head.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    return hash ? Optional.of(head.substring(0, 7)) : Optional.empty();
  }
}
