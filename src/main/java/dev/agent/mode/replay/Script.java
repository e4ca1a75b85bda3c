package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Answers in order, from a script (YAML or JSON) or from a recording (JSON lines). A reply with a
 * condition waits for a request that fits and is passed over until then. Thread-safe.
 */
public final class Script implements Function<Exchange, Reply> {
  private static final Pattern WORKING_DIRECTORY = Pattern.compile("Working directory: (.*)");

  private final List<Step> steps;
  private int next;

  private record Step(String contains, Function<Exchange, Reply> reply) {}

  private Script(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * Reads a script or a recording.
   *
   * @param name for messages
   * @param speed factor for the pauses of a recording; 0 = none
   * @throws UserError when it can't be understood
   */
  public static Script parse(String name, String text, double speed) {
    if (text.stripLeading().startsWith("{\"type\":\"request\"")) {
      return recording(name, text, speed);
    }
    try {
      Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
      JsonNode document = Json.MAPPER.valueToTree(loaded);
      if (!(document.get("replies") instanceof ArrayNode replies)) {
        throw new UserError(
            name + ": a script needs a list \"replies\".", "See the reference of replay scripts.");
      }
      List<Step> steps = new ArrayList<>();
      for (int i = 0; i < replies.size(); i++) {
        steps.add(step(name, i + 1, replies.get(i)));
      }
      return new Script(steps);
    } catch (YamlEngineException e) {
      throw new UserError(
          name
              + " is neither a script nor a recording: "
              + String.valueOf(e.getMessage()).replace('\n', ' ')
              + ".",
          "Correct it there.");
    }
  }

  private static Step step(String name, int number, JsonNode node) {
    String contains = node.path("when").asText("");
    if (node.has("error")) {
      JsonNode error = node.get("error");
      Map<String, String> headers = new LinkedHashMap<>();
      error
          .path("headers")
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asText("")));
      Reply reply =
          new Reply.Failure(
              error.path("status").asInt(500),
              error.path("type").asText("api_error"),
              error.path("message").asText("played by the script"),
              headers);
      return new Step(contains, _ -> reply);
    }
    if (!(node.get("blocks") instanceof ArrayNode blocks)) {
      throw new UserError(
          name + ": reply " + number + " needs \"blocks\" or \"error\".",
          "See the reference of replay scripts.");
    }
    Reply.Fault fault = fault(node.path("fault"));
    return new Step(
        contains,
        exchange -> {
          List<ObjectNode> content = new ArrayList<>();
          boolean calls = false;
          for (int i = 0; i < blocks.size(); i++) {
            ObjectNode block =
                block(
                    name, number, blocks.get(i), "toolu_" + exchange.number() + "_" + i, exchange);
            calls |= block.path("type").asText().equals("tool_use");
            content.add(block);
          }
          return new Reply.Message(
              content,
              node.path("stop_reason").asText(calls ? "tool_use" : "end_turn"),
              new Reply.Pace(
                  node.path("delay_ms").asLong(0),
                  node.path("delta_chars").asInt(0),
                  0,
                  0,
                  _ -> {}),
              node.path("output_tokens").asLong(0),
              java.util.Optional.empty(),
              fault);
        });
  }

  private static Reply.Fault fault(JsonNode node) {
    int after = node.path("after_events").asInt(4);
    return switch (node.path("kind").asText("")) {
      case "drop" -> new Reply.Fault.Drop(after);
      case "stall" -> new Reply.Fault.Stall(after, node.path("ms").asLong(1_000));
      case "malformed" -> new Reply.Fault.Malformed(after);
      case "error" ->
          new Reply.Fault.ErrorEvent(after, node.path("type").asText("overloaded_error"));
      default -> Reply.NO_FAULT;
    };
  }

  private static ObjectNode block(
      String name, int number, JsonNode node, String id, Exchange exchange) {
    if (node.has("text")) {
      return Reply.textBlock(filled(node.get("text").asText(""), exchange));
    }
    if (node.has("thinking")) {
      return Json.object()
          .put("type", "thinking")
          .put("thinking", node.get("thinking").asText(""))
          .put("signature", node.path("signature").asText("sig-" + id));
    }
    if (node.has("tool")) {
      ObjectNode use =
          Reply.toolUse(
              id,
              node.get("tool").asText(""),
              (ObjectNode)
                  filledTree(
                      node.path("input").isObject() ? node.get("input") : Json.object(), exchange));
      if (node.has("raw_input")) {
        use.put("raw_input", node.get("raw_input").asText(""));
      }
      return use;
    }
    throw new UserError(
        name + ": a block of reply " + number + " needs \"text\", \"thinking\" or \"tool\".",
        "See the reference of replay scripts.");
  }

  private static JsonNode filledTree(JsonNode node, Exchange exchange) {
    if (node.isTextual()) {
      return Json.MAPPER.getNodeFactory().textNode(filled(node.asText(), exchange));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode out = Json.object();
      object
          .properties()
          .forEach(member -> out.set(member.getKey(), filledTree(member.getValue(), exchange)));
      return out;
    }
    if (node instanceof ArrayNode list) {
      ArrayNode out = Json.MAPPER.createArrayNode();
      list.forEach(item -> out.add(filledTree(item, exchange)));
      return out;
    }
    return node;
  }

  /**
   * Puts in {@code ${cwd}}, the working directory that the request names, and {@code ${results}},
   * the text of the last tool results.
   */
  private static String filled(String text, Exchange exchange) {
    if (text.indexOf("${") < 0) {
      return text;
    }
    String filled = text;
    if (filled.contains("${cwd}")) {
      Matcher matcher =
          WORKING_DIRECTORY.matcher(exchange.body().path("system").toString().replace("\\n", "\n"));
      filled = filled.replace("${cwd}", matcher.find() ? matcher.group(1).strip() : ".");
    }
    return filled.replace("${results}", exchange.lastResults().strip());
  }

  private static Script recording(String name, String text, double speed) {
    List<Step> steps = new ArrayList<>();
    Map<Integer, List<JsonNode>> exchanges = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      if (!line.isBlank()) {
        try {
          JsonNode node = Json.parse(line);
          exchanges.computeIfAbsent(node.path("n").asInt(), _ -> new ArrayList<>()).add(node);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
          throw new UserError(
              name + ", line " + number + " is no JSON.", "A recording has one object a line.");
        }
      }
    }
    for (List<JsonNode> lines : exchanges.values()) {
      int status = 200;
      Map<String, String> headers = new LinkedHashMap<>();
      List<Reply.Piece> pieces = new ArrayList<>();
      long last = -1;
      for (JsonNode line : lines) {
        switch (line.path("type").asText()) {
          case "response" -> {
            status = line.path("status").asInt(200);
            line.path("headers")
                .properties()
                .forEach(header -> headers.put(header.getKey(), header.getValue().asText("")));
            last = line.path("at_ms").asLong();
          }
          case "chunk" -> {
            byte[] bytes =
                line.has("base64")
                    ? Base64.getDecoder().decode(line.path("base64").asText())
                    : line.path("text").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            long at = line.path("at_ms").asLong();
            pieces.add(new Reply.Piece(bytes, last < 0 ? 0 : (long) ((at - last) * speed)));
            last = at;
          }
          default -> {}
        }
      }
      Reply reply = new Reply.Recorded(status, headers, pieces, true);
      steps.add(new Step("", _ -> reply));
    }
    return new Script(steps);
  }

  @Override
  public synchronized Reply apply(Exchange exchange) {
    for (int i = next; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.contains().isEmpty()
          || exchange.lastUserText().contains(step.contains())
          || exchange.lastResults().contains(step.contains())) {
        next = i + 1;
        return step.reply().apply(exchange);
      }
    }
    return new Reply.Failure(
        400,
        "invalid_request_error",
        "The script is at its end: it has no reply for request " + exchange.number() + ".",
        Map.of());
  }
}
