package dev.agent.tools.shell;

import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.QuietGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps what a command may destroy before it runs, in the file history, so that it can be taken
 * back like an edit. Only files of the workspace, and only so much: most work is small, and what is
 * large was made by a program that can make it again. Thread-safe.
 */
public final class Keepsakes {
  private static final int MAX_FILES = 2_000;
  private static final long MAX_FILE_BYTES = 8L * 1024 * 1024;
  private static final long MAX_BYTES = 64L * 1024 * 1024;
  private static final int MAX_LISTING = 4 * 1024 * 1024;
  private static final Duration GIT_LIMIT = Duration.ofSeconds(5);

  private final Optional<FileHistory> history;
  private final Processes processes;
  private final List<Path> roots;

  /**
   * @param history empty = keep nothing
   * @param roots the workspace
   */
  public Keepsakes(Optional<FileHistory> history, Processes processes, List<Path> roots) {
    this.history = history;
    this.processes = processes;
    this.roots = roots.stream().map(Keepsakes::real).distinct().toList();
  }

  /**
   * What was kept for a command.
   *
   * @param note for the model when something could not be kept; empty when all was
   */
  record Kept(Set<Path> files, String note) {
    static final Kept NOTHING = new Kept(Set.of(), "");
  }

  /** Keeps what the command may destroy. */
  Kept before(String command, Path cwd) throws InterruptedException {
    if (history.isEmpty()) {
      return Kept.NOTHING;
    }
    Losses losses = Losses.of(command, cwd);
    if (losses.isNothing()) {
      return Kept.NOTHING;
    }
    Set<Path> wanted = new LinkedHashSet<>();
    for (Path path : losses.named()) {
      Path real = withoutLinks(path);
      if (!isInside(real)) {
        continue;
      }
      if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
        below(real, wanted);
      } else {
        wanted.add(real);
      }
    }
    for (Path worktree : losses.worktrees()) {
      uncommitted(worktree, losses.ignored(), wanted);
    }
    StringBuilder note = new StringBuilder();
    for (Path place : losses.stashes()) {
      keepStashes(place, note);
    }
    return keep(wanted, note);
  }

  private Kept keep(Set<Path> wanted, StringBuilder note) {
    Set<Path> kept = new LinkedHashSet<>();
    long bytes = 0;
    int left = 0;
    for (Path file : wanted) {
      try {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        long size = Files.size(file);
        if (kept.size() >= MAX_FILES || size > MAX_FILE_BYTES || bytes + size > MAX_BYTES) {
          left++;
          continue;
        }
        history.orElseThrow().keep(file);
        bytes += size;
        kept.add(file);
      } catch (IOException e) {
        left++;
      }
    }
    if (left > 0) {
      note.append("(")
          .append(left)
          .append(
              left == 1
                  ? " file that this command may change was"
                  : " files that this command may change were")
          .append(" not kept for undo: too large, too many, or not readable.)");
    }
    return new Kept(kept, note.toString());
  }

  /** Notes what the command made of the files: taking back may replace that. */
  void after(Kept kept) {
    for (Path file : kept.files()) {
      try {
        history.orElseThrow().settle(file);
      } catch (IOException e) {
        // Then taking back says that somebody else changed it, and leaves it alone.
      }
    }
  }

  /** The files of a directory: of a repository those that git does not ignore. */
  private void below(Path directory, Set<Path> into) throws InterruptedException {
    Optional<String> listed =
        git(
            directory,
            List.of("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."));
    if (listed.isPresent()) {
      for (String name : listed.get().split("\0", -1)) {
        if (!name.isEmpty()) {
          into.add(directory.resolve(name).normalize());
        }
      }
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.limit(MAX_FILES * 4L).filter(Files::isRegularFile).forEach(into::add);
    } catch (IOException | UncheckedIOException e) {
      return; // what can't be listed can't be kept
    }
  }

  private void uncommitted(Path place, boolean ignored, Set<Path> into)
      throws InterruptedException {
    Optional<String> top = git(place, List.of("rev-parse", "--show-toplevel"));
    List<String> words =
        new ArrayList<>(
            List.of("status", "--porcelain=v1", "-z", "-uall", "--ignore-submodules=dirty"));
    if (ignored) {
      words.add("--ignored=matching");
    }
    Optional<String> status = git(place, words);
    if (top.isEmpty() || status.isEmpty()) {
      return;
    }
    Path root = Path.of(top.get().stripTrailing());
    String[] entries = status.get().split("\0", -1);
    for (int i = 0; i < entries.length; i++) {
      String entry = entries[i];
      if (entry.length() > 3) {
        Path path = withoutLinks(root.resolve(entry.substring(3)).normalize());
        if (!isInside(path)) {
          continue;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          walk(path, into);
        } else {
          into.add(path);
        }
        if (entry.startsWith("R") || entry.startsWith("C")) {
          i++; // the old name follows
        }
      }
    }
  }

  private static void walk(Path directory, Set<Path> into) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.limit(MAX_FILES * 4L).filter(Files::isRegularFile).forEach(into::add);
    } catch (IOException | UncheckedIOException e) {
      return;
    }
  }

  /** Dropped stashes stay in the repository under names of ours, where nothing collects them. */
  private void keepStashes(Path place, StringBuilder note) throws InterruptedException {
    Optional<String> list = git(place, List.of("stash", "list", "--format=%H"));
    for (String commit : list.orElse("").split("\n", -1)) {
      if (!commit.isBlank()) {
        String name = "refs/agent/stash/" + commit.strip();
        if (git(place, List.of("update-ref", name, commit.strip())).isPresent()) {
          note.append("(The stash ").append(commit.strip(), 0, 10);
          note.append(" stays reachable: git stash apply ").append(name).append(")\n");
        }
      }
    }
  }

  private Optional<String> git(Path place, List<String> words) throws InterruptedException {
    List<String> command = QuietGit.command(List.of("-c", "core.quotePath=false"));
    command.addAll(words);
    try {
      RunningProcess process =
          processes.start(
              new Processes.Launch(
                  command, place, Map.of(), MAX_LISTING, OutputSink.NONE, _ -> {}));
      try {
        if (process.await(GIT_LIMIT)
            && process.exitCode() == 0
            && process.outputBytes() < MAX_LISTING) {
          return Optional.of(process.output());
        }
        return Optional.empty();
      } finally {
        if (process.isAlive()) {
          process.kill();
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // no git
    }
  }

  private boolean isInside(Path path) {
    return roots.stream().anyMatch(path::startsWith);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  /** The same name in the real directory: the history restores nothing through links. */
  private static Path withoutLinks(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : real(parent).resolve(String.valueOf(path.getFileName()));
  }
}
