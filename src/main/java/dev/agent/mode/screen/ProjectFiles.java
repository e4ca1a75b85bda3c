package dev.agent.mode.screen;

import dev.agent.tools.search.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The files that prompts can name, as the disk has them. Both ways of asking block. Thread-safe.
 *
 * @param root where relative names start, asked each time
 * @param home what {@code ~} stands for
 * @param respectIgnores whether ignore files count
 * @param globalIgnoreFiles the person's own exclude files
 */
record ProjectFiles(
    Supplier<Path> root, Path home, boolean respectIgnores, List<Path> globalIgnoreFiles)
    implements FileCompletions.Tree {
  /** The most names of a project. */
  private static final int MAX_NAMES = 200_000;

  /** The most names of one directory. */
  private static final int MAX_ENTRIES = 5_000;

  ProjectFiles {
    globalIgnoreFiles = List.copyOf(globalIgnoreFiles);
  }

  @Override
  public List<String> all(BooleanSupplier stop) {
    return FileNames.below(root.get(), respectIgnores, globalIgnoreFiles, MAX_NAMES, stop).names();
  }

  @Override
  public List<String> entries(String directory) {
    List<String> names = new ArrayList<>();
    try {
      Path path =
          directory.startsWith("~/")
              ? home.resolve(directory.substring(2))
              : root.get().resolve(directory);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          String name = String.valueOf(entry.getFileName());
          if (FileNames.isWritable(name)) {
            names.add(Files.isDirectory(entry) ? name + "/" : name);
          }
          if (names.size() == MAX_ENTRIES) {
            break;
          }
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      // There is no such directory, or nobody may look into it: it has nothing to offer.
      return names;
    }
    return names;
  }
}
