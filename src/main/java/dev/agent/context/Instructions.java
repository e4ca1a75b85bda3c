package dev.agent.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Instruction files: those of the person, then those of each directory from the root of the file
 * system down to the working directory, nearest last. In each directory {@code AGENTS.md} comes
 * first, then {@code CLAUDE.md} unless it says the same or only imports it, then {@code
 * CLAUDE.local.md}. Files of directories below the working directory join when the agent reads
 * there.
 *
 * <p>{@code @path} in the text pulls in another file (relative to the file, {@code ~/} or absolute;
 * four deep; not inside code). Files outside the project are pulled in only by the person's own
 * files. HTML comments are left out. Not thread-safe: owned by the session's loop.
 */
public final class Instructions {
  private static final long MAX_BYTES = 4L * 1024 * 1024;
  private static final int MAX_DEPTH = 4;
  private static final List<String> NAMES =
      List.of("AGENTS.md", "CLAUDE.md", ".claude/CLAUDE.md", "CLAUDE.local.md");

  private final Path cwd;
  private final Path home;
  private final List<Path> personal;
  private final Path projectRoot;
  private final Set<Path> seen = new HashSet<>();
  private final Set<Path> visitedDirectories = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param personal directories with the person's own files, such as {@code ~/.agent}
   * @param projectRoot the repository's root, or the working directory where there is none
   */
  public Instructions(Path cwd, Path home, List<Path> personal, Path projectRoot) {
    this.cwd = cwd;
    this.home = home;
    this.personal = List.copyOf(personal);
    this.projectRoot = projectRoot;
  }

  /** One file with its imports put in. */
  public record InstructionFile(Path path, String text) {}

  /** What applies from the start of a session. Each file comes once. */
  public List<InstructionFile> atStart() {
    List<InstructionFile> files = new ArrayList<>();
    for (Path directory : personal) {
      addAll(directory, true, files);
    }
    List<Path> down = new ArrayList<>();
    for (Path directory = cwd; directory != null; directory = directory.getParent()) {
      down.addFirst(directory);
    }
    for (Path directory : down) {
      visitedDirectories.add(directory);
      addAll(directory, false, files);
    }
    return files;
  }

  /**
   * Files of directories below the working directory that come into play because something there is
   * read; each comes once.
   */
  public List<InstructionFile> onVisit(Path path) {
    List<InstructionFile> files = new ArrayList<>();
    Path directory = Files.isDirectory(path) ? path : path.getParent();
    List<Path> down = new ArrayList<>();
    while (directory != null && directory.startsWith(cwd) && !directory.equals(cwd)) {
      down.addFirst(directory);
      directory = directory.getParent();
    }
    for (Path each : down) {
      if (visitedDirectories.add(each)) {
        addAll(each, false, files);
      }
    }
    return files;
  }

  /** What could not be read, one sentence each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** The files as one reminder for the model; empty when there are none. */
  public static String reminder(List<InstructionFile> files, String introduction) {
    if (files.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("<system-reminder>\n").append(introduction).append('\n');
    for (InstructionFile file : files) {
      out.append("\nContents of ")
          .append(file.path())
          .append(":\n\n")
          .append(file.text().strip())
          .append('\n');
    }
    return out.append("</system-reminder>").toString();
  }

  private void addAll(Path directory, boolean isPersonal, List<InstructionFile> files) {
    Set<String> texts = new LinkedHashSet<>();
    for (String name : NAMES) {
      Path file = directory.resolve(name);
      if (!Files.isRegularFile(file) || !firstSight(file)) {
        continue;
      }
      String text = read(file, isPersonal, 0, new HashSet<>(Set.of(file)));
      if (!text.isBlank() && texts.add(text.strip())) {
        files.add(new InstructionFile(file, text));
      }
    }
  }

  private boolean firstSight(Path file) {
    try {
      return seen.add(file.toRealPath());
    } catch (IOException e) {
      return seen.add(file);
    }
  }

  private String read(Path file, boolean mayLeaveProject, int depth, Set<Path> chain) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add(file + " is larger than 4 MiB and was left out.");
        return "";
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return withImports(withoutComments(text), file, mayLeaveProject, depth, chain);
    } catch (IOException e) {
      problems.add(
          file + " could not be read (" + e.getClass().getSimpleName() + ") and was left out.");
      return "";
    }
  }

  private static String withoutComments(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (true) {
      int open = text.indexOf("<!--", from);
      int close = open < 0 ? -1 : text.indexOf("-->", open + 4);
      if (close < 0) {
        return out.append(text, from, text.length()).toString();
      }
      out.append(text, from, open);
      from = close + 3;
    }
  }

  private String withImports(
      String text, Path file, boolean mayLeaveProject, int depth, Set<Path> chain) {
    if (text.indexOf('@') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    boolean fenced = false;
    for (String line : text.split("(?<=\n)")) {
      if (line.stripLeading().startsWith("```") || line.stripLeading().startsWith("~~~")) {
        fenced = !fenced;
        out.append(line);
      } else if (fenced) {
        out.append(line);
      } else {
        importsOfLine(line, file, mayLeaveProject, depth, chain, out);
      }
    }
    return out.toString();
  }

  private void importsOfLine(
      String line,
      Path file,
      boolean mayLeaveProject,
      int depth,
      Set<Path> chain,
      StringBuilder out) {
    boolean code = false;
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '`') {
        code = !code;
      }
      boolean starts =
          c == '@'
              && !code
              && (i == 0
                  || Character.isWhitespace(line.charAt(i - 1))
                  || line.charAt(i - 1) == '(');
      int end = i + 1;
      if (starts) {
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
          end++;
        }
        String name = line.substring(i + 1, end);
        while (!name.isEmpty() && ",;:)".indexOf(name.charAt(name.length() - 1)) >= 0) {
          name = name.substring(0, name.length() - 1);
          end--;
        }
        String imported = imported(name, file, mayLeaveProject, depth, chain);
        if (imported != null) {
          out.append(imported);
          i = end;
          continue;
        }
      }
      out.append(c);
      i++;
    }
  }

  /** The text of an import, or null when the word is no file's name and stays as it is. */
  private @org.jspecify.annotations.Nullable String imported(
      String name, Path file, boolean mayLeaveProject, int depth, Set<Path> chain) {
    Path target;
    try {
      Path base = file.getParent();
      target =
          (name.startsWith("~/")
                  ? home.resolve(name.substring(2))
                  : base == null ? Path.of(name) : base.resolve(name))
              .normalize();
    } catch (java.nio.file.InvalidPathException e) {
      return null;
    }
    if (name.isEmpty() || !Files.isRegularFile(target)) {
      return null;
    }
    if (depth >= MAX_DEPTH) {
      problems.add(
          file
              + " imports "
              + target
              + " more than "
              + MAX_DEPTH
              + " files deep; it was left out.");
      return "";
    }
    if (!mayLeaveProject && !isInProject(target)) {
      problems.add(
          file + " imports " + target + ", which lies outside of the project; it was left out.");
      return "";
    }
    if (!chain.add(target)) {
      problems.add(
          file + " imports " + target + ", which is being imported already; it was left out.");
      return "";
    }
    firstSight(target);
    String text = read(target, mayLeaveProject, depth + 1, chain);
    chain.remove(target);
    return text.strip();
  }

  private boolean isInProject(Path target) {
    try {
      return target.toRealPath().startsWith(projectRoot.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
