package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import java.util.ArrayList;
import java.util.List;

/** A message as the events of a stream. Pure. */
final class SseMessage {
  private SseMessage() {}

  /** One event and its type. */
  record Event(String text, String type) {
    boolean beginsBlock() {
      return type.equals("content_block_start");
    }

    boolean isDelta() {
      return type.equals("content_block_delta");
    }

    boolean endsBlock() {
      return type.equals("content_block_stop");
    }
  }

  static List<Event> events(Reply.Message reply, String id, String model, Usage usage) {
    List<Event> events = new ArrayList<>();
    ObjectNode message =
        Json.object()
            .put("id", id)
            .put("type", "message")
            .put("role", "assistant")
            .put("model", model);
    message.putArray("content");
    message.putNull("stop_reason");
    message.putNull("stop_sequence");
    Usage start =
        new Usage(
            usage.inputTokens(),
            1,
            usage.cacheReadTokens(),
            usage.cacheWrite5mTokens(),
            usage.cacheWrite1hTokens(),
            0,
            0);
    message.set("usage", MessageJson.usage(start));
    ObjectNode begin = Json.object().put("type", "message_start");
    begin.set("message", message);
    events.add(event(begin));
    events.add(event(Json.object().put("type", "ping")));
    for (int i = 0; i < reply.blocks().size(); i++) {
      block(reply.blocks().get(i), i, reply.pace().deltaChars(), events);
    }
    ObjectNode delta = Json.object().put("type", "message_delta");
    delta.putObject("delta").put("stop_reason", reply.stopReason()).putNull("stop_sequence");
    delta.putObject("usage").put("output_tokens", usage.outputTokens());
    events.add(event(delta));
    events.add(event(Json.object().put("type", "message_stop")));
    if (reply.fault() instanceof Reply.Fault.Duplicate(int index) && index < events.size()) {
      events.add(index, events.get(index));
    }
    return events;
  }

  private static void block(ObjectNode block, int index, int deltaChars, List<Event> events) {
    String type = block.path("type").asText("");
    ObjectNode start = block.deepCopy();
    List<ObjectNode> deltas = new ArrayList<>();
    switch (type) {
      case "text" -> {
        start.put("text", "");
        for (String part : parts(block.path("text").asText(""), deltaChars)) {
          deltas.add(Json.object().put("type", "text_delta").put("text", part));
        }
      }
      case "thinking" -> {
        start.put("thinking", "").put("signature", "");
        for (String part : parts(block.path("thinking").asText(""), deltaChars)) {
          deltas.add(Json.object().put("type", "thinking_delta").put("thinking", part));
        }
        deltas.add(
            Json.object()
                .put("type", "signature_delta")
                .put("signature", block.path("signature").asText("")));
      }
      case "tool_use" -> {
        start.set("input", Json.object());
        String input =
            block.has("raw_input")
                ? block.path("raw_input").asText("")
                : Json.write(block.path("input"));
        start.remove("raw_input");
        for (String part : parts(input, deltaChars)) {
          deltas.add(Json.object().put("type", "input_json_delta").put("partial_json", part));
        }
      }
      default -> {}
    }
    ObjectNode begin = Json.object().put("type", "content_block_start").put("index", index);
    begin.set("content_block", start);
    events.add(event(begin));
    for (ObjectNode delta : deltas) {
      ObjectNode node = Json.object().put("type", "content_block_delta").put("index", index);
      node.set("delta", delta);
      events.add(event(node));
    }
    events.add(event(Json.object().put("type", "content_block_stop").put("index", index)));
  }

  /** Pieces of so many characters, never between the halves of a pair. */
  private static List<String> parts(String text, int chars) {
    if (chars <= 0 || text.length() <= chars) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + chars);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      parts.add(text.substring(from, to));
      from = to;
    }
    return parts;
  }

  private static Event event(ObjectNode data) {
    return new Event(
        "event: " + data.path("type").asText() + "\ndata: " + Json.write(data) + "\n\n",
        data.path("type").asText());
  }
}
