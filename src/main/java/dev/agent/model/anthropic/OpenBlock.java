package dev.agent.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Extra;
import dev.agent.message.MessageJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One content block while it arrives. Owned by its accumulator. */
final class OpenBlock {
  private final ObjectNode start;
  private final String type;
  private final StringBuilder grown = new StringBuilder();
  private final StringBuilder input = new StringBuilder();
  private @Nullable ArrayNode citations;
  private char half;
  private @Nullable ContentBlock whole;

  /** A block as its start event has it; the node is taken over. */
  OpenBlock(ObjectNode start) {
    this.start = start;
    this.type = text(start, "type");
    JsonNode own = start.get(growing());
    if (own != null && own.isTextual()) {
      grown.append(own.textValue());
    }
  }

  /** The member that text deltas of this kind of block append to. */
  private String growing() {
    return switch (type) {
      case "text" -> "text";
      case "thinking" -> "thinking";
      case "compaction" -> "content";
      default -> "";
    };
  }

  String type() {
    return type;
  }

  String name() {
    return text(start, "name");
  }

  boolean isText() {
    return type.equals("text");
  }

  boolean isThinking() {
    return type.equals("thinking");
  }

  /** Whether the stop event came. */
  boolean isClosed() {
    return whole != null;
  }

  /**
   * Appends to the block's text; returns what may be shown now: half a character is held back until
   * its other half comes.
   */
  String append(String text) {
    String shown = joined(text);
    grown.append(shown);
    return shown;
  }

  /** Appends to the block's tool input; returns what may be shown now. */
  String appendInput(String json) {
    String shown = joined(json);
    input.append(shown);
    return shown;
  }

  private String joined(String text) {
    String all = half == 0 ? text : half + text;
    half = 0;
    if (!all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1))) {
      half = all.charAt(all.length() - 1);
      all = all.substring(0, all.length() - 1);
    }
    return Surrogates.clean(all);
  }

  void sign(String signature) {
    if (isThinking() || type.equals("compaction")) {
      start.put("signature", signature);
    }
  }

  void cite(JsonNode citation) {
    if (citations == null) {
      citations = start.get("citations") instanceof ArrayNode given ? given : start.arrayNode();
      start.set("citations", citations);
    }
    citations.add(citation);
  }

  /** The compaction block's own delta: text appends, the rest replaces. */
  void compact(ObjectNode delta) {
    if (!type.equals("compaction")) {
      return;
    }
    for (var member : delta.properties()) {
      if (member.getKey().equals("content") && member.getValue().isTextual()) {
        append(member.getValue().textValue());
      } else if (!member.getKey().equals("type")
          && !member.getKey().equals("content")
          && !member.getValue().isNull()) {
        start.set(member.getKey(), member.getValue());
      }
    }
  }

  /** The half that never got its other half, as it is shown; empty mostly. */
  String leftOver() {
    return half == 0 ? "" : "\uFFFD";
  }

  /** Ends the block. */
  ContentBlock close() {
    ContentBlock block = block();
    whole = block;
    return block;
  }

  /** The block as far as it is there. */
  ContentBlock block() {
    if (whole != null) {
      return whole;
    }
    ObjectNode node = start.deepCopy();
    boolean takesInput =
        type.equals("tool_use")
            || type.equals("server_tool_use")
            || type.equals("mcp_tool_use")
            || !input.isEmpty();
    String member = growing();
    if (!member.isEmpty() && (!grown.isEmpty() || half != 0 || !type.equals("compaction"))) {
      node.put(member, grown + leftOver());
    }
    if (isThinking() && !node.path("signature").isTextual()) {
      node.put("signature", "");
    }
    if (takesInput) {
      input(node);
    }
    try {
      return MessageJson.readBlock(node);
    } catch (IllegalArgumentException e) {
      // A known kind with content of an unknown shape is kept as it is.
      return new ContentBlock.Unknown(node);
    }
  }

  private void input(ObjectNode node) {
    String raw = input + leftOver();
    if (raw.isBlank()) {
      JsonNode given = node.get("input");
      if (given instanceof ObjectNode) {
        return;
      }
      raw =
          given == null || given.isNull()
              ? ""
              : given.isTextual() ? given.textValue() : Json.write(given);
    }
    JsonNode parsed = raw.isBlank() ? node.objectNode() : parsed(raw);
    // Set in place, so that the members keep their order.
    node.set("input", parsed instanceof ObjectNode ? parsed : node.objectNode());
    node.remove(Extra.INVALID_INPUT);
    if (!(parsed instanceof ObjectNode)) {
      node.set(Extra.INVALID_INPUT, TextNode.valueOf(raw));
    }
  }

  private static @Nullable JsonNode parsed(String raw) {
    try {
      JsonNode node = Json.parse(raw);
      return Surrogates.mayBeSpelledIn(raw) ? Surrogates.clean(node) : node;
    } catch (IOException e) {
      return null;
    }
  }

  private static String text(ObjectNode node, String member) {
    JsonNode value = node.get(member);
    return value != null && value.isTextual() ? value.textValue() : "";
  }
}
