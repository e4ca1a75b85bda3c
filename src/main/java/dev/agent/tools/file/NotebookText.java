package dev.agent.tools.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a notebook with the places of its cells, so that a change of one cell is a change of
 * a stretch of text and everything else stays byte for byte: order and spelling of keys, numbers,
 * escapes, indentation. Immutable.
 */
final class NotebookText {
  /** From (inclusive) to (exclusive). */
  record Range(int from, int to) {}

  /** A cell with the places of the values of its members. */
  record Cell(Range range, Map<String, Range> members) {}

  private final String text;
  private final String lineEnd;
  private final String unit;
  private final Range array;
  private final List<Cell> cells;

  private NotebookText(String text, String lineEnd, Range array, List<Cell> cells) {
    this.text = text;
    this.lineEnd = lineEnd;
    this.array = array;
    this.cells = List.copyOf(cells);
    int key = text.indexOf('"');
    this.unit = key < 0 ? "" : indentAt(key);
  }

  /**
   * @param text of a notebook that was parsed before: an object with a list of cells
   */
  static NotebookText of(String text, String lineEnd) throws IOException {
    try (JsonParser parser = Json.MAPPER.getFactory().createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals("cells");
        JsonToken value = parser.nextToken();
        if (wanted && value == JsonToken.START_ARRAY) {
          return cells(parser, text, lineEnd);
        }
        parser.skipChildren();
      }
    }
    throw new IOException("no list of cells");
  }

  private static NotebookText cells(JsonParser parser, String text, String lineEnd)
      throws IOException {
    int from = start(parser);
    List<Cell> cells = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int begin = start(parser);
      Map<String, Range> members = new HashMap<>();
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
      }
      cells.add(new Cell(new Range(begin, end(parser)), Map.copyOf(members)));
    }
    return new NotebookText(text, lineEnd, new Range(from, end(parser)), cells);
  }

  private static Range value(JsonParser parser) throws IOException {
    int from = start(parser);
    parser.skipChildren();
    return new Range(from, end(parser));
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private static int end(JsonParser parser) throws IOException {
    parser.finishToken();
    return (int) parser.currentLocation().getCharOffset();
  }

  /**
   * The blanks in front of an offset when nothing else stands there on its line; empty otherwise.
   */
  private String indentAt(int offset) {
    int from = offset;
    while (from > 0 && (text.charAt(from - 1) == ' ' || text.charAt(from - 1) == '\t')) {
      from--;
    }
    return from > 0 && (text.charAt(from - 1) == '\n' || text.charAt(from - 1) == '\r')
        ? text.substring(from, offset)
        : "";
  }

  Cell cell(int at) {
    return cells.get(at);
  }

  /** The text with other values for some members that the cell has. */
  String withMembers(int at, Map<String, JsonNode> values) {
    record Splice(Range range, JsonNode value) {}
    List<Splice> splices = new ArrayList<>();
    cells
        .get(at)
        .members()
        .forEach(
            (name, range) -> {
              JsonNode value = values.get(name);
              if (value != null) {
                splices.add(new Splice(range, value));
              }
            });
    splices.sort((one, other) -> Integer.compare(other.range().from(), one.range().from()));
    String out = text;
    String indent = indentAt(cells.get(at).range().from()) + unit;
    for (Splice each : splices) {
      out = splice(out, each.range(), print(each.value(), indent));
    }
    return out;
  }

  /** The text with another cell in this place. */
  String withCell(int at, JsonNode cell) {
    Range range = cells.get(at).range();
    return splice(text, range, print(cell, indentAt(range.from())));
  }

  /** The text with one more cell, which gets this number. */
  String withInserted(int at, JsonNode cell) {
    if (cells.isEmpty()) {
      String outer = unit;
      String inner = unit + unit;
      String gap = unit.isEmpty() ? "" : lineEnd;
      return splice(text, array, "[" + gap + inner + print(cell, inner) + gap + outer + "]");
    }
    Range neighbour = cells.get(Math.max(0, at - 1)).range();
    String indent = indentAt(neighbour.from());
    String gap = "," + (unit.isEmpty() ? "" : lineEnd + indent);
    return at == 0
        ? splice(text, new Range(neighbour.from(), neighbour.from()), print(cell, indent) + gap)
        : splice(text, new Range(neighbour.to(), neighbour.to()), gap + print(cell, indent));
  }

  /** The text without a cell. */
  String without(int at) {
    if (cells.size() == 1) {
      return splice(text, array, "[]");
    }
    return at == 0
        ? splice(text, new Range(cells.get(0).range().from(), cells.get(1).range().from()), "")
        : splice(text, new Range(cells.get(at - 1).range().to(), cells.get(at).range().to()), "");
  }

  private static String splice(String text, Range range, String replacement) {
    return text.substring(0, range.from()) + replacement + text.substring(range.to());
  }

  /** As notebooks are written: one member or element per line, empty ones closed at once. */
  private String print(JsonNode node, String indent) {
    if (unit.isEmpty() || !node.isContainerNode() || node.isEmpty()) {
      return Json.write(node);
    }
    StringBuilder out = new StringBuilder(node.isObject() ? "{" : "[");
    String inner = indent + unit;
    boolean first = true;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        out.append(first ? "" : ",")
            .append(lineEnd)
            .append(inner)
            .append(Json.write(Json.MAPPER.getNodeFactory().textNode(member.getKey())))
            .append(": ");
        out.append(print(member.getValue(), inner));
        first = false;
      }
    } else {
      for (JsonNode element : node) {
        out.append(first ? "" : ",").append(lineEnd).append(inner).append(print(element, inner));
        first = false;
      }
    }
    return out.append(lineEnd).append(indent).append(node.isObject() ? "}" : "]").toString();
  }
}
