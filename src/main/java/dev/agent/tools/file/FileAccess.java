package dev.agent.tools.file;

import dev.agent.text.Clip;
import dev.agent.text.Diffs;
import dev.agent.text.NearestNames;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolException;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.TextFile;
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
 * What the file tools share: names to paths, reading, and writing that the read state and the
 * person hear of. Thread-safe.
 *
 * @param writer empty in a session that only reads: nothing in it could write
 */
public record FileAccess(
    Workspace workspace, ReadState readState, Optional<FileWriter> writer, AfterWrite afterWrite) {

  /** Access that may write. */
  public FileAccess(
      Workspace workspace, ReadState readState, FileWriter writer, AfterWrite afterWrite) {
    this(workspace, readState, Optional.of(writer), afterWrite);
  }

  /** Access without any way to write. */
  public static FileAccess readingOnly(Workspace workspace, ReadState readState) {
    return new FileAccess(workspace, readState, Optional.empty(), AfterWrite.NOTHING);
  }

  /** Whether there is a way to write. */
  public boolean mayWrite() {
    return writer.isPresent();
  }

  private FileWriter requireWriter() throws ToolException {
    return writer.orElseThrow(
        () -> new ToolException("This session only reads (--read-only); nothing was written."));
  }

  /** Told of each write: formatters and language servers hang here. Their words join the result. */
  @FunctionalInterface
  public interface AfterWrite {
    /** What the model should know; empty when nothing. */
    String wrote(Path path);

    AfterWrite NOTHING = _ -> "";
  }

  Path resolve(String name) throws ToolException {
    if (name.isBlank()) {
      throw new ToolException("\"file_path\" is empty. Give the path of a file.");
    }
    try {
      return workspace.resolve(name);
    } catch (InvalidPathException e) {
      throw new ToolException("\"" + e.getInput() + "\" can't be a path: " + e.getReason() + ".");
    }
  }

  /**
   * What a call that reads this file touches; unknown when the name can't be a path, so that the
   * call is looked at closely before it fails.
   */
  Effect reads(String name) {
    try {
      return Effect.reads(workspace.resolve(name));
    } catch (InvalidPathException e) {
      return Effect.UNKNOWN;
    }
  }

  /** The same for a call that writes it. */
  Effect writes(String name) {
    try {
      return Effect.writes(workspace.resolve(name));
    } catch (InvalidPathException e) {
      return Effect.UNKNOWN;
    }
  }

  /** Half a surrogate pair has no bytes in any encoding: it would be written as a question mark. */
  static void requireWhole(String parameter, String text) throws ToolException {
    if (Clip.hasLoneSurrogate(text)) {
      throw new ToolException(
          "\""
              + parameter
              + "\" holds half of a surrogate pair (a broken character), which can't be written."
              + " Send the whole character.");
    }
  }

  TextFile read(Path path) throws ToolException {
    try {
      return TextFile.read(path);
    } catch (TextFile.BinaryFileException e) {
      throw new ToolException(
          path + " is a binary file (" + e.size() + " bytes) and can't be changed as text.", e);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new ToolException(missing(path), e);
    } catch (IOException e) {
      throw new ToolException(Workspace.explain(e, path), e);
    }
  }

  /** A file keeps its encoding, so that has to have room for what was given. */
  static void requireEncodable(TextFile file, String parameter, String text, String remedy)
      throws ToolException {
    if (!file.encoding().canEncode(text)) {
      throw new ToolException(
          file.path()
              + " is encoded in "
              + file.encoding().shown()
              + ", which has no room for some characters of \""
              + parameter
              + "\"."
              + remedy);
    }
  }

  /** That a file does not exist, and which one may be meant. */
  String missing(Path path) {
    Path parent = path.getParent();
    Path name = path.getFileName();
    StringBuilder text = new StringBuilder(path + " does not exist.");
    if (parent != null && name != null) {
      if (!Files.isDirectory(parent)) {
        text.append(" Neither does its directory.");
      }
      List<String> near = NearestNames.of(name.toString(), names(parent), 3);
      if (!near.isEmpty()) {
        text.append(" In the same directory there is: ")
            .append(String.join(", ", near))
            .append('.');
      }
    }
    text.append(" The working directory is ").append(workspace.cwd()).append('.');
    return text.toString();
  }

  private static List<String> names(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (name != null && names.size() < 2_000) {
          names.add(name.toString());
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return names;
    }
    return names;
  }

  /**
   * Replaces a file that was read and lets the read state know; the words to add to the result.
   *
   * @param before as it was when the new content was made from it
   */
  String write(TextFile before, TextFile after) throws ToolException {
    FileWriter to = requireWriter();
    return written(after, to, path -> to.replace(path, after.bytes(), before.hash()));
  }

  /** Makes a file that does not exist. */
  String create(TextFile file) throws ToolException {
    FileWriter to = requireWriter();
    return written(file, to, path -> to.create(path, file.bytes()));
  }

  @FunctionalInterface
  private interface Writing {
    FileWriter.Written write(Path path) throws IOException;
  }

  private String written(TextFile file, FileWriter to, Writing writing) throws ToolException {
    FileWriter.Written written;
    try {
      written = writing.write(file.path());
    } catch (IOException e) {
      throw new ToolException(Workspace.explain(e, file.path()), e);
    }
    readState.saw(file);
    String more = afterWrite.wrote(file.path());
    if (!afterWrite.equals(AfterWrite.NOTHING)) {
      try {
        // What a formatter made of it counts as known, and as the agent's own doing.
        readState.saw(file.path(), to.settled(file.path()));
      } catch (IOException e) {
        more +=
            (more.isEmpty() ? "" : "\n")
                + "Afterwards it could not be read: "
                + Workspace.explain(e, file.path());
      }
    }
    return written.note().map(note -> "\n" + note).orElse("") + (more.isEmpty() ? "" : "\n" + more);
  }

  Display diff(Path path, String before, String after, boolean created) {
    List<Display.Hunk> hunks = new ArrayList<>();
    for (Diffs.Hunk hunk : Diffs.hunks(before, after)) {
      hunks.add(
          new Display.Hunk(
              hunk.oldStart(), hunk.oldLines(), hunk.newStart(), hunk.newLines(), hunk.lines()));
    }
    return new Display.Diff(workspace.shown(path), hunks, created);
  }
}
