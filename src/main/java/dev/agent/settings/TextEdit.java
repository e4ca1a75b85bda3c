package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts one value into a settings text and leaves every other character as it is: comments, order,
 * indentation.
 */
final class TextEdit {
  private static final String STEP = "  ";

  private TextEdit() {}

  /**
   * The text with the value at the path.
   *
   * @param text that {@link SettingsText#parse} has accepted
   * @throws IllegalArgumentException when something on the path is no object
   */
  static String put(String text, List<String> path, JsonNode value) {
    Outline.Node at = Outline.of(text).root();
    int depth = 0;
    for (String name : path) {
      if (!at.isObject(text)) {
        throw new IllegalArgumentException(String.join(".", path.subList(0, depth)));
      }
      Outline.Node next = at.members().get(name);
      if (next == null) {
        break;
      }
      at = next;
      depth++;
    }
    if (depth == path.size()) {
      String lines = pretty(value, indentAt(text, at.start()));
      return text.substring(0, at.start()) + lines + text.substring(at.end());
    }
    JsonNode inner = value;
    for (String name : path.subList(depth + 1, path.size()).reversed()) {
      ObjectNode around = Json.object();
      around.set(name, inner);
      inner = around;
    }
    return insert(text, at, path.get(depth), inner);
  }

  private static String insert(String text, Outline.Node object, String name, JsonNode value) {
    String outer = indentAt(text, object.start());
    if (object.members().isEmpty()) {
      String indent = outer + STEP;
      String member = "\n" + indent + member(name, value, indent);
      int open = object.start() + 1;
      String rest = text.substring(open, object.end() - 1);
      boolean closes = rest.isBlank();
      return text.substring(0, open)
          + member
          + (closes ? "\n" + outer + text.substring(object.end() - 1) : text.substring(open));
    }
    Outline.Node last = object.members().values().stream().reduce((_, it) -> it).orElseThrow();
    int lineEnd = text.indexOf('\n', last.end());
    String behind = lineEnd < 0 ? "" : text.substring(last.end(), lineEnd);
    String afterComma =
        behind.stripLeading().startsWith(",") ? behind.strip().substring(1) : behind;
    boolean ownLine =
        lineEnd >= 0
            && lineEnd < object.end()
            && (afterComma.isBlank() || afterComma.strip().startsWith("//"));
    if (!ownLine) {
      return text.substring(0, last.end())
          + ", "
          + member(name, value, outer)
          + text.substring(last.end());
    }
    boolean comma = behind.stripLeading().startsWith(",");
    String line = behind.endsWith("\r") ? "\r\n" : "\n";
    int end = behind.endsWith("\r") ? lineEnd - 1 : lineEnd;
    String indent = indentAt(text, last.nameStart());
    return text.substring(0, last.end())
        + (comma ? "" : ",")
        + text.substring(last.end(), end)
        + line
        + indent
        + member(name, value, indent)
        + (comma ? "," : "")
        + text.substring(end);
  }

  private static String member(String name, JsonNode value, String indent) {
    return Json.write(Json.MAPPER.getNodeFactory().textNode(name)) + ": " + pretty(value, indent);
  }

  /** Laid out as people write settings. */
  private static String pretty(JsonNode value, String indent) {
    if (!value.isContainerNode() || value.isEmpty()) {
      return Json.write(value);
    }
    String deeper = indent + STEP;
    List<String> lines = new ArrayList<>();
    if (value.isObject()) {
      value.properties().forEach(it -> lines.add(member(it.getKey(), it.getValue(), deeper)));
    } else {
      value.forEach(item -> lines.add(pretty(item, deeper)));
    }
    return (value.isObject() ? "{" : "[")
        + "\n"
        + deeper
        + String.join(",\n" + deeper, lines)
        + "\n"
        + indent
        + (value.isObject() ? "}" : "]");
  }

  /** The blanks that the line of a place begins with. */
  private static String indentAt(String text, int offset) {
    int start = text.lastIndexOf('\n', offset - 1) + 1;
    int end = start;
    while (end < offset && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(start, end);
  }
}
