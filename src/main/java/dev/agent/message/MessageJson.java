package dev.agent.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages, blocks and usage to JSON and back. Written by hand rather than by annotation: it is on
 * the path to the first request, it must keep what it does not know, and its bytes must be the same
 * for the same value, or the prompt cache is lost.
 */
public final class MessageJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MessageJson() {}

  /**
   * Writes a message as the Messages API and the transcript have it. Private members are left out
   * when {@code forWire}.
   */
  public static void write(JsonGenerator out, Message message, boolean forWire) throws IOException {
    out.writeStartObject();
    out.writeStringField("role", message.role().wire());
    out.writeArrayFieldStart("content");
    for (ContentBlock block : message.content()) {
      write(out, block, forWire, false);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /**
   * Writes one block.
   *
   * @param cacheMark whether to add {@code "cache_control":{"type":"ephemeral"}} to it
   */
  public static void write(
      JsonGenerator out, ContentBlock block, boolean forWire, boolean cacheMark)
      throws IOException {
    out.writeStartObject();
    switch (block) {
      case ContentBlock.Text(String text, Extra extra) -> {
        out.writeStringField("type", "text");
        out.writeStringField("text", text);
        extra(out, extra, forWire);
      }
      case ContentBlock.Thinking(String thinking, String signature, Extra extra) -> {
        out.writeStringField("type", "thinking");
        out.writeStringField("thinking", thinking);
        out.writeStringField("signature", signature);
        extra(out, extra, forWire);
      }
      case ContentBlock.RedactedThinking(String data, Extra extra) -> {
        out.writeStringField("type", "redacted_thinking");
        out.writeStringField("data", data);
        extra(out, extra, forWire);
      }
      case ContentBlock.ToolUse(String id, String name, ObjectNode input, Extra extra) -> {
        out.writeStringField("type", "tool_use");
        out.writeStringField("id", id);
        out.writeStringField("name", name);
        out.writeFieldName("input");
        out.writeTree(input);
        extra(out, extra, forWire);
      }
      case ContentBlock.ToolResult(
              String toolUseId,
              List<ContentBlock> content,
              boolean isError,
              Extra extra) -> {
        out.writeStringField("type", "tool_result");
        out.writeStringField("tool_use_id", toolUseId);
        out.writeArrayFieldStart("content");
        for (ContentBlock inner : content) {
          write(out, inner, forWire, false);
        }
        out.writeEndArray();
        if (isError) {
          out.writeBooleanField("is_error", true);
        }
        extra(out, extra, forWire);
      }
      case ContentBlock.Image(ObjectNode source, Extra extra) -> {
        out.writeStringField("type", "image");
        out.writeFieldName("source");
        out.writeTree(source);
        extra(out, extra, forWire);
      }
      case ContentBlock.Document(ObjectNode source, Extra extra) -> {
        out.writeStringField("type", "document");
        out.writeFieldName("source");
        out.writeTree(source);
        extra(out, extra, forWire);
      }
      case ContentBlock.Unknown(ObjectNode raw) -> {
        for (Map.Entry<String, JsonNode> member : raw.properties()) {
          if (!(forWire && Extra.isPrivate(member.getKey()))) {
            out.writeFieldName(member.getKey());
            out.writeTree(member.getValue());
          }
        }
      }
    }
    if (cacheMark) {
      out.writeObjectFieldStart("cache_control");
      out.writeStringField("type", "ephemeral");
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void extra(JsonGenerator out, Extra extra, boolean forWire) throws IOException {
    for (Map.Entry<String, JsonNode> member : extra.members().entrySet()) {
      if (!(forWire && Extra.isPrivate(member.getKey()))) {
        out.writeFieldName(member.getKey());
        out.writeTree(member.getValue());
      }
    }
  }

  /**
   * Reads a message; content may be a string or a list of blocks.
   *
   * @throws IllegalArgumentException when it is no message at all; the sentence names the fault
   */
  public static Message readMessage(JsonNode node) {
    JsonNode role = node.get("role");
    JsonNode content = node.get("content");
    if (role == null || !role.isTextual() || content == null) {
      throw new IllegalArgumentException("a message needs \"role\" and \"content\"");
    }
    return new Message(Role.of(role.asText()), readContent(content));
  }

  /**
   * Reads content: a string is one text block.
   *
   * @throws IllegalArgumentException when it is neither a string nor a list of objects with a type
   */
  public static List<ContentBlock> readContent(JsonNode content) {
    if (content.isTextual()) {
      return List.of(new ContentBlock.Text(content.asText()));
    }
    if (!content.isArray()) {
      throw new IllegalArgumentException("\"content\" must be a string or a list of blocks");
    }
    List<ContentBlock> blocks = new ArrayList<>(content.size());
    for (JsonNode block : content) {
      if (!(block instanceof ObjectNode object)) {
        throw new IllegalArgumentException("a content block must be an object");
      }
      blocks.add(readBlock(object));
    }
    return blocks;
  }

  /**
   * Reads one block; a kind that is not known, or a known one that lacks what it needs, becomes
   * {@link ContentBlock.Unknown}.
   */
  public static ContentBlock readBlock(ObjectNode node) {
    return switch (node.path("type").asText("")) {
      case "text" ->
          node.path("text").isTextual()
              ? new ContentBlock.Text(node.get("text").asText(), rest(node, "text"))
              : new ContentBlock.Unknown(node);
      case "thinking" ->
          node.path("thinking").isTextual()
              ? new ContentBlock.Thinking(
                  node.get("thinking").asText(),
                  node.path("signature").asText(""),
                  rest(node, "thinking", "signature"))
              : new ContentBlock.Unknown(node);
      case "redacted_thinking" ->
          node.path("data").isTextual()
              ? new ContentBlock.RedactedThinking(node.get("data").asText(), rest(node, "data"))
              : new ContentBlock.Unknown(node);
      case "tool_use" ->
          node.path("id").isTextual() && node.path("name").isTextual()
              ? new ContentBlock.ToolUse(
                  node.get("id").asText(),
                  node.get("name").asText(),
                  node.get("input") instanceof ObjectNode input ? input : NODES.objectNode(),
                  rest(node, "id", "name", "input"))
              : new ContentBlock.Unknown(node);
      case "tool_result" ->
          node.path("tool_use_id").isTextual()
              ? new ContentBlock.ToolResult(
                  node.get("tool_use_id").asText(),
                  node.hasNonNull("content") ? readContent(node.get("content")) : List.of(),
                  node.path("is_error").asBoolean(false),
                  rest(node, "tool_use_id", "content", "is_error"))
              : new ContentBlock.Unknown(node);
      case "image" ->
          node.get("source") instanceof ObjectNode source
              ? new ContentBlock.Image(source, rest(node, "source"))
              : new ContentBlock.Unknown(node);
      case "document" ->
          node.get("source") instanceof ObjectNode source
              ? new ContentBlock.Document(source, rest(node, "source"))
              : new ContentBlock.Unknown(node);
      default -> new ContentBlock.Unknown(node);
    };
  }

  private static Extra rest(ObjectNode node, String... known) {
    Map<String, JsonNode> members = null;
    next:
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey();
      if (name.equals("type")) {
        continue;
      }
      for (String one : known) {
        if (one.equals(name)) {
          continue next;
        }
      }
      if (members == null) {
        members = new LinkedHashMap<>();
      }
      members.put(name, member.getValue());
    }
    return members == null ? Extra.NONE : new Extra(members);
  }

  /** One block as a tree, private members included. */
  public static ObjectNode toJson(ContentBlock block) {
    return tree(out -> write(out, block, false, false));
  }

  /** Made on first use: most runs write straight into a stream. */
  private static final class Trees {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  private static ObjectNode tree(Writing writing) {
    try {
      TokenBuffer buffer = new TokenBuffer(Trees.MAPPER, false);
      writing.to(buffer);
      return Trees.MAPPER.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Usage in the names of the API. */
  public static ObjectNode usage(Usage usage) {
    ObjectNode node = NODES.objectNode();
    node.put("input_tokens", usage.inputTokens());
    node.put("cache_creation_input_tokens", usage.cacheWriteTokens());
    node.put("cache_read_input_tokens", usage.cacheReadTokens());
    ObjectNode creation = node.putObject("cache_creation");
    creation.put("ephemeral_5m_input_tokens", usage.cacheWrite5mTokens());
    creation.put("ephemeral_1h_input_tokens", usage.cacheWrite1hTokens());
    node.put("output_tokens", usage.outputTokens());
    if (usage.thinkingTokens() > 0) {
      node.putObject("output_tokens_details").put("thinking_tokens", usage.thinkingTokens());
    }
    if (usage.webSearches() > 0) {
      node.putObject("server_tool_use").put("web_search_requests", usage.webSearches());
    }
    return node;
  }

  /**
   * Reads usage leniently: what is missing, null or no number counts as zero; a cache write without
   * its split counts as five minutes.
   */
  public static Usage readUsage(JsonNode node) {
    long write1h = node.path("cache_creation").path("ephemeral_1h_input_tokens").asLong(0);
    long write = node.path("cache_creation_input_tokens").asLong(0);
    long write5m =
        node.path("cache_creation")
            .path("ephemeral_5m_input_tokens")
            .asLong(Math.max(0, write - write1h));
    return new Usage(
        node.path("input_tokens").asLong(0),
        node.path("output_tokens").asLong(0),
        node.path("cache_read_input_tokens").asLong(0),
        write5m,
        write1h,
        node.path("output_tokens_details").path("thinking_tokens").asLong(0),
        node.path("server_tool_use").path("web_search_requests").asLong(0));
  }

  /** One text block as a list, for the many places that answer with a sentence. */
  public static List<ContentBlock> text(String text) {
    return List.of(new ContentBlock.Text(text));
  }

  /**
   * The text of blocks, pictures and documents named in brackets: for logs, previews and size
   * estimates.
   */
  public static String plain(List<ContentBlock> blocks) {
    StringBuilder out = new StringBuilder();
    for (ContentBlock block : blocks) {
      switch (block) {
        case ContentBlock.Text(String text, _) -> out.append(text);
        case ContentBlock.Thinking(String thinking, _, _) -> out.append(thinking);
        case ContentBlock.RedactedThinking _ -> out.append("[redacted thinking]");
        case ContentBlock.ToolUse(_, String name, ObjectNode input, _) ->
            out.append('[').append(name).append(' ').append(input).append(']');
        case ContentBlock.ToolResult(_, List<ContentBlock> inner, _, _) -> out.append(plain(inner));
        case ContentBlock.Image _ -> out.append("[image]");
        case ContentBlock.Document _ -> out.append("[document]");
        case ContentBlock.Unknown(ObjectNode raw) ->
            out.append('[').append(raw.path("type").asText("block")).append(']');
      }
    }
    return out.toString();
  }
}
