package dev.agent.context;

import dev.agent.workspace.QuietGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Branch, changes and latest commits of a repository for the system prompt, at most 2,000
 * characters. Git runs without pager, hooks, file watchers and locks; in a repository whose own
 * configuration could make {@code git status} run programs (filters, includes) it is not asked at
 * all.
 */
public final class GitStatus {
  /** The whole section, in characters. */
  static final int MAX_CHARS = 2_000;

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private GitStatus() {}

  /** Runs a command without a shell. */
  @FunctionalInterface
  public interface Runner {
    /** Standard output, or empty when the command failed or took longer than the limit. */
    Optional<String> run(List<String> command, Path cwd, Duration limit);
  }

  /**
   * @param root the directory that holds {@code .git}
   */
  public static String of(Path root, Runner runner) {
    if (!isInert(root)) {
      return "";
    }
    Optional<String> status =
        git(
            root,
            runner,
            "status",
            "--short",
            "--branch",
            "--untracked-files=normal",
            // Looking for changes inside of a nested repository obeys its configuration.
            "--ignore-submodules=dirty");
    if (status.isEmpty()) {
      return "";
    }
    String log =
        git(root, runner, "log", "--oneline", "-n", "5", "--no-decorate")
            .orElse("")
            .stripTrailing();
    String text =
        status.get().stripTrailing() + (log.isEmpty() ? "" : "\n\nLatest commits:\n" + log);
    return cap(text);
  }

  private static Optional<String> git(Path root, Runner runner, String... arguments) {
    return runner.run(QuietGit.command(List.of(arguments)), root, LIMIT);
  }

  static String cap(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    String note = "\n… (cut off; run git status for the rest)";
    int end = text.lastIndexOf('\n', MAX_CHARS - note.length());
    return text.substring(0, end > 0 ? end : MAX_CHARS - note.length()) + note;
  }

  /**
   * Whether the repository's own configuration holds nothing that makes git run a program or read
   * further configuration.
   */
  static boolean isInert(Path root) {
    Path git = root.resolve(".git");
    List<Path> files = new ArrayList<>();
    try {
      Path directory = git;
      if (Files.isRegularFile(git)) {
        String pointer = Files.readString(git).strip();
        if (!pointer.startsWith("gitdir:")) {
          return false;
        }
        directory = root.resolve(pointer.substring("gitdir:".length()).strip()).normalize();
        Path common = directory.resolve("commondir");
        if (Files.isRegularFile(common)) {
          files.add(
              directory.resolve(Files.readString(common).strip()).normalize().resolve("config"));
        }
      }
      files.add(directory.resolve("config"));
      files.add(directory.resolve("config.worktree"));
      for (Path file : files) {
        if (Files.exists(file)) {
          String config = Files.readString(file).toLowerCase(Locale.ROOT);
          if (config.contains("filter")
              || config.contains("include")
              || config.contains("fsmonitor")
              || config.contains("alias")
              || config.contains("textconv")) {
            return false;
          }
        }
      }
      return true;
    } catch (java.io.IOException | RuntimeException e) {
      return false;
    }
  }
}
