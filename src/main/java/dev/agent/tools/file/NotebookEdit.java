package dev.agent.tools.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agent.json.Json;
import dev.agent.message.MessageJson;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.workspace.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replaces, inserts or deletes a cell of a notebook. */
public final class NotebookEdit implements Tool {
  private final FileAccess files;
  private final ToolForm<Input> form;

  enum EditMode {
    REPLACE,
    INSERT,
    DELETE
  }

  enum CellType {
    CODE,
    MARKDOWN
  }

  record Input(
      String notebookPath,
      Optional<String> cellId,
      String newSource,
      Optional<CellType> cellType,
      Optional<EditMode> editMode) {}

  public NotebookEdit(FileAccess files) {
    this.files = files;
    this.form =
        ToolForm.load(
            NotebookEdit.class, Input.class, spec -> spec.withInterrupt(ToolSpec.Interrupt.FINISH));
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    return files.writes(input.path("notebook_path").asText(""));
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    Input input = form.read(call.input());
    Path path = files.resolve(input.notebookPath());
    TextFile file = files.read(path);
    if (files.readState().of(path).filter(seen -> seen.hash().equals(file.hash())).isEmpty()) {
      throw new ToolException("You have not read " + path + " as it is now. Read it first.");
    }
    FileAccess.requireWhole("new_source", input.newSource());
    Notebook notebook = Notebook.parse(file);
    Changed changed;
    try {
      changed = change(notebook, NotebookText.of(file.text(), file.lineEnd()), input);
    } catch (IOException e) {
      throw new ToolException(path + " is no notebook: " + e.getMessage() + ".", e);
    }
    FileAccess.requireEncodable(file, "new_source", changed.text(), "");
    String more = files.write(file, file.with(changed.text()));
    return new ToolResult(
        MessageJson.text(changed.what() + more),
        files.diff(path, file.text(), changed.text(), false),
        false);
  }

  /** The new text of the notebook, and what was done in words. */
  private record Changed(String text, String what) {}

  private static Changed change(Notebook notebook, NotebookText text, Input input)
      throws ToolException {
    int at = input.cellId().isPresent() ? notebook.indexOf(input.cellId().get()) : -1;
    if (input.cellId().isPresent() && at < 0) {
      throw new ToolException(
          "There is no cell \""
              + input.cellId().get()
              + "\". Read the notebook for the ids of its cells.");
    }
    return switch (input.editMode().orElse(EditMode.REPLACE)) {
      case INSERT -> {
        ObjectNode cell = fresh(notebook, input);
        yield new Changed(
            text.withInserted(at + 1, cell), "Inserted " + Notebook.name(cell, at + 1) + ".");
      }
      case DELETE -> {
        requireCell(at);
        yield new Changed(
            text.without(at), "Deleted " + Notebook.name(notebook.cells().get(at), at) + ".");
      }
      case REPLACE -> {
        requireCell(at);
        yield new Changed(
            replaced(notebook, text, at, input),
            "Replaced the source of " + Notebook.name(notebook.cells().get(at), at) + ".");
      }
    };
  }

  private static ObjectNode fresh(Notebook notebook, Input input) {
    String type = name(input.cellType().orElse(CellType.CODE));
    ObjectNode cell = Json.object();
    cell.put("cell_type", type);
    int format = notebook.document().path("nbformat").asInt(4);
    if (format > 4 || (format == 4 && notebook.document().path("nbformat_minor").asInt(0) >= 5)) {
      cell.put("id", freeId(notebook));
    }
    cell.putObject("metadata");
    if (type.equals("code")) {
      cell.putNull("execution_count");
      cell.putArray("outputs");
    }
    cell.set("source", Notebook.source(input.newSource()));
    return cell;
  }

  private static String name(CellType type) {
    return type == CellType.CODE ? "code" : "markdown";
  }

  private static String replaced(Notebook notebook, NotebookText text, int at, Input input)
      throws ToolException {
    if (!(notebook.cells().get(at) instanceof ObjectNode cell)) {
      throw new ToolException("Cell " + at + " is no JSON object; mend the notebook with Edit.");
    }
    String oldType = cell.path("cell_type").asText("");
    String type = input.cellType().map(NotebookEdit::name).orElse(oldType);
    Map<String, JsonNode> values = new LinkedHashMap<>();
    // Notebooks store a source as a list of lines or as one string; the cell keeps its way.
    values.put(
        "source",
        cell.path("source").isTextual()
            ? TextNode.valueOf(input.newSource())
            : Notebook.source(input.newSource()));
    if (type.equals("code")) {
      values.put(
          "outputs",
          Json.MAPPER.createArrayNode()); // what the old source printed is no longer true
      values.put("execution_count", NullNode.getInstance());
    }
    if (type.equals(oldType) && text.cell(at).members().keySet().containsAll(values.keySet())) {
      return text.withMembers(at, values);
    }
    ObjectNode whole = cell.deepCopy();
    whole.put("cell_type", type);
    if (!type.equals("code")) {
      whole.remove(List.of("outputs", "execution_count"));
    }
    values.forEach(whole::set);
    return text.withCell(at, whole);
  }

  private static void requireCell(int at) throws ToolException {
    if (at < 0) {
      throw new ToolException("\"cell_id\" is missing: say which cell.");
    }
  }

  private static String freeId(Notebook notebook) {
    int n = notebook.cells().size();
    while (notebook.indexOf("agent-" + n) >= 0) {
      n++;
    }
    return "agent-" + n;
  }
}
