package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the real service refuses with status 400, with sentences like its own. Facts: the public
 * documentation of the Messages API and observed answers, November 2026. Thread-safe.
 */
public final class RequestRules {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "cache_control",
          "metadata",
          "stop_sequences",
          "stream",
          "service_tier",
          "inference_geo",
          "speed",
          "diagnostics",
          "container");
  private static final int MAX_MARKS = 4;

  /** Signed thinking that this server sent: it must come back unchanged. */
  private final Set<String> thinking = ConcurrentHashMap.newKeySet();

  /** Remembers what was sent. */
  void sent(List<ObjectNode> blocks) {
    for (ObjectNode block : blocks) {
      if (block.path("type").asText().equals("thinking")) {
        thinking.add(block.path("signature").asText() + "\n" + block.path("thinking").asText());
      }
    }
  }

  /** The first rule that a request breaks; empty when it keeps all. */
  public Optional<String> check(ObjectNode request) {
    List<String> found = new ArrayList<>();
    fields(request, found);
    tools(request, found);
    marks(request, found);
    messages(request.path("messages"), found);
    return found.stream().findFirst();
  }

  private static void fields(ObjectNode request, List<String> found) {
    request
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                found.add(name + ": Extra inputs are not permitted");
              }
            });
    if (request.path("model").asText("").isEmpty()) {
      found.add("model: Field required");
    }
    int maxTokens = request.path("max_tokens").asInt(0);
    if (maxTokens < 1) {
      found.add("max_tokens: Input should be greater than or equal to 1");
    }
    if (maxTokens > 128_000) {
      found.add(
          "max_tokens: "
              + maxTokens
              + " > 128000, which is the maximum allowed number of output tokens");
    }
    JsonNode thinking = request.path("thinking");
    if (thinking.path("type").asText("").equals("enabled")) {
      int budget = thinking.path("budget_tokens").asInt(0);
      if (budget < 1_024) {
        found.add("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
      }
      if (budget >= maxTokens) {
        found.add("`max_tokens` must be greater than `thinking.budget_tokens`");
      }
    }
  }

  private static void tools(ObjectNode request, List<String> found) {
    Set<String> names = new HashSet<>();
    for (JsonNode tool : request.path("tools")) {
      String name = tool.path("name").asText("");
      if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
        found.add("tools." + name + ".name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
      }
      if (!names.add(name)) {
        found.add("tools: Tool names must be unique.");
      }
      JsonNode schema = tool.path("input_schema");
      if (!schema.path("type").asText("").equals("object")
          || schema.has("oneOf")
          || schema.has("anyOf")
          || schema.has("allOf")) {
        found.add(
            "tools."
                + name
                + ".input_schema: must be an object schema without oneOf, allOf or anyOf at the top"
                + " level");
      }
    }
  }

  private static void marks(ObjectNode request, List<String> found) {
    int marks = request.has("cache_control") ? 1 : 0;
    for (JsonNode tool : request.path("tools")) {
      marks += tool.has("cache_control") ? 1 : 0;
    }
    for (JsonNode text : request.path("system")) {
      marks += text.has("cache_control") ? 1 : 0;
      if (text.has("cache_control") && text.path("text").asText("").isEmpty()) {
        found.add("system: cache_control cannot be set for empty text blocks");
      }
    }
    for (JsonNode message : request.path("messages")) {
      for (JsonNode block : message.path("content")) {
        if (block.has("cache_control")) {
          marks++;
          if (block.path("type").asText().contains("thinking")) {
            found.add("messages: thinking blocks cannot have cache_control");
          }
        }
      }
    }
    if (marks > MAX_MARKS) {
      found.add("A maximum of 4 blocks with cache_control may be provided. Found " + marks + ".");
    }
  }

  private void messages(JsonNode messages, List<String> found) {
    if (!messages.isArray() || messages.isEmpty()) {
      found.add("messages: at least one message is required");
      return;
    }
    if (!messages.get(0).path("role").asText().equals("user")) {
      found.add("messages: first message must use the \"user\" role");
    }
    boolean awaitsServer = false;
    Set<String> ids = new HashSet<>();
    List<String> open = List.of();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = message.path("role").asText("");
      if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
        found.add("messages." + i + ".role: Input should be 'user' or 'assistant'");
      }
      JsonNode content = message.path("content");
      if (content.isTextual() ? content.asText().isEmpty() : content.isEmpty()) {
        found.add(
            "messages."
                + i
                + ": all messages must have non-empty content except for the optional final"
                + " assistant message");
      }
      List<String> calls = new ArrayList<>();
      List<String> results = new ArrayList<>();
      boolean textSeen = false;
      int server = 0;
      for (JsonNode block : content) {
        switch (block.path("type").asText("")) {
          case "text" -> {
            textSeen = true;
            String text = block.path("text").asText("");
            if (text.isEmpty()) {
              found.add("messages: text content blocks must be non-empty");
            } else if (text.isBlank()) {
              found.add("messages: text content blocks must contain non-whitespace text");
            }
          }
          case "tool_use" -> {
            calls.add(block.path("id").asText(""));
            if (!ids.add(block.path("id").asText(""))) {
              found.add("messages: `tool_use` ids must be unique");
            }
            if (!block.path("input").isObject()) {
              found.add("messages." + i + ".tool_use.input: Input should be a valid dictionary");
            }
            if (!role.equals("assistant")) {
              found.add("messages." + i + ": `tool_use` blocks can only be in assistant messages");
            }
          }
          case "tool_result" -> {
            results.add(block.path("tool_use_id").asText(""));
            if (textSeen) {
              found.add("messages." + i + ": tool_result blocks must come first in the message");
            }
            if (!role.equals("user")) {
              found.add("messages." + i + ": `tool_result` blocks can only be in user messages");
            }
          }
          case "thinking" -> {
            String key = block.path("signature").asText() + "\n" + block.path("thinking").asText();
            if (block.path("signature").asText("").isEmpty()) {
              found.add("messages." + i + ".thinking.signature: Field required");
            } else if (i >= messages.size() - 2 && !thinking.isEmpty() && !thinking.contains(key)) {
              found.add(
                  "messages."
                      + i
                      + ": `thinking` or `redacted_thinking` blocks in the latest assistant message"
                      + " cannot be modified");
            }
          }
          case "server_tool_use" -> server++;
          case "" -> found.add("messages." + i + ".content: blocks need a type");
          default -> server -= block.path("type").asText().endsWith("_tool_result") ? 1 : 0;
        }
        block
            .fieldNames()
            .forEachRemaining(
                name -> {
                  if (name.equals("invalid_input")) {
                    found.add("messages." + name + ": Extra inputs are not permitted");
                  }
                });
      }
      pairs(i, open, results, found);
      open = calls;
      awaitsServer = server > 0;
    }
    if (!open.isEmpty()) {
      found.add(
          "messages: `tool_use` ids were found without `tool_result` blocks immediately after: "
              + String.join(", ", open));
    }
    if (messages.get(messages.size() - 1).path("role").asText().equals("assistant")
        && !awaitsServer) {
      found.add(
          "This model does not support assistant message prefill. The conversation must end with a"
              + " user message.");
    }
  }

  private static void pairs(
      int index, List<String> open, List<String> results, List<String> found) {
    List<String> missing = new ArrayList<>(open);
    missing.removeAll(results);
    if (!missing.isEmpty()) {
      found.add(
          "messages."
              + index
              + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
              + String.join(", ", missing));
    }
    List<String> unexpected = new ArrayList<>(results);
    open.forEach(unexpected::remove);
    if (!unexpected.isEmpty()) {
      found.add(
          "messages."
              + index
              + ": unexpected `tool_use_id` found in `tool_result` blocks: "
              + String.join(", ", unexpected));
    }
  }

  /** The part of a request that must not change within a session. */
  static String prefix(ObjectNode request) {
    return Json.write(request.path("tools")) + Json.write(request.path("system"));
  }
}
