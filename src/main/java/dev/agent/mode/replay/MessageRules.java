package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules for the messages of a request: roles, pairs of calls and results, blocks that must not
 * be empty. Used for one request, by one thread.
 */
final class MessageRules {
  private static final Set<String> ASSISTANT_ONLY =
      Set.of("thinking", "redacted_thinking", "tool_use", "server_tool_use", "mcp_tool_use");
  private static final Set<String> IMAGE_TYPES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  /** Characters of base64: 10 MB. */
  private static final int MAX_IMAGE = 10 * 1024 * 1024;

  private final ModelRules model;
  private final int maxImages;
  private final List<String> found;
  private final Set<String> ids = new HashSet<>();
  private int images;

  MessageRules(ModelRules model, int contextWindow, List<String> found) {
    this.model = model;
    this.maxImages = contextWindow > 200_000 ? 600 : 100;
    this.found = found;
  }

  void check(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty()) {
      found.add("messages: at least one message is required");
      return;
    }
    if (messages.size() > 100_000) {
      found.add("messages: at most 100000 messages are allowed");
    }
    if (!role(messages.get(0)).equals("user")) {
      found.add("messages: first message must use the \"user\" role");
    }
    List<String> open = List.of();
    boolean serverOpen = false;
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = role(message);
      boolean last = i == messages.size() - 1;
      shape(i, message, role, last);
      if (role.equals("assistant")) {
        // Consecutive messages of one role count as one; so calls of both stay open.
        List<String> calls = new ArrayList<>(i > 0 && same(messages, i) ? open : List.of());
        if (!open.isEmpty() && !same(messages, i)) {
          missing(i, open);
        }
        serverOpen = assistant(i, message, calls);
        open = calls;
      } else if (role.equals("user")) {
        open = user(i, message, open, serverOpen, !last && same(messages, i + 1));
        serverOpen = serverOpen && !open.isEmpty();
      } else if (!open.isEmpty()) {
        missing(i, open);
        open = List.of();
      }
    }
    if (!open.isEmpty()) {
      missing(messages.size() - 1, open);
    }
    end(messages, serverOpen);
  }

  private static String role(JsonNode message) {
    return message.path("role").asText("");
  }

  private static boolean same(JsonNode messages, int index) {
    return role(messages.get(index)).equals(role(messages.get(index - 1)));
  }

  private void shape(int index, JsonNode message, String role, boolean last) {
    if (role.equals("system") && !model.systemMessages()) {
      found.add("messages." + index + ".role: role 'system' is not supported on this model");
    } else if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
      found.add("messages." + index + ".role: Input should be 'user' or 'assistant'");
    }
    message
        .fieldNames()
        .forEachRemaining(
            name -> {
              boolean clearAt = name.equals("clear_at") && role.equals("system");
              if (!name.equals("role") && !name.equals("content") && !clearAt) {
                found.add("messages." + index + "." + name + ": Extra inputs are not permitted");
              }
            });
    JsonNode content = message.path("content");
    if (!content.isTextual() && !content.isArray()) {
      found.add("messages." + index + ".content: Input should be a valid string or list");
    } else if (content.isTextual() ? content.asText().isEmpty() : content.isEmpty()) {
      if (!(last && role.equals("assistant"))) {
        found.add(
            "messages."
                + index
                + ": all messages must have non-empty content except for the optional final"
                + " assistant message");
      }
    } else if (content.isTextual() && content.asText().isBlank()) {
      found.add("messages." + index + ": text content blocks must contain non-whitespace text");
    }
  }

  /** Returns whether a server's tool has no result yet; the calls are added to the list. */
  private boolean assistant(int index, JsonNode message, List<String> calls) {
    Set<String> server = new HashSet<>();
    int position = 0;
    for (JsonNode block : message.path("content")) {
      String at = "messages." + index + ".content." + position++;
      switch (block.path("type").asText("")) {
        case "text" -> text(at, block);
        case "thinking" -> {
          if (block.path("signature").asText("").isEmpty()) {
            found.add(at + ".thinking.signature: Field required");
          }
          if (!block.path("thinking").isTextual()) {
            found.add(at + ".thinking.thinking: Field required");
          }
        }
        case "tool_use" -> {
          String id = block.path("id").asText("");
          if (!id.matches("[a-zA-Z0-9_-]+")) {
            found.add(at + ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
          }
          if (!ids.add(id)) {
            found.add(at + ": `tool_use` ids must be unique");
          }
          if (!block.path("name").asText("").matches("[a-zA-Z0-9_-]{1,128}")) {
            found.add(at + ".tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
          }
          if (!block.path("input").isObject()) {
            found.add(at + ".tool_use.input: Input should be a valid dictionary");
          }
          extra(
              at,
              block,
              Set.of("type", "id", "name", "input", "cache_control", "caller", "toolset_name"));
          calls.add(id);
        }
        case "server_tool_use" -> server.add(block.path("id").asText(""));
        case "tool_result" ->
            found.add(at + ": `tool_result` blocks can only be in `user` messages");
        case "image", "document" -> {
          if (block.path("type").asText().equals("image")) {
            found.add(at + ": `image` blocks are not permitted in assistant messages");
          }
        }
        case "" -> found.add(at + ".type: Field required");
        default -> server.remove(block.path("tool_use_id").asText(""));
      }
    }
    return !server.isEmpty();
  }

  /** Returns the calls that are still open: only when more messages of the same role follow. */
  private List<String> user(
      int index, JsonNode message, List<String> open, boolean serverOpen, boolean goesOn) {
    List<String> left = new ArrayList<>(open);
    Set<String> answered = new HashSet<>();
    boolean other = false;
    int position = 0;
    for (JsonNode block : message.path("content")) {
      String type = block.path("type").asText("");
      String at = "messages." + index + ".content." + position++;
      if (type.equals("tool_result")) {
        result(at, block, open, left, answered, other);
        continue;
      }
      other = true;
      if (serverOpen) {
        found.add(
            at + ": while a server tool is running, the user message may hold only `tool_result`");
      }
      if (ASSISTANT_ONLY.contains(type)) {
        found.add(at + ": `" + type + "` blocks can only be in `assistant` messages");
      }
      content(at, block);
    }
    if (!left.isEmpty() && !goesOn) {
      missing(index, left);
      return List.of();
    }
    return left;
  }

  private void result(
      String at,
      JsonNode block,
      List<String> open,
      List<String> left,
      Set<String> answered,
      boolean other) {
    String id = block.path("tool_use_id").asText("");
    if (other) {
      found.add(at + ": `tool_result` blocks must come before any other content of the message");
    }
    if (!answered.add(id) && open.contains(id)) {
      found.add(at + ": each `tool_use` must have a single result. Found multiple for " + id);
    } else if (!left.remove(id)) {
      found.add(
          at
              + ": unexpected `tool_use_id` found in `tool_result` blocks: "
              + id
              + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
              + " previous message.");
    }
    extra(at, block, Set.of("type", "tool_use_id", "content", "is_error", "cache_control"));
    int position = 0;
    for (JsonNode part : block.path("content")) {
      content(at + ".content." + position++, part);
    }
  }

  private void content(String at, JsonNode block) {
    switch (block.path("type").asText("")) {
      case "text" -> text(at, block);
      case "image" -> image(at, block.path("source"));
      case "" -> found.add(at + ".type: Field required");
      default -> {}
    }
  }

  private void text(String at, JsonNode block) {
    String text = block.path("text").asText("");
    if (text.isEmpty()) {
      found.add(at + ": text content blocks must be non-empty");
    } else if (text.isBlank()) {
      found.add(at + ": text content blocks must contain non-whitespace text");
    }
    extra(at, block, Set.of("type", "text", "cache_control", "citations"));
  }

  private void image(String at, JsonNode source) {
    if (++images == maxImages + 1) {
      found.add(at + ": too many images: at most " + maxImages + " are allowed");
    }
    if (!source.path("type").asText("").equals("base64")) {
      return;
    }
    String media = source.path("media_type").asText("");
    if (!IMAGE_TYPES.contains(media)) {
      found.add(at + ".source.base64.media_type: Input should be an image type, not " + media);
    }
    String data = source.path("data").asText("");
    if (data.length() > MAX_IMAGE) {
      found.add(at + ".source.base64: image exceeds 10 MB maximum: " + data.length() + " bytes");
    }
    if (data.isEmpty()) {
      found.add(at + ".source.base64.data: Could not process image");
    }
  }

  private void extra(String at, JsonNode block, Set<String> known) {
    block
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                found.add(at + "." + name + ": Extra inputs are not permitted");
              }
            });
  }

  private void missing(int index, List<String> calls) {
    found.add(
        "messages."
            + index
            + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
            + String.join(", ", calls)
            + ". Each `tool_use` block must have a corresponding `tool_result` block in the next"
            + " message.");
  }

  private void end(JsonNode messages, boolean serverOpen) {
    JsonNode last = messages.get(messages.size() - 1);
    if (!role(last).equals("assistant") || serverOpen) {
      return;
    }
    if (!model.prefill()) {
      found.add(
          "This model does not support assistant message prefill. The conversation must end with a"
              + " user message.");
      return;
    }
    JsonNode content = last.path("content");
    String text =
        content.isTextual()
            ? content.asText()
            : content.path(content.size() - 1).path("text").asText("");
    if (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
      found.add("messages: final assistant content cannot end with trailing whitespace");
    }
  }
}
