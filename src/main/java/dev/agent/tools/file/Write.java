package dev.agent.tools.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.MessageJson;
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
import java.util.Optional;

/** Creates a file or replaces the whole of one. */
public final class Write implements Tool {
  private final FileAccess files;
  private final ToolForm<Input> form;

  record Input(String filePath, String content) {}

  public Write(FileAccess files) {
    this.files = files;
    this.form =
        ToolForm.load(
            Write.class, Input.class, spec -> spec.withInterrupt(ToolSpec.Interrupt.FINISH));
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    return files.writes(input.path("file_path").asText(""));
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    Input input = form.read(call.input());
    Path path = files.resolve(input.filePath());
    FileAccess.requireWhole("content", input.content());
    requireNoDirectory(path);
    if (!Files.exists(path)) {
      String more = files.create(TextFile.fresh(path, input.content()));
      return new ToolResult(
          MessageJson.text("Created " + path + " (" + lines(input.content()) + ")." + more),
          files.diff(path, "", input.content(), true),
          false);
    }
    TextFile before = files.read(path);
    requireSeen(before);
    // The file's own line ends are kept, unless the new text has others on purpose.
    String content =
        input.content().contains("\r")
            ? input.content()
            : FileLines.withLineEnds(input.content(), before.lineEnd());
    TextFile after = before.with(content);
    String more = files.write(before, after);
    if (after.encoding() != before.encoding()) {
      more =
          " The content does not fit into "
              + before.encoding().shown()
              + ", so the file is UTF-8 now."
              + more;
    }
    return new ToolResult(
        MessageJson.text("Wrote " + path + " (" + lines(content) + ")." + more),
        files.diff(path, before.text(), content, false),
        false);
  }

  private static void requireNoDirectory(Path path) throws ToolException {
    if (Files.isDirectory(path)) {
      throw new ToolException(path + " is a directory. Give the path of a file in it.");
    }
  }

  private void requireSeen(TextFile file) throws ToolException {
    Path path = file.path();
    ReadState.Seen seen =
        files
            .readState()
            .of(path)
            .orElseThrow(
                () ->
                    new ToolException(
                        path
                            + " exists and you have not read it in this session. Read it first;"
                            + " then overwrite it, or better, use Edit."));
    if (!seen.hash().equals(file.hash())) {
      throw new ToolException(
          path + " has changed since you read it. Read it again before you overwrite it.");
    }
  }

  @Override
  public Optional<String> sureFailure(ObjectNode call) {
    try {
      Input input = form.read(call);
      Path path = files.resolve(input.filePath());
      FileAccess.requireWhole("content", input.content());
      requireNoDirectory(path);
      if (Files.exists(path)) {
        requireSeen(files.read(path));
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
      boolean exists = Files.exists(path);
      String before = exists ? files.read(path).text() : "";
      return Optional.of(files.diff(path, before, input.content(), !exists));
    } catch (ToolException e) {
      return Optional.empty(); // the call itself says what is wrong
    }
  }

  private static String lines(String text) {
    long count = text.lines().count();
    return count == 1 ? "1 line" : count + " lines";
  }
}
