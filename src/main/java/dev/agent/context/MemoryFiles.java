package dev.agent.context;

import dev.agent.runtime.UserError;
import dev.agent.text.Diffs;
import dev.agent.tool.Display;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.TextFile;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The instruction files that a person may add to, and the notes that a line behind {@code #} adds.
 * Files of the compatible tool in the home directory are read elsewhere and never written.
 */
public final class MemoryFiles {
  private static final String HEADING = "# Notes";

  private final List<Target> targets;
  private final FileWriter writer;

  /** A file that notes may go to. {@code exists}: whether it is there already. */
  public record Target(Scope scope, Path file, boolean exists) {}

  /** Whom a file speaks for. */
  public enum Scope {
    /** Shared through the repository. */
    PROJECT("Project, shared"),
    /** In the project's directory, but kept out of the repository by custom. */
    LOCAL("Project, only mine"),
    /** The person's own, for all projects. */
    PERSONAL("All my projects");

    private final String shown;

    Scope(String shown) {
      this.shown = shown;
    }

    /** Its name for people. */
    public String shown() {
      return shown;
    }
  }

  /**
   * @param projectRoot the repository's root, or the working directory where there is none
   * @param config the person's own configuration directory
   * @param writer writes so that nothing is ever half written
   */
  public MemoryFiles(Path projectRoot, Path config, FileWriter writer) {
    this.writer = writer;
    Path agents = projectRoot.resolve("AGENTS.md");
    Path claude = projectRoot.resolve("CLAUDE.md");
    boolean foreign = Files.isRegularFile(claude) && !Files.exists(agents);
    List<Target> found = new ArrayList<>();
    found.add(target(Scope.PROJECT, foreign ? claude : agents));
    found.add(target(Scope.LOCAL, projectRoot.resolve("CLAUDE.local.md")));
    found.add(target(Scope.PERSONAL, config.resolve("AGENTS.md")));
    this.targets = List.copyOf(found);
  }

  private static Target target(Scope scope, Path file) {
    return new Target(scope, file, Files.isRegularFile(file));
  }

  /** Where a note may go, the project's file first. */
  public List<Target> targets() {
    return targets;
  }

  /**
   * Adds a note as a list item at the end of a file, which is made if it is not there.
   *
   * @param note a line or more
   * @return what changed
   * @throws UserError when the note is empty or the file can't be written; it is as before then
   */
  public Display.Diff add(Target target, String note) {
    if (note.isBlank()) {
      throw new UserError("There is no note to add.", "Write it behind the #.");
    }
    Path file = target.file();
    try {
      boolean exists = Files.exists(file);
      TextFile before = exists ? TextFile.read(file) : TextFile.fresh(file, "");
      TextFile after = before.with(with(before.text(), note.strip(), before.lineEnd()));
      if (exists) {
        writer.replace(file, after.bytes(), before.hash());
      } else {
        writer.create(file, after.bytes());
      }
      return new Display.Diff(file.toString(), hunks(before.text(), after.text()), !exists);
    } catch (IOException e) {
      throw new UserError(
          "The note was not added: " + Workspace.explain(e, file),
          "Choose another file, or add it by hand.");
    }
  }

  /** The text with a note behind it. */
  static String with(String text, String note, String lineEnd) {
    String item = "- " + note.replaceAll("\\R", lineEnd + "  ") + lineEnd;
    if (text.isBlank()) {
      return HEADING + lineEnd + lineEnd + item;
    }
    String body = text.stripTrailing();
    String last = body.lines().reduce("", (_, line) -> line).stripLeading();
    boolean inList = last.startsWith("- ") || last.startsWith("* ");
    return body + (inList ? lineEnd : lineEnd + lineEnd) + item;
  }

  private static List<Display.Hunk> hunks(String before, String after) {
    return Diffs.hunks(before, after).stream()
        .map(
            it ->
                new Display.Hunk(
                    it.oldStart(), it.oldLines(), it.newStart(), it.newLines(), it.lines()))
        .toList();
  }
}
