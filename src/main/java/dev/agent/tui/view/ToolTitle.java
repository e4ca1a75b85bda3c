package dev.agent.tui.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.text.Visible;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a call is named: {@code Bash(mvn -q test)}.
 *
 * @param name what it does
 * @param argument the one input that matters to a reader; empty for none. Free of control
 *     characters but line ends
 */
public record ToolTitle(String name, String argument) {
  private static final int MAX_ARGUMENT = 4_000;

  /** What a reader wants to see of a known tool. */
  private record Naming(String shown, String argument, boolean isPath) {}

  private static final Map<String, Naming> KNOWN =
      Map.ofEntries(
          Map.entry("Read", new Naming("Read", "file_path", true)),
          Map.entry("Edit", new Naming("Update", "file_path", true)),
          Map.entry("MultiEdit", new Naming("Update", "file_path", true)),
          Map.entry("Write", new Naming("Write", "file_path", true)),
          Map.entry("NotebookEdit", new Naming("Update", "notebook_path", true)),
          Map.entry("Bash", new Naming("Bash", "command", false)),
          Map.entry("BashOutput", new Naming("Output", "bash_id", false)),
          Map.entry("KillShell", new Naming("Kill", "shell_id", false)),
          Map.entry("Glob", new Naming("Files", "pattern", false)),
          Map.entry("Grep", new Naming("Search", "pattern", false)),
          Map.entry("WebFetch", new Naming("Fetch", "url", false)),
          Map.entry("WebSearch", new Naming("Web search", "query", false)),
          Map.entry("Task", new Naming("Task", "description", false)),
          Map.entry("Agent", new Naming("Agent", "description", false)),
          Map.entry("Skill", new Naming("Skill", "name", false)),
          Map.entry("TodoWrite", new Naming("Todos", "", false)),
          Map.entry("AskUserQuestion", new Naming("Question", "", false)),
          Map.entry("ExitPlanMode", new Naming("Plan", "", false)));

  /**
   * The title of a call.
   *
   * @param shownPath a path as the person should see it
   */
  public static ToolTitle of(String tool, ObjectNode input, UnaryOperator<String> shownPath) {
    Naming naming = KNOWN.get(tool);
    if (naming == null) {
      return new ToolTitle(shownName(tool), firstText(input).map(ToolTitle::clean).orElse(""));
    }
    String argument = naming.argument.isEmpty() ? "" : input.path(naming.argument).asText("");
    return new ToolTitle(naming.shown, clean(naming.isPath ? shownPath.apply(argument) : argument));
  }

  /** A call of which nothing but the name is known. */
  public static ToolTitle of(String tool) {
    Naming naming = KNOWN.get(tool);
    return new ToolTitle(naming == null ? shownName(tool) : naming.shown, "");
  }

  private static String shownName(String tool) {
    String[] parts = tool.split("__", 3);
    return Visible.of(
        parts.length == 3 && parts[0].equals("mcp") ? parts[1] + ": " + parts[2] : tool);
  }

  private static Optional<String> firstText(ObjectNode input) {
    for (JsonNode value : input) {
      if (value.isTextual() && !value.asText().isBlank()) {
        return Optional.of(value.asText());
      }
    }
    return Optional.empty();
  }

  private static String clean(String text) {
    String head = dev.agent.text.Clip.head(text.strip(), MAX_ARGUMENT);
    StringBuilder out = new StringBuilder();
    for (String line : head.split("\n", -1)) {
      out.append(out.isEmpty() ? "" : "\n").append(Visible.of(line.replace("\t", "    ")));
    }
    return out.toString();
  }

  /** The title as one line. */
  public String text() {
    return argument.isEmpty() ? name : name + "(" + argument + ")";
  }
}
