package dev.agent.tui.dialog;

import java.nio.file.Path;

/** Shows paths as a person in a directory names them. */
final class Paths {
  private Paths() {}

  /** Relative below the directory, else as it is. */
  static String shown(String path, Path cwd) {
    String base = cwd + "/";
    return Text.shown(path.startsWith(base) ? path.substring(base.length()) : path);
  }
}
