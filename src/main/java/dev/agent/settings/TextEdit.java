package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts one value into a settings text, or takes one out, and leaves every other character as it is:
 * comments, order, indentation.
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

  /**
   * The text without the member at the path, its comma and a comment behind it on its line.
   *
   * @param text that {@link SettingsText#parse} has accepted
   * @throws IllegalArgumentException when there is no such member
   */
  static String remove(String text, List<String> path) {
    Outline.Node object = Outline.of(text).root();
    for (String name : path.subList(0, path.size() - 1)) {
      object = member(object, name);
    }
    Outline.Node gone = member(object, path.getLast());
    int comma = comma(text, gone.end());
    int end = comma < 0 ? gone.end() : comma + 1;
    String rest = text.substring(0, gone.nameStart());
    if (comma < 0) {
      // The last one: the comma in front of it goes.
      int before =
          object.members().values().stream()
              .mapToInt(Outline.Node::end)
              .filter(it -> it <= gone.nameStart())
              .max()
              .orElse(-1);
      int at = before < 0 ? -1 : comma(text, before);
      rest = at < 0 ? rest : rest.substring(0, at) + rest.substring(at + 1);
    }
    int lineEnd = text.indexOf('\n', end);
    String behind = lineEnd < 0 ? "" : text.substring(end, lineEnd).strip();
    int lineStart = rest.lastIndexOf('\n') + 1;
    boolean ownLine =
        lineEnd >= 0
            && rest.substring(lineStart).isBlank()
            && (behind.isEmpty() || behind.startsWith("//"));
    if (ownLine) {
      return rest.substring(0, lineStart) + text.substring(lineEnd + 1);
    }
    boolean follows = !rest.substring(lineStart).isBlank();
    return (comma < 0 && follows ? rest.stripTrailing() : rest)
        + text.substring(end).stripLeading();
  }

  private static Outline.Node member(Outline.Node object, String name) {
    Outline.Node member = object.members().get(name);
    if (member == null) {
      throw new IllegalArgumentException(name);
    }
    return member;
  }

  /** Where a comma stands behind a value, past blanks and comments; -1 when none does. */
  private static int comma(String text, int from) {
    int i = from;
    while (i < text.length()) {
      if (text.startsWith("//", i)) {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", i)) {
        int end = text.indexOf("*/", i + 2);
        i = end < 0 ? text.length() : end + 2;
      } else if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else {
        return text.charAt(i) == ',' ? i : -1;
      }
    }
    return -1;
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
