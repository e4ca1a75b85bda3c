package dev.agent.tools.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.MessageJson;
import dev.agent.text.Clip;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
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
  private final ToolForm<Input> form;

  record Input(String filePath, String oldString, String newString, Optional<Boolean> replaceAll) {}

  public Edit(FileAccess files) {
    this.files = files;
    this.form =
        ToolForm.load(
            Edit.class, Input.class, spec -> spec.withInterrupt(ToolSpec.Interrupt.FINISH));
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    return files.writes(input.path("file_path").asText(""));
  }

  /** An edit that fits the file as it is now. */
  private record Fitting(TextFile before, Result result, TextFile after, boolean changed) {}

  @Override
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    Input input = form.read(call.input());
    Path path = files.resolve(input.filePath());
    requireSense(input);
    if (input.oldString().isEmpty()) {
      return create(path, input.newString());
    }
    Fitting fitting = fit(path, input);
    Result result = fitting.result();
    String more = files.write(fitting.before(), fitting.after());
    String note =
        (result.how().isEmpty() ? "" : " (" + result.how() + ".)")
            + (fitting.changed() ? " The file had changed since you read it, but not here." : "");
    return new ToolResult(
        MessageJson.text(
            "Edited "
                + path
                + "."
                + note
                + more
                + "\n"
                + snippet(result.text(), result.at(), result.length())),
        files.diff(path, fitting.before().text(), result.text(), false),
        false);
  }

  private static void requireSense(Input input) throws ToolException {
    if (input.oldString().equals(input.newString())) {
      throw new ToolException(
          "\"old_string\" and \"new_string\" are the same: there is nothing to change.");
    }
    FileAccess.requireWhole("new_string", input.newString());
  }

  private Fitting fit(Path path, Input input) throws ToolException {
    Optional<ReadState.Seen> seen = files.readState().of(path);
    if (seen.isEmpty() && Files.isRegularFile(path)) {
      // Before it is looked into: nothing of it is told.
      throw new ToolException(
          "You have not read "
              + path
              + " in this session. Read it first, then edit what is really there.");
    }
    TextFile file = files.read(path);
    boolean changed = !seen.map(ReadState.Seen::hash).equals(Optional.of(file.hash()));
    Result result = replace(file, input, changed);
    FileAccess.requireEncodable(
        file,
        "new_string",
        result.text(),
        " Use others, or convert the file with a command first.");
    return new Fitting(file, result, file.with(result.text()), changed);
  }

  @Override
  public Optional<String> sureFailure(ObjectNode call) {
    try {
      Input input = form.read(call);
      requireSense(input);
      if (!input.oldString().isEmpty()) {
        fit(files.resolve(input.filePath()), input);
      }
      return Optional.empty();
    } catch (ToolException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public Optional<Display> preview(ObjectNode call) {
    try {
      Input input = form.read(call);
      Path path = files.resolve(input.filePath());
      if (input.oldString().isEmpty()) {
        return Optional.of(files.diff(path, "", input.newString(), true));
      }
      TextFile file = files.read(path);
      return Optional.of(files.diff(path, file.text(), replace(file, input, false).text(), false));
    } catch (ToolException e) {
      return Optional.empty(); // the call itself says what is wrong
    }
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
      String more = files.write(existing, existing.with(text));
      return new ToolResult(
          MessageJson.text("Wrote " + path + "." + more), files.diff(path, "", text, false), false);
    }
    String more = files.create(TextFile.fresh(path, text));
    return new ToolResult(
        MessageJson.text("Created " + path + "." + more), files.diff(path, "", text, true), false);
  }

  private record Result(String text, int at, int length, String how) {}

  private static Result replace(TextFile file, Input input, boolean changed) throws ToolException {
    String text = file.text();
    String lineEnd = file.lineEnd();
    boolean all = input.replaceAll().orElse(false);
    EditMatcher.Answer answer =
        EditMatcher.exact(text, input.oldString(), input.newString(), all, lineEnd);
    if (answer instanceof EditMatcher.Answer.Nowhere) {
      if (changed) {
        throw new ToolException(
            "\"old_string\" is not in "
                + file.path()
                + ", which has changed since you read it. Read it again.");
      }
      answer = EditMatcher.approximate(text, input.oldString(), input.newString(), lineEnd);
    }
    return switch (answer) {
      case EditMatcher.Answer.Found(List<EditMatcher.Change> changes, String how) -> {
        if (all && !how.isEmpty()) {
          throw new ToolException(
              "\"old_string\" is not in "
                  + file.path()
                  + " exactly, and \"replace_all\" replaces only exact matches. "
                  + NearestPlace.describe(text, input.oldString()));
        }
        yield apply(file, changes, how);
      }
      case EditMatcher.Answer.Ambiguous(List<Integer> offsets, String how) ->
          throw new ToolException(
              "\"old_string\" occurs "
                  + offsets.size()
                  + " times in "
                  + file.path()
                  + (how.isEmpty() ? "" : " (" + how + ")")
                  + " (lines "
                  + lineNumbers(text, offsets)
                  + "). Add surrounding lines until it is unique"
                  + (how.isEmpty() ? ", or set replace_all." : "."));
      case EditMatcher.Answer.Nowhere() ->
          throw new ToolException(
              "\"old_string\" is not in "
                  + file.path()
                  + ". "
                  + NearestPlace.describe(text, input.oldString()));
    };
  }

  private static Result apply(TextFile file, List<EditMatcher.Change> changes, String how)
      throws ToolException {
    String text = file.text();
    StringBuilder out = new StringBuilder(text.length() + 64);
    int at = 0;
    int first = 0;
    int length = 0;
    for (EditMatcher.Change change : changes) {
      out.append(text, at, change.from());
      if (at == 0) {
        first = out.length();
        length = change.replacement().length();
      }
      out.append(change.replacement());
      at = change.to();
    }
    String result = out.append(text, at, text.length()).toString();
    if (result.equals(text)) {
      throw new ToolException(
          "The edit would leave " + file.path() + " as it is: the new text is there already.");
    }
    return new Result(result, first, length, changes.size() > 1 ? changes.size() + " places" : how);
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
        out.append(number).append('\t').append(Clip.head(line, 300)).append('\n');
      }
      if (number > last) {
        break;
      }
    }
    return out.toString().stripTrailing();
  }
}
