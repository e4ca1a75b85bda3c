package dev.agent.tools.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.text.Clip;
import dev.agent.text.Visible;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.workspace.LineWindow;
import dev.agent.workspace.TextFile;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows a file: text with line numbers, pictures, PDFs, notebooks. Bounds itself and says how to
 * read on.
 */
public final class Read implements Tool {
  private static final int DEFAULT_LINES = 2_000;
  private static final int MAX_LINE_CHARS = 2_000;

  /** About 25,000 tokens. */
  private static final int MAX_CHARS = 90_000;

  private final FileAccess files;
  private final ToolForm<Input> form;

  record Input(
      String filePath, Optional<Integer> offset, Optional<Integer> limit, Optional<String> pages) {}

  public Read(FileAccess files) {
    this.files = files;
    this.form =
        ToolForm.load(
            Read.class, Input.class, spec -> spec.withMaxResultChars(ToolSpec.SELF_BOUNDED));
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    return files.reads(input.path("file_path").asText(""));
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    Input input = form.read(call.input());
    Path path = files.resolve(input.filePath());
    if (Files.isDirectory(path)) {
      return listing(path);
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    try {
      Optional<String> picture = MediaFiles.pictureType(name);
      if (picture.isPresent()) {
        return MediaFiles.picture(path, picture.get());
      }
      if (name.endsWith(".pdf")) {
        return MediaFiles.pdf(path, input.pages());
      }
      if (TextFile.regular(path).size() > TextFile.MAX_BYTES) {
        return window(path, input);
      }
      TextFile file = TextFile.read(path);
      files.readState().saw(file);
      return name.endsWith(".ipynb") && input.offset().isEmpty()
          ? Notebook.show(file)
          : text(file, input);
    } catch (TextFile.BinaryFileException e) {
      throw new ToolException(
          path
              + " is a binary file ("
              + BinaryKind.of(path)
              + ", "
              + e.size()
              + " bytes). Look at it with a program that knows its format.",
          e);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new ToolException(files.missing(path), e);
    } catch (IOException e) {
      throw new ToolException(Workspace.explain(e, path), e);
    }
  }

  private static ToolResult text(TextFile file, Input input) {
    int first = Math.max(1, input.offset().orElse(1));
    int most = Math.max(1, input.limit().orElse(DEFAULT_LINES));
    StringBuilder out = new StringBuilder();
    int number = 0;
    int shown = 0;
    int shortened = 0;
    boolean full = false;
    for (String line : (Iterable<String>) file.text().lines()::iterator) {
      number++;
      if (number < first || full || shown >= most) {
        continue;
      }
      if (out.length() + Math.min(line.length(), MAX_LINE_CHARS) > MAX_CHARS) {
        full = true;
        continue;
      }
      out.append(number).append('\t');
      if (line.length() > MAX_LINE_CHARS) {
        out.append(Clip.head(line, MAX_LINE_CHARS));
        shortened++;
      } else {
        out.append(line);
      }
      out.append('\n');
      shown++;
    }
    if (number == 0) {
      return ToolResult.text("(The file exists and is empty.)");
    }
    if (shown == 0) {
      return ToolResult.error(
          "The file has only " + number + " lines; line " + first + " is behind its end.");
    }
    int last = first + shown - 1;
    if (last < number) {
      out.append("(Lines ")
          .append(first)
          .append(" to ")
          .append(last)
          .append(" of ")
          .append(number)
          .append(". Read on with offset ")
          .append(last + 1)
          .append(".)\n");
    }
    if (shortened > 0) {
      out.append("(")
          .append(shortened)
          .append(" lines were cut after ")
          .append(MAX_LINE_CHARS)
          .append(" characters; look for parts of them with Grep.)\n");
    }
    if (file.encoding() != TextFile.Encoding.UTF_8) {
      out.append("(Encoding: ").append(file.encoding().shown()).append(".)\n");
    }
    switch (file.lineEnd()) {
      case "\r\n" -> out.append("(Lines end with CRLF.)\n");
      case "\r" -> out.append("(Lines end with CR.)\n");
      default -> {}
    }
    out.setLength(out.length() - 1);
    String text = out.toString();
    return ToolResult.text(
        text, new Display.Text("Read " + shown + (shown == 1 ? " line" : " lines")));
  }

  /** A part of a file that is too large to be held: it can be looked at, but not be edited here. */
  private static ToolResult window(Path path, Input input) throws IOException, ToolException {
    int first = Math.max(1, input.offset().orElse(1));
    int most = Math.min(DEFAULT_LINES, Math.max(1, input.limit().orElse(DEFAULT_LINES)));
    LineWindow window = LineWindow.read(path, first, most, MAX_LINE_CHARS, MAX_CHARS);
    if (window.lines().isEmpty()) {
      throw new ToolException(
          "The file has only " + window.seen() + " lines; line " + first + " is behind its end.");
    }
    StringBuilder out = new StringBuilder();
    int number = first;
    for (String line : window.lines()) {
      out.append(number++).append('\t').append(line).append('\n');
    }
    out.append("(The file has ")
        .append(Files.size(path))
        .append(" bytes; it is too large for Edit, change it with a command.");
    out.append(window.more() ? " Read on with offset " + number + ".)" : ")");
    if (window.cut() > 0) {
      out.append("\n(")
          .append(window.cut())
          .append(" lines were cut after ")
          .append(MAX_LINE_CHARS)
          .append(" characters.)");
    }
    return ToolResult.text(
        out.toString(), new Display.Text("Read " + window.lines().size() + " lines"));
  }

  private static ToolResult listing(Path directory) throws ToolException {
    List<String> names = new ArrayList<>();
    int more = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (names.size() < 1_000) {
          names.add(
              Visible.of(entry.getFileName().toString()) + (Files.isDirectory(entry) ? "/" : ""));
        } else {
          more++;
        }
      }
    } catch (IOException e) {
      throw new ToolException(Workspace.explain(e, directory), e);
    }
    names.sort(String::compareTo);
    String text =
        directory
            + " is a directory"
            + (names.isEmpty() ? "; it is empty." : ". It holds:\n" + String.join("\n", names))
            + (more > 0 ? "\n(and " + more + " more; look for names with Glob)" : "");
    return ToolResult.text(text, new Display.FileList(names, more));
  }
}
