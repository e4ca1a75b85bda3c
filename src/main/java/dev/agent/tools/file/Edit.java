package dev.agent.tools.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.json.RecordSchema;
import dev.agent.message.MessageJson;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.tool.ToolText;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Replaces a stretch of a file. */
public final class Edit implements Tool {
  private static final int SNIPPET_CONTEXT = 3;

  private final FileAccess files;
  private final RecordSchema<Input> schema;
  private final ToolSpec spec;

  record Input(String filePath, String oldString, String newString, Optional<Boolean> replaceAll) {}

  public Edit(FileAccess files) {
    this.files = files;
    ToolText text = ToolText.load(Edit.class, "Edit");
    this.schema = RecordSchema.of(Input.class, text.parameters());
    this.spec = ToolSpec.of("Edit", text, schema).withInterrupt(ToolSpec.Interrupt.FINISH);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Effect effect(ObjectNode input) {
    return Effect.writes(files.workspace().resolve(input.path("file_path").asText("")));
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    Input input;
    try {
      input = schema.bind(call.input());
    } catch (InvalidInputException e) {
      throw new ToolException("Edit: " + e.getMessage());
    }
    Path path = files.resolve(input.filePath());
    if (input.oldString().equals(input.newString())) {
      throw new ToolException(
          "\"old_string\" and \"new_string\" are the same: there is nothing to change.");
    }
    if (input.oldString().isEmpty()) {
      return create(path, input.newString());
    }
    TextFile file = files.read(path);
    ReadState.Seen seen =
        files
            .readState()
            .of(path)
            .orElseThrow(
                () ->
                    new ToolException(
                        "You have not read "
                            + path
                            + " in this session. Read it first, then edit what is really there."));
    boolean changed = !seen.hash().equals(file.hash());
    Result result = replace(file, input, changed);
    TextFile after = file.with(result.text());
    String more = files.write(after);
    String note =
        (result.how().isEmpty() ? "" : " (" + result.how() + ")")
            + (changed ? " The file had changed since you read it, but not here." : "");
    String encoding =
        after.encoding() == file.encoding()
            ? ""
            : " The new text does not fit into "
                + file.encoding().shown()
                + ", so the file is UTF-8 now.";
    return new ToolResult(
        MessageJson.text(
            "Edited "
                + path
                + note
                + encoding
                + more
                + "\n"
                + snippet(result.text(), result.at(), result.length())),
        files.diff(path, file.text(), result.text(), false),
        false);
  }

  private ToolResult create(Path path, String text) throws ToolException {
    if (Files.exists(path)) {
      TextFile existing = files.read(path);
      if (!existing.text().isEmpty()) {
        throw new ToolException(
            "\"old_string\" is empty, but "
                + path
                + " is not. Name the text to replace, or use Write for the whole file.");
      }
    }
    String more =
        files.write(
            new TextFile(
                path,
                text,
                TextFile.Encoding.UTF_8,
                TextFile.hash(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    return new ToolResult(
        MessageJson.text("Wrote " + path + more), files.diff(path, "", text, true), false);
  }

  private record Result(String text, int at, int length, String how) {}

  private Result replace(TextFile file, Input input, boolean changed) throws ToolException {
    String text = file.text();
    String lineEnd = file.lineEnd();
    String wanted = input.oldString();
    List<Integer> places = EditMatcher.exact(text, wanted);
    if (places.isEmpty() && !lineEnd.equals("\n") && !wanted.contains("\r")) {
      wanted = EditMatcher.withLineEnds(wanted, lineEnd);
      places = EditMatcher.exact(text, wanted);
    }
    String replacement =
        lineEnd.equals("\n") || input.newString().contains("\r")
            ? input.newString()
            : EditMatcher.withLineEnds(input.newString(), lineEnd);
    if (places.size() == 1 || (places.size() > 1 && input.replaceAll().orElse(false))) {
      String how = places.size() > 1 ? places.size() + " places" : "";
      return new Result(
          text.replace(wanted, replacement), places.getFirst(), replacement.length(), how);
    }
    if (places.size() > 1) {
      throw new ToolException(
          "\"old_string\" occurs "
              + places.size()
              + " times in "
              + file.path()
              + " (lines "
              + lineNumbers(text, places)
              + "). Add surrounding lines until it is unique, or set replace_all.");
    }
    if (changed) {
      throw new ToolException(
          "\"old_string\" is not in "
              + file.path()
              + ", which has changed since you read it. Read it again.");
    }
    Optional<EditMatcher.Match> close =
        EditMatcher.approximate(text, wanted, input.newString(), lineEnd);
    if (close.isPresent() && !input.replaceAll().orElse(false)) {
      EditMatcher.Match match = close.get();
      String result =
          text.substring(0, match.from()) + match.replacement() + text.substring(match.to());
      return new Result(result, match.from(), match.replacement().length(), match.how());
    }
    throw new ToolException(
        "\"old_string\" is not in " + file.path() + ". " + EditMatcher.nearest(text, wanted));
  }

  private static String lineNumbers(String text, List<Integer> places) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < places.size() && i < 10; i++) {
      out.append(i == 0 ? "" : ", ").append(lineOf(text, places.get(i)));
    }
    return out + (places.size() > 10 ? " …" : "");
  }

  private static int lineOf(String text, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n'
          || (text.charAt(i) == '\r' && (i + 1 >= text.length() || text.charAt(i + 1) != '\n'))) {
        line++;
      }
    }
    return line;
  }

  /** The changed lines with some around them, numbered as Read numbers them. */
  private static String snippet(String text, int at, int length) {
    int first = Math.max(1, lineOf(text, at) - SNIPPET_CONTEXT);
    int last = lineOf(text, Math.min(text.length(), at + length)) + SNIPPET_CONTEXT;
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (number >= first && number <= Math.min(last, first + 40)) {
        out.append(number)
            .append('\t')
            .append(line.length() > 300 ? line.substring(0, 300) + "…" : line)
            .append('\n');
      }
      if (number > last) {
        break;
      }
    }
    return out.toString().stripTrailing();
  }
}
