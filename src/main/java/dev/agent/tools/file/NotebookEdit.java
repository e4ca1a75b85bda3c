package dev.agent.tools.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.json.Json;
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
import dev.agent.workspace.TextFile;
import java.nio.file.Path;
import java.util.Optional;

/** Replaces, inserts or deletes a cell of a notebook. */
public final class NotebookEdit implements Tool {
  private final FileAccess files;
  private final RecordSchema<Input> schema;
  private final ToolSpec spec;

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
    ToolText text = ToolText.load(NotebookEdit.class, "NotebookEdit");
    this.schema = RecordSchema.of(Input.class, text.parameters());
    this.spec = ToolSpec.of("NotebookEdit", text, schema).withInterrupt(ToolSpec.Interrupt.FINISH);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Effect effect(ObjectNode input) {
    return files.writes(input.path("notebook_path").asText(""));
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    Input input;
    try {
      input = schema.bind(call.input());
    } catch (InvalidInputException e) {
      throw new ToolException("NotebookEdit: " + e.getMessage());
    }
    Path path = files.resolve(input.notebookPath());
    TextFile file = files.read(path);
    if (files.readState().of(path).filter(seen -> seen.hash().equals(file.hash())).isEmpty()) {
      throw new ToolException("You have not read " + path + " as it is now. Read it first.");
    }
    Notebook notebook = Notebook.parse(file);
    String done = change(notebook, input);
    String text = print(notebook.document(), file);
    String more = files.write(file, file.with(text));
    return new ToolResult(
        MessageJson.text(done + more), files.diff(path, file.text(), text, false), false);
  }

  private static String change(Notebook notebook, Input input) throws ToolException {
    int at = input.cellId().isPresent() ? notebook.indexOf(input.cellId().get()) : -1;
    if (input.cellId().isPresent() && at < 0) {
      throw new ToolException(
          "There is no cell \""
              + input.cellId().get()
              + "\". Read the notebook for the ids of its cells.");
    }
    switch (input.editMode().orElse(EditMode.REPLACE)) {
      case INSERT -> {
        String type = input.cellType().orElse(CellType.CODE) == CellType.CODE ? "code" : "markdown";
        ObjectNode cell = Json.object();
        cell.put("cell_type", type);
        if (notebook.document().path("nbformat").asInt(4) >= 4
            && notebook.document().path("nbformat_minor").asInt(0) >= 5) {
          cell.put("id", freeId(notebook));
        }
        cell.putObject("metadata");
        if (type.equals("code")) {
          cell.putNull("execution_count");
          cell.putArray("outputs");
        }
        cell.set("source", Notebook.source(input.newSource()));
        notebook.cells().insert(at + 1, cell);
        return "Inserted " + Notebook.name(cell, at + 1) + ".";
      }
      case DELETE -> {
        requireCell(at);
        String name = Notebook.name(notebook.cells().get(at), at);
        notebook.cells().remove(at);
        return "Deleted " + name + ".";
      }
      case REPLACE -> {
        requireCell(at);
        ObjectNode cell = (ObjectNode) notebook.cells().get(at);
        cell.set("source", Notebook.source(input.newSource()));
        input
            .cellType()
            .ifPresent(type -> cell.put("cell_type", type == CellType.CODE ? "code" : "markdown"));
        if (cell.path("cell_type").asText("").equals("code")) {
          cell.putArray("outputs"); // what the old source printed is no longer true
          cell.putNull("execution_count");
        } else {
          cell.remove("outputs");
          cell.remove("execution_count");
        }
        return "Replaced the source of " + Notebook.name(cell, at) + ".";
      }
    }
    throw new IllegalStateException();
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

  /**
   * In the file's own indentation, with or without a line end at its end, so that only the cell
   * changes.
   */
  private static String print(ObjectNode document, TextFile before) throws ToolException {
    String text = before.text();
    int line = text.indexOf('\n');
    String indent = "";
    if (line >= 0) {
      int end = line + 1;
      while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
        end++;
      }
      indent = text.substring(line + 1, end);
    }
    try {
      String printed;
      if (indent.isEmpty()) {
        printed = Json.write(document);
      } else {
        Separators separators =
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        DefaultIndenter indenter = new DefaultIndenter(indent, "\n");
        printed =
            Json.MAPPER
                .writer(
                    new DefaultPrettyPrinter(separators)
                        .withObjectIndenter(indenter)
                        .withArrayIndenter(indenter))
                .writeValueAsString(document);
      }
      return text.endsWith("\n") ? printed + "\n" : printed;
    } catch (JsonProcessingException e) {
      throw new ToolException(
          "The notebook could not be written: " + e.getOriginalMessage() + ".", e);
    }
  }
}
