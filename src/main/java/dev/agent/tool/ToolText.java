package dev.agent.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The prompt text of a tool, from a resource file beside its class. The file is Markdown;
 * everything before the line {@code ## Parameters} is the description, and each item below it,
 * {@code - `name`: sentence}, describes one parameter (nested ones by path). An item may run over
 * several lines.
 *
 * @param description what the model reads about the tool
 * @param parameters wire name → sentence
 */
public record ToolText(String description, Map<String, String> parameters) {
  public ToolText {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Loads {@code <name>.md} from the package of {@code owner}.
   *
   * @throws IllegalStateException when the resource is missing: a fault of the build
   */
  public static ToolText load(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name + ".md")) {
      if (in == null) {
        throw new IllegalStateException("no prompt text " + name + ".md beside " + owner.getName());
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ToolText parse(String text) {
    int cut = text.indexOf("## Parameters\n");
    String description = (cut < 0 ? text : text.substring(0, cut)).strip();
    Map<String, String> parameters = new LinkedHashMap<>();
    if (cut >= 0) {
      String name = "";
      StringBuilder sentence = new StringBuilder();
      for (String line : text.substring(cut).split("\n", -1)) {
        int end = line.startsWith("- `") ? line.indexOf("`:", 3) : -1;
        if (end > 0) {
          put(parameters, name, sentence);
          name = line.substring(3, end);
          sentence.append(line.substring(end + 2).strip());
        } else if (!name.isEmpty() && !line.isBlank()) {
          sentence.append(' ').append(line.strip());
        }
      }
      put(parameters, name, sentence);
    }
    return new ToolText(description, parameters);
  }

  private static void put(Map<String, String> parameters, String name, StringBuilder sentence) {
    if (!name.isEmpty()) {
      parameters.put(name, sentence.toString());
    }
    sentence.setLength(0);
  }
}
