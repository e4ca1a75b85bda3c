package dev.agent.tools.search;

import dev.agent.text.NearestNames;
import dev.agent.tool.ToolException;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where searches run.
 *
 * @param globalIgnoreFiles the user's own exclude files
 */
public record SearchPlace(
    Workspace workspace, boolean respectIgnores, List<Path> globalIgnoreFiles) {

  /** The directory or file to search; the working directory when none is named. */
  Path resolve(Optional<String> name) throws ToolException {
    try {
      Path path =
          name.filter(it -> !it.isBlank()).map(workspace::resolve).orElseGet(workspace::cwd);
      if (!Files.exists(path)) {
        Path parent = path.getParent();
        List<String> near =
            parent == null
                ? List.of()
                : NearestNames.of(String.valueOf(path.getFileName()), directories(parent), 3);
        throw new ToolException(
            path
                + " does not exist."
                + (near.isEmpty() ? "" : " There is: " + String.join(", ", near) + ".")
                + " The working directory is "
                + workspace.cwd()
                + ".");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new ToolException("\"" + e.getInput() + "\" can't be a path: " + e.getReason() + ".");
    }
  }

  private static List<String> directories(Path parent) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return names;
    }
    return names;
  }

  /** Without what would move the cursor or hide text: names may hold anything. */
  static String shown(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        StringBuilder out = new StringBuilder();
        path.chars()
            .forEach(
                c ->
                    out.append(
                        Character.isISOControl(c)
                            ? String.format("\\x%02x", c)
                            : String.valueOf((char) c)));
        return out.toString();
      }
    }
    return path;
  }
}
