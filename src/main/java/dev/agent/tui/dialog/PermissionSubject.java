package dev.agent.tui.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.permission.PermissionRequest;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.theme.Token;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a call is about, for a person who decides: how it is called, what is to be read before an
 * answer, and what a person may change in it.
 *
 * @param title what would happen
 * @param subject what it would happen to
 * @param question what is asked
 * @param note at the right of the title
 * @param changeable the member of the input that the person may work on; empty = none
 * @param suffix of a file with that text
 */
record PermissionSubject(
    String title,
    String subject,
    String question,
    String note,
    String changeable,
    String suffix,
    Kind kind) {
  /** How the body is drawn. */
  enum Kind {
    COMMAND,
    CHANGE,
    FETCH,
    READ,
    OTHER
  }

  private static final String OUTSIDE = "dangerouslyDisableSandbox";

  static PermissionSubject of(
      PermissionRequest request, ObjectNode input, Optional<Display.Diff> change) {
    String name = request.call().name();
    Effect effect = request.effect();
    if (request.isCommand()) {
      String how =
          (input.path("run_in_background").asBoolean() ? " in the background" : "")
              + (input.path(OUTSIDE).asBoolean() ? " outside of the sandbox" : "");
      return new PermissionSubject(
          "Bash" + how, "", "Allow this command?", "", "command", ".sh", Kind.COMMAND);
    }
    if (change.isPresent()) {
      Display.Diff diff = change.get();
      String member = name.equals("Write") ? "content" : name.equals("Edit") ? "new_string" : "";
      String path = Paths.shown(diff.path(), request.cwd());
      return new PermissionSubject(
          diff.created() ? "Create" : name.equals("Write") ? "Write" : "Edit",
          path,
          diff.created() ? "Create this file?" : "Allow this edit?",
          counts(diff),
          member,
          suffix(path),
          Kind.CHANGE);
    }
    if (name.equals("WebFetch") && !effect.hosts().isEmpty()) {
      URI host = effect.hosts().iterator().next();
      String shown = Text.shown(String.valueOf(host.getHost()));
      return new PermissionSubject(
          "Fetch", shown, "Allow fetching from " + shown + "?", "", "", "", Kind.FETCH);
    }
    if (effect.kind() == Effect.Kind.READS && effect.paths().size() == 1) {
      Path path = effect.paths().iterator().next();
      return new PermissionSubject(
          Text.shown(name),
          Paths.shown(path.toString(), request.cwd()),
          "Allow reading this?",
          "",
          "",
          "",
          Kind.READ);
    }
    return new PermissionSubject(ToolName.of(name), "", "Allow this call?", "", "", "", Kind.OTHER);
  }

  private static String counts(Display.Diff diff) {
    DiffRows.Count count = DiffRows.count(diff);
    return "+" + count.added() + " -" + count.removed();
  }

  private static String suffix(String path) {
    int dot = path.lastIndexOf('.');
    boolean plain = dot > path.lastIndexOf('/') + 1 && path.substring(dot).matches("\\.\\w{1,10}");
    return plain ? path.substring(dot) : ".txt";
  }

  /** Whether a rule that is given here must not be chosen before all of the body was in sight. */
  boolean mustBeRead() {
    return kind != Kind.CHANGE;
  }

  /** What is to be read. */
  List<Line> body(ObjectNode input, Body diff, Canvas canvas) {
    int indent = canvas.margin() * 3;
    int room = Math.max(1, canvas.width() - indent - canvas.margin());
    Style text = canvas.style(Token.TEXT);
    Style dim = canvas.style(Token.DIM);
    List<Line> lines = new ArrayList<>();
    switch (kind) {
      case CHANGE -> {
        return Line.of(diff.rows(canvas.width(), canvas.theme()));
      }
      case COMMAND -> {
        lines.addAll(Line.of(Text.wrap(input.path("command").asText(), room, text)));
        lines.addAll(described(input.path("description"), room, dim));
      }
      case FETCH -> {
        lines.addAll(Line.of(Text.wrap(Text.shown(input.path("url").asText()), room, text)));
        lines.addAll(described(input.path("prompt"), room, dim));
      }
      case READ, OTHER -> {
        for (var member : input.properties()) {
          // The path alone says it all; it stands here in full, the title may show its end only.
          boolean named = kind == Kind.READ && member.getKey().equals("file_path");
          lines.addAll(
              named
                  ? Line.of(Text.wrap(Text.shown(member.getValue().asText()), room, text))
                  : member(member.getKey(), member.getValue(), room, canvas));
        }
        if (input.isEmpty()) {
          lines.add(Line.of("no input", dim));
        }
      }
    }
    return Line.indented(lines, indent);
  }

  private static List<Line> described(JsonNode text, int room, Style dim) {
    return text.asText("").isBlank()
        ? List.of()
        : Line.of(Text.wrap(Text.shown(text.asText().strip()), room, dim));
  }

  private static List<Line> member(String name, JsonNode value, int room, Canvas canvas) {
    Span label = Span.of(Text.shown(name) + ": ", canvas.style(Token.DIM));
    boolean fits = label.width() + 12 <= room;
    String shown = Json.pretty(value);
    List<Line> lines = new ArrayList<>();
    if (!fits || value.isContainerNode() && !value.isEmpty()) {
      lines.addAll(Line.of(Text.wrap(Text.shown(name) + ":", room, label.style())));
      Text.wrap(shown, Math.max(1, room - 2), canvas.style(Token.TEXT))
          .forEach(row -> lines.add(Line.of(row).indented(2)));
      return lines;
    }
    for (var row : Text.wrap(shown, room - label.width(), canvas.style(Token.TEXT))) {
      lines.add(lines.isEmpty() ? Line.of(row).after(label) : Line.of(row).indented(label.width()));
    }
    return lines;
  }
}
