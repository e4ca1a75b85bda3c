package dev.agent.tui.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;

/** Shows a JSON value as an indented outline: easier to read than brackets, and nothing is lost. */
final class JsonOutline {
  private static final int STEP = 2;

  private final List<Line> lines = new ArrayList<>();
  private final Style style;
  private final int indent;
  private final int room;

  private JsonOutline(Style style, Canvas canvas) {
    this.style = style;
    this.indent = canvas.margin() * 3 + STEP;
    this.room = Math.max(1, canvas.width() - indent - canvas.margin());
  }

  /** The rows of a value under its name. */
  static List<Line> lines(String name, JsonNode value, Style style, Canvas canvas) {
    JsonOutline outline = new JsonOutline(style, canvas);
    outline.member(name + ":", value, 0);
    return Line.indented(outline.lines, outline.indent);
  }

  private void member(String label, JsonNode value, int depth) {
    if (!value.isContainerNode() || value.isEmpty()) {
      row(label + " " + (value.isTextual() ? value.asText() : value.toString()), depth);
    } else if (value.isArray()) {
      row(label, depth);
      value.forEach(item -> member("-", item, depth + STEP));
    } else {
      boolean item = label.equals("-");
      if (!item) {
        row(label, depth);
      }
      boolean first = true;
      for (var each : value.properties()) {
        String front = item && first ? "- " : "";
        member(front + each.getKey() + ":", each.getValue(), item && first ? depth : depth + STEP);
        first = false;
      }
    }
  }

  private void row(String text, int depth) {
    int deep = Math.min(depth, Math.max(0, room - 12));
    Text.wrap(Text.shown(text), Math.max(1, room - deep), style)
        .forEach(row -> lines.add(Line.of(row).indented(deep)));
  }
}
