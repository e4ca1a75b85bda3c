package dev.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One line of a transcript. Kinds that this version does not know are kept as they are. */
public sealed interface Entry {

  /** How the session was begun or gone on with. */
  record Meta(String cwd, String version, String model, String forkedFrom) implements Entry {}

  /**
   * A user message; {@code origin} is {@code prompt}, {@code tool_results}, {@code continuation} or
   * {@code interruption}.
   */
  record User(Message message, String origin) implements Entry {}

  /** A whole block of an answer. The blocks of one message id together are the answer. */
  record AnswerBlock(String messageId, String model, ContentBlock block) implements Entry {}

  /** The answer is whole; {@code cost} is dollars as text, empty when unknown. */
  record AnswerEnd(
      String messageId, String model, String requestId, String stopReason, Usage usage, String cost)
      implements Entry {}

  /** The answer with this id does not count. */
  record Discarded(String messageId, String why) implements Entry {}

  /** A call is about to run. Written before it has any effect. */
  record Intent(String toolUseId, String tool, ObjectNode input, String effect, List<String> paths)
      implements Entry {
    public Intent {
      paths = List.copyOf(paths);
    }
  }

  /** A call has ended with this result. */
  record Outcome(ContentBlock.ToolResult result, String status) implements Entry {}

  /** What the permission pipeline decided. */
  record Permission(
      String toolUseId, String tool, String decision, String layer, String rule, String reason)
      implements Entry {}

  /** What the model has seen of files at the end of a turn: path → hash. */
  record Seen(Map<String, String> files) implements Entry {
    public Seen {
      files = Map.copyOf(files);
    }
  }

  /** The history was rewritten before the next request: this is what it is now. */
  record Rewritten(List<Message> messages, String why) implements Entry {
    public Rewritten {
      messages = List.copyOf(messages);
    }
  }

  /** Of a later version. */
  record Unknown(ObjectNode raw) implements Entry {}

  /** The entry's own members. */
  static ObjectNode toJson(Entry entry) {
    ObjectNode node = Json.object();
    switch (entry) {
      case Meta(String cwd, String version, String model, String forkedFrom) -> {
        node.put("type", "meta").put("cwd", cwd).put("version", version).put("model", model);
        if (!forkedFrom.isEmpty()) {
          node.put("forked_from", forkedFrom);
        }
      }
      case User(Message message, String origin) -> {
        node.put("type", "user").put("origin", origin);
        node.set("message", MessageJson.toJson(message));
      }
      case AnswerBlock(String id, String model, ContentBlock block) -> {
        node.put("type", "assistant").put("message_id", id).put("model", model);
        node.set("block", MessageJson.toJson(block));
      }
      case AnswerEnd(
              String id,
              String model,
              String requestId,
              String stopReason,
              Usage usage,
              String cost) -> {
        node.put("type", "assistant_end")
            .put("message_id", id)
            .put("model", model)
            .put("request_id", requestId)
            .put("stop_reason", stopReason);
        node.set("usage", MessageJson.usage(usage));
        if (!cost.isEmpty()) {
          node.put("cost_usd", cost);
        }
      }
      case Discarded(String id, String why) ->
          node.put("type", "discarded").put("message_id", id).put("why", why);
      case Intent(String id, String tool, ObjectNode input, String effect, List<String> paths) -> {
        node.put("type", "intent").put("tool_use_id", id).put("tool", tool).put("effect", effect);
        node.set("input", input);
        ArrayNode list = node.putArray("paths");
        paths.forEach(list::add);
      }
      case Outcome(ContentBlock.ToolResult result, String status) -> {
        node.put("type", "outcome").put("status", status);
        node.set("result", MessageJson.toJson(result));
      }
      case Permission(
              String id,
              String tool,
              String decision,
              String layer,
              String rule,
              String reason) ->
          node.put("type", "permission")
              .put("tool_use_id", id)
              .put("tool", tool)
              .put("decision", decision)
              .put("layer", layer)
              .put("rule", rule)
              .put("reason", reason);
      case Seen(Map<String, String> files) -> {
        ObjectNode all = node.put("type", "seen").putObject("files");
        new TreeMap<>(files).forEach(all::put);
      }
      case Rewritten(List<Message> messages, String why) -> {
        node.put("type", "rewritten").put("why", why);
        ArrayNode list = node.putArray("messages");
        messages.forEach(message -> list.add(MessageJson.toJson(message)));
      }
      case Unknown(ObjectNode raw) -> node.setAll(raw);
    }
    return node;
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException when a known kind lacks what it needs
   */
  static Entry of(ObjectNode node) {
    return switch (node.path("type").asText("")) {
      case "meta" ->
          new Meta(
              text(node, "cwd"),
              text(node, "version"),
              text(node, "model"),
              text(node, "forked_from"));
      case "user" -> new User(MessageJson.readMessage(node.path("message")), text(node, "origin"));
      case "assistant" ->
          new AnswerBlock(
              text(node, "message_id"),
              text(node, "model"),
              MessageJson.readBlock(object(node, "block")));
      case "assistant_end" ->
          new AnswerEnd(
              text(node, "message_id"),
              text(node, "model"),
              text(node, "request_id"),
              text(node, "stop_reason"),
              MessageJson.readUsage(node.path("usage")),
              text(node, "cost_usd"));
      case "discarded" -> new Discarded(text(node, "message_id"), text(node, "why"));
      case "intent" -> {
        List<String> paths = new ArrayList<>();
        node.path("paths").forEach(path -> paths.add(path.asText()));
        yield new Intent(
            text(node, "tool_use_id"),
            text(node, "tool"),
            object(node, "input"),
            text(node, "effect"),
            paths);
      }
      case "outcome" -> {
        if (MessageJson.readBlock(object(node, "result"))
            instanceof ContentBlock.ToolResult result) {
          yield new Outcome(result, text(node, "status"));
        }
        throw new IllegalArgumentException("an outcome needs a tool result");
      }
      case "permission" ->
          new Permission(
              text(node, "tool_use_id"),
              text(node, "tool"),
              text(node, "decision"),
              text(node, "layer"),
              text(node, "rule"),
              text(node, "reason"));
      case "seen" -> {
        Map<String, String> files = new HashMap<>();
        object(node, "files")
            .properties()
            .forEach(file -> files.put(file.getKey(), file.getValue().asText("")));
        yield new Seen(files);
      }
      case "rewritten" -> {
        List<Message> messages = new ArrayList<>();
        node.path("messages").forEach(message -> messages.add(MessageJson.readMessage(message)));
        yield new Rewritten(messages, text(node, "why"));
      }
      default -> new Unknown(node);
    };
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }

  private static ObjectNode object(JsonNode node, String name) {
    if (node.get(name) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("\"" + name + "\" must be an object");
  }
}
