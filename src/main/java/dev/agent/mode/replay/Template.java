package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts parts of a request into the texts of a reply: {@code ${cwd}}, {@code ${text}}, {@code
 * ${results}}, {@code ${model}}, {@code ${n}} and captures. Anything else in such brackets stays as
 * it is, since it may be meant for a shell. Pure.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-zA-Z_][a-zA-Z0-9_]*)}");
  private static final Pattern WORKING_DIRECTORY = Pattern.compile("Working directory: ([^\\n]*)");

  private final Exchange exchange;
  private final Map<String, Pattern> captures;

  /**
   * @param captures name → expression; its first group, or all of it, is searched for in the last
   *     results and the last user text
   */
  Template(Exchange exchange, Map<String, Pattern> captures) {
    this.exchange = exchange;
    this.captures = captures;
  }

  String fill(String text) {
    if (text.indexOf("${") < 0) {
      return text;
    }
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), place.group())));
  }

  /** The same for every text of a tree. */
  JsonNode fill(JsonNode node) {
    if (node.isTextual()) {
      return Json.MAPPER.getNodeFactory().textNode(fill(node.asText()));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode out = Json.object();
      object.properties().forEach(member -> out.set(member.getKey(), fill(member.getValue())));
      return out;
    }
    if (node instanceof ArrayNode list) {
      ArrayNode out = Json.MAPPER.createArrayNode();
      list.forEach(item -> out.add(fill(item)));
      return out;
    }
    return node;
  }

  private String value(String name, String otherwise) {
    Pattern capture = captures.get(name);
    if (capture != null) {
      Matcher matcher = capture.matcher(exchange.lastResults() + "\n" + exchange.lastUserText());
      if (!matcher.find()) {
        return "";
      }
      String found = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
      return found == null ? "" : found;
    }
    return switch (name) {
      case "cwd" -> workingDirectory();
      case "text" -> exchange.lastUserText().strip();
      case "results" -> exchange.lastResults().strip();
      case "model" -> exchange.body().path("model").asText("");
      case "n" -> String.valueOf(exchange.number());
      default -> otherwise;
    };
  }

  /** As the agent tells it, in its system prompt or in the first message; "." when it doesn't. */
  private String workingDirectory() {
    for (JsonNode part :
        new JsonNode[] {
          exchange.body().path("system"), exchange.body().path("messages").path(0).path("content")
        }) {
      if (part.isTextual()) {
        Matcher matcher = WORKING_DIRECTORY.matcher(part.asText());
        if (matcher.find()) {
          return matcher.group(1).strip();
        }
      }
      for (JsonNode block : part) {
        Matcher matcher = WORKING_DIRECTORY.matcher(block.path("text").asText(""));
        if (matcher.find()) {
          return matcher.group(1).strip();
        }
      }
    }
    return ".";
  }
}
