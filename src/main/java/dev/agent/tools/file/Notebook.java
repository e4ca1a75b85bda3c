package dev.agent.tools.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.text.Clip;
import dev.agent.tool.Display;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.workspace.TextFile;

/** Jupyter notebooks: JSON documents with cells. Unknown members are left as they are. */
final class Notebook {
  private static final int MAX_OUTPUT_CHARS = 2_000;

  /** About 25,000 tokens. */
  private static final int MAX_CHARS = 90_000;

  private final ObjectNode document;
  private final ArrayNode cells;

  private Notebook(ObjectNode document, ArrayNode cells) {
    this.document = document;
    this.cells = cells;
  }

  static Notebook parse(TextFile file) throws ToolException {
    try {
      if (Json.parse(file.text()) instanceof ObjectNode document
          && document.get("cells") instanceof ArrayNode cells) {
        return new Notebook(document, cells);
      }
    } catch (JsonProcessingException e) {
      throw new ToolException(file.path() + " is no notebook: " + e.getOriginalMessage() + ".", e);
    }
    throw new ToolException(file.path() + " is no notebook: it has no list of cells.");
  }

  ObjectNode document() {
    return document;
  }

  ArrayNode cells() {
    return cells;
  }

  /** The cell with this id, or of this number when cells have no ids; −1 when there is none. */
  int indexOf(String id) {
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).path("id").asText("").equals(id) || ("cell-" + i).equals(id)) {
        return i;
      }
    }
    return -1;
  }

  static String name(JsonNode cell, int index) {
    String id = cell.path("id").asText("");
    return id.isEmpty() ? "cell-" + index : id;
  }

  static ToolResult show(TextFile file) throws ToolException {
    Notebook notebook = parse(file);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < notebook.cells.size(); i++) {
      if (out.length() > MAX_CHARS) {
        out.append("(")
            .append(notebook.cells.size() - i)
            .append(" more cells. Read the file with \"offset\" to see it as JSON text.)\n");
        break;
      }
      JsonNode cell = notebook.cells.get(i);
      out.append("<cell id=\"")
          .append(name(cell, i))
          .append("\" type=\"")
          .append(cell.path("cell_type").asText("code"))
          .append("\">\n");
      out.append(Clip.head(text(cell.path("source")).stripTrailing(), MAX_CHARS))
          .append("\n</cell>\n");
      for (JsonNode output : cell.path("outputs")) {
        output(output, out);
      }
    }
    String text = out.isEmpty() ? "(The notebook has no cells.)" : out.toString().stripTrailing();
    return ToolResult.text(
        text, new Display.Text("Notebook with " + notebook.cells.size() + " cells"));
  }

  private static void output(JsonNode output, StringBuilder out) {
    String text =
        switch (output.path("output_type").asText("")) {
          case "stream" -> text(output.path("text"));
          case "error" -> output.path("ename").asText("") + ": " + output.path("evalue").asText("");
          default -> text(output.path("data").path("text/plain"));
        };
    if (!text.isBlank()) {
      out.append("<output>\n")
          .append(Clip.head(text.stripTrailing(), MAX_OUTPUT_CHARS))
          .append("\n</output>\n");
    } else if (output.path("data").has("image/png")) {
      out.append("<output>[picture]</output>\n");
    }
  }

  /** Text is a string or a list of lines. */
  static String text(JsonNode node) {
    if (node.isArray()) {
      StringBuilder out = new StringBuilder();
      node.forEach(line -> out.append(line.asText()));
      return out.toString();
    }
    return node.asText("");
  }

  /** A source as notebooks store it: a list of lines with their ends. */
  static ArrayNode source(String text) {
    ArrayNode lines = Json.MAPPER.createArrayNode();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(from, next));
      from = next;
    }
    return lines;
  }
}
