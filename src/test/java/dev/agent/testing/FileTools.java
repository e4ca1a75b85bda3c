package dev.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.tools.file.Edit;
import dev.agent.tools.file.FileAccess;
import dev.agent.tools.file.NotebookEdit;
import dev.agent.tools.file.Read;
import dev.agent.tools.file.Write;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file tools on a real directory, called as the loop calls them. */
public final class FileTools {
  private final Path directory;
  private final FileAccess access;
  private final FileHistory history;

  public FileTools(Path directory) {
    this(directory, FileAccess.AfterWrite.NOTHING);
  }

  public FileTools(Path directory, FileAccess.AfterWrite afterWrite) {
    this.directory = directory;
    this.history = new FileHistory(directory.resolveSibling(directory.getFileName() + "-history"));
    this.access =
        new FileAccess(
            new Workspace(directory, List.of(), directory.resolveSibling("home"), () -> directory),
            new ReadState(),
            new FileWriter(history),
            afterWrite);
  }

  public FileAccess access() {
    return access;
  }

  public FileHistory history() {
    return history;
  }

  /** All four. */
  public List<Tool> all() {
    return List.of(new Read(access), new Write(access), new Edit(access), new NotebookEdit(access));
  }

  public static ToolContext context() {
    Cancellation cancellation = Cancellation.root();
    return new ToolContext() {
      @Override
      public Cancellation cancellation() {
        return cancellation;
      }

      @Override
      public void progress(String text) {
        // nobody looks
      }
    };
  }

  /**
   * Calls a tool with pairs of names and values; the input is checked as the loop checks it. A
   * failure that the tool was sure of before has to come, in the same words.
   */
  public ToolResult call(Tool tool, Object... pairs) throws ToolException, InterruptedException {
    ObjectNode input = Json.object();
    for (int i = 0; i < pairs.length; i += 2) {
      JsonNode value = new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(pairs[i + 1]);
      input.set((String) pairs[i], value);
    }
    Optional<String> sure = tool.sureFailure(input);
    try {
      ToolResult result = tool.run(new ToolCall("call", tool.spec().name(), input), context());
      assertThat(sure).as("a failure that did not come").isEmpty();
      return result;
    } catch (ToolException e) {
      assertThat(sure.orElse(e.getMessage())).isEqualTo(e.getMessage());
      throw e;
    }
  }

  public String read(Object path, Object... more) throws ToolException, InterruptedException {
    return text(call(new Read(access), with(path, more)));
  }

  private Object[] with(Object path, Object... more) {
    Object[] all = new Object[more.length + 2];
    all[0] = "file_path";
    all[1] = directory.resolve(path.toString()).toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }

  public String write(Object path, String content) throws ToolException, InterruptedException {
    return text(call(new Write(access), with(path, "content", content)));
  }

  public String edit(Object path, String old, String fresh)
      throws ToolException, InterruptedException {
    return text(call(new Edit(access), with(path, "old_string", old, "new_string", fresh)));
  }

  /** The words of a result. */
  public static String text(ToolResult result) {
    return MessageJson.plain(result.forModel());
  }

  /** Its first block. */
  public static ContentBlock first(ToolResult result) {
    return result.forModel().getFirst();
  }
}
