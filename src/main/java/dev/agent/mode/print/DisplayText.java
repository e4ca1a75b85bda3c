package dev.agent.mode.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.tool.Display;
import java.util.List;

/** Results for people as a line of text, and as JSON for programs. */
final class DisplayText {
  private DisplayText() {}

  static String of(Display display) {
    return switch (display) {
      case Display.Text(String text) -> text;
      case Display.Diff(String path, var hunks, boolean created) -> {
        long added =
            hunks.stream()
                .flatMap(hunk -> hunk.lines().stream())
                .filter(line -> line.startsWith("+"))
                .count();
        long removed =
            hunks.stream()
                .flatMap(hunk -> hunk.lines().stream())
                .filter(line -> line.startsWith("-"))
                .count();
        yield (created ? "created " : "changed ") + path + " (+" + added + " -" + removed + ")";
      }
      case Display.FileList(List<String> paths, int more) -> (paths.size() + more) + " files";
      case Display.Table(_, var rows) -> rows.size() + " rows";
      case Display.Todos(var items) -> items.size() + " items";
      case Display.Image(String type, long bytes) -> type + ", " + bytes + " bytes";
      case Display.Command(String output, int code, boolean timedOut, String background) ->
          !background.isEmpty()
              ? "runs as " + background
              : timedOut
                  ? "timed out"
                  : "exit code " + code + (output.isBlank() ? "" : ": " + output);
    };
  }

  static ObjectNode toJson(Display display) {
    ObjectNode node = Json.object();
    switch (display) {
      case Display.Text(String text) -> node.put("type", "text").put("text", text);
      case Display.Diff(String path, List<Display.Hunk> hunks, boolean created) -> {
        node.put("type", created ? "create" : "update").put("filePath", path);
        ArrayNode patch = node.putArray("structuredPatch");
        for (Display.Hunk hunk : hunks) {
          ObjectNode one = patch.addObject();
          one.put("oldStart", hunk.oldStart())
              .put("oldLines", hunk.oldLines())
              .put("newStart", hunk.newStart())
              .put("newLines", hunk.newLines());
          ArrayNode lines = one.putArray("lines");
          hunk.lines().forEach(lines::add);
        }
      }
      case Display.FileList(List<String> paths, int more) -> {
        node.put("type", "files").put("numFiles", paths.size() + more);
        ArrayNode names = node.putArray("filenames");
        paths.forEach(names::add);
      }
      case Display.Table(List<String> headings, List<List<String>> rows) -> {
        node.put("type", "table");
        ArrayNode names = node.putArray("headings");
        headings.forEach(names::add);
        ArrayNode lines = node.putArray("rows");
        rows.forEach(row -> row.forEach(lines.addArray()::add));
      }
      case Display.Todos(List<Display.Todo> items) -> {
        node.put("type", "todos");
        ArrayNode todos = node.putArray("newTodos");
        items.forEach(
            item ->
                todos
                    .addObject()
                    .put("content", item.content())
                    .put("status", item.status())
                    .put("activeForm", item.activeForm()));
      }
      case Display.Image(String type, long bytes) ->
          node.put("type", "image").put("mediaType", type).put("bytes", bytes);
      case Display.Command(String output, int code, boolean timedOut, String background) -> {
        node.put("type", "command")
            .put("stdout", output)
            .put("stderr", "")
            .put("exitCode", code)
            .put("interrupted", timedOut);
        if (!background.isEmpty()) {
          node.put("backgroundTaskId", background);
        }
      }
    }
    return node;
  }
}
