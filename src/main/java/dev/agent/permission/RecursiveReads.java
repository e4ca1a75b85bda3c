package dev.agent.permission;

import dev.agent.workspace.CommandPart;
import dev.agent.workspace.NamedFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Commands that show what is in all files below a directory. */
final class RecursiveReads {
  private static final int MAX_WALKED = 5_000;

  /** They do so whenever they are given a directory. */
  private static final Set<String> ALWAYS =
      Set.of("rg", "ag", "ack", "tar", "zip", "rsync", "scp", "docker");

  /** They do so with such an option. */
  private static final Set<String> WITH_OPTION =
      Set.of("grep", "egrep", "fgrep", "diff", "cp", "gcp", "zgrep");

  private RecursiveReads() {}

  /** Whether the command may show a file below one that it names, of which the condition holds. */
  static boolean mayReach(CommandPart part, NamedFile file, Predicate<Path> counts) {
    boolean pattern = file.word().endsWith("/**");
    if (!pattern && !isRecursive(part)) {
      return false;
    }
    boolean passesHidden = part.program().equals("rg") && !asksForHidden(words(part));
    for (Path path : file.paths()) {
      if (Files.isDirectory(path) && isBelow(path, passesHidden, counts)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(CommandPart part) {
    return part.command().argv().stream().map(word -> word.text()).toList();
  }

  private static boolean isRecursive(CommandPart part) {
    if (ALWAYS.contains(part.program())) {
      return !words(part).contains("--files");
    }
    List<String> words = words(part);
    if (part.program().equals("git")) {
      return words.contains("grep");
    }
    return WITH_OPTION.contains(part.program())
        && words.stream()
            .anyMatch(
                it ->
                    it.startsWith("--rec")
                        || it.equals("--archive")
                        || it.startsWith("-")
                            && !it.startsWith("--")
                            && (it.indexOf('r') > 0 || it.indexOf('R') > 0 || it.indexOf('a') > 0));
  }

  private static boolean asksForHidden(List<String> words) {
    return words.stream()
        .anyMatch(
            it ->
                it.equals("--hidden")
                    || it.startsWith("--unrestricted")
                    || it.startsWith("-")
                        && !it.startsWith("--")
                        && (it.indexOf('u') > 0 || it.indexOf('.') > 0));
  }

  /** Where there is more than can be looked at, there may be such a file. */
  private static boolean isBelow(Path directory, boolean passesHidden, Predicate<Path> counts) {
    int[] seen = {0};
    boolean[] found = {false};
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              boolean skipped =
                  !dir.equals(directory) && (isHidden(dir) && passesHidden || isGit(dir));
              return skipped ? FileVisitResult.SKIP_SUBTREE : step(dir);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              return isHidden(file) && passesHidden ? FileVisitResult.CONTINUE : step(file);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return step(file);
            }

            private FileVisitResult step(Path path) {
              found[0] = counts.test(path) || ++seen[0] > MAX_WALKED;
              return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return true;
    }
    return found[0];
  }

  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  private static boolean isGit(Path path) {
    return String.valueOf(path.getFileName()).equals(".git");
  }
}
