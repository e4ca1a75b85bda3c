package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.runtime.UserError;
import dev.agent.settings.Settings;
import dev.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The directories that a run works in.
 *
 * @param start where it began
 * @param added further ones, from flags and settings
 */
record Directories(Path start, List<Path> added, Path home) {
  Directories {
    added = List.copyOf(added);
  }

  /**
   * Those of flags and settings. One that a setting names and that is not there is left out.
   *
   * @throws UserError when a flag names something else than a directory
   */
  static Directories of(Launch launch, Settings settings) {
    Path cwd = launch.world().cwd();
    Path home = launch.world().places().home();
    List<Path> added = new ArrayList<>();
    for (String name : launch.addDirectories()) {
      Path path = atHome(name, home, cwd).normalize();
      if (!Files.isDirectory(path)) {
        throw new UserError(
            "--add-dir: \"" + name + "\" is no directory.",
            "Give the path of a directory that exists.");
      }
      added.add(path);
    }
    for (var entry : settings.texts("permissions.additionalDirectories")) {
      Path path = atHome(entry.getKey(), home, entry.getValue().base());
      if (Files.isDirectory(path)) {
        added.add(path.normalize());
      }
    }
    return new Directories(cwd, added, home);
  }

  /** The path that a person wrote: {@code ~/} stands for home, what is relative starts at base. */
  static Path atHome(String name, Path home, Path base) {
    return name.startsWith("~/") ? home.resolve(name.substring(2)) : base.resolve(name);
  }

  /** The workspace they make, for somebody who stands in {@code cwd}. */
  Workspace workspace(Supplier<Path> cwd) {
    return new Workspace(start, added, home, cwd);
  }

  /** As they are named and, behind that, as they are without links. */
  List<Path> roots() {
    List<Path> named = new ArrayList<>(List.of(start));
    named.addAll(added);
    List<Path> roots = new ArrayList<>(named);
    named.forEach(path -> Workspace.realPath(path).ifPresent(roots::add));
    return roots;
  }
}
