package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Extra;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import dev.agent.model.ModelException;
import dev.agent.model.ModelReply;
import dev.agent.model.StreamEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts a message together from wire events and says what each of them meant. Deltas go by {@code
 * index}, so blocks may interleave; usage holds running totals, so values replace; what is unknown
 * is skipped. Owned by one thread.
 */
final class BlockAccumulator {
  private final TreeMap<Integer, Open> blocks = new TreeMap<>();
  private final String requestId;
  private @Nullable ObjectNode message;
  private ObjectNode usage = Json.object();
  private boolean complete;

  BlockAccumulator(String requestId) {
    this.requestId = requestId;
  }

  /** A block in the making. */
  private static final class Open {
    final ObjectNode start;
    final String kind;
    final StringBuilder text = new StringBuilder();
    final StringBuilder signature = new StringBuilder();
    final List<JsonNode> citations = new ArrayList<>();
    boolean sawInput;
    @Nullable ContentBlock whole;

    Open(ObjectNode start) {
      this.start = start;
      this.kind = start.path("type").asText("");
    }
  }

  boolean isComplete() {
    return complete;
  }

  /**
   * Takes the data of one event.
   *
   * @param out gets what it meant, in order
   * @throws ModelException for an error event, data that is no JSON object, and events in an
   *     impossible order
   */
  void take(String data, List<StreamEvent> out) throws ModelException {
    if (complete || data.equals("[DONE]")) {
      return;
    }
    JsonNode event;
    try {
      event = Json.MAPPER.readTree(data);
    } catch (JsonProcessingException e) {
      throw malformed("An event of the answer is not JSON: " + excerpt(data));
    }
    if (!(event instanceof ObjectNode)) {
      throw malformed("An event of the answer is no JSON object: " + excerpt(data));
    }
    switch (event.path("type").asText("")) {
      case "message_start" -> start(event, out);
      case "content_block_start" -> blockStart(event, out);
      case "content_block_delta" -> delta(event, out);
      case "content_block_stop" -> blockStop(event, out);
      case "message_delta" -> messageDelta(event, out);
      case "message_stop" -> stop(out);
      case "error" -> throw ApiErrors.inStream(event, requestId);
      default -> {} // ping and whatever comes later
    }
  }

  private void start(JsonNode event, List<StreamEvent> out) throws ModelException {
    if (message != null) {
      throw malformed("The answer began twice.");
    }
    if (!(event.get("message") instanceof ObjectNode begun)) {
      throw malformed("The answer's first event holds no message.");
    }
    message = begun;
    merge(usage, begun.get("usage"));
    out.add(
        new StreamEvent.Started(
            begun.path("id").asText(""), begun.path("model").asText(""), usage()));
  }

  private void blockStart(JsonNode event, List<StreamEvent> out) throws ModelException {
    int index = index(event);
    if (!(event.get("content_block") instanceof ObjectNode block)) {
      throw malformed("Block " + index + " began without its content.");
    }
    Open open = new Open(block);
    if (blocks.putIfAbsent(index, open) != null) {
      throw malformed("Block " + index + " began twice.");
    }
    switch (open.kind) {
      case "text" -> open.text.append(block.path("text").asText(""));
      case "thinking" -> {
        open.text.append(block.path("thinking").asText(""));
        open.signature.append(block.path("signature").asText(""));
      }
      default -> {}
    }
    if (block.get("citations") instanceof ArrayNode citations) {
      citations.forEach(open.citations::add);
    }
    out.add(new StreamEvent.BlockStarted(index, open.kind, block.path("name").asText("")));
    if (!open.text.isEmpty()) {
      out.add(
          open.kind.equals("thinking")
              ? new StreamEvent.ThinkingDelta(index, open.text.toString())
              : new StreamEvent.TextDelta(index, open.text.toString()));
    }
  }

  private void delta(JsonNode event, List<StreamEvent> out) throws ModelException {
    int index = index(event);
    Open open = blocks.get(index);
    if (open == null) {
      throw malformed("A piece came for block " + index + ", which has not begun.");
    }
    if (open.whole != null) {
      throw malformed("A piece came for block " + index + ", which has ended.");
    }
    JsonNode delta = event.path("delta");
    switch (delta.path("type").asText("")) {
      case "text_delta" -> {
        String text = delta.path("text").asText("");
        open.text.append(text);
        if (!text.isEmpty()) {
          out.add(new StreamEvent.TextDelta(index, text));
        }
      }
      case "thinking_delta" -> {
        String text = delta.path("thinking").asText("");
        open.text.append(text);
        if (!text.isEmpty()) {
          out.add(new StreamEvent.ThinkingDelta(index, text));
        }
      }
      case "signature_delta" -> {
        open.signature.setLength(0);
        open.signature.append(delta.path("signature").asText(""));
      }
      case "input_json_delta" -> {
        String json = delta.path("partial_json").asText("");
        open.sawInput |= !json.isEmpty();
        open.text.append(json);
        if (!json.isEmpty()) {
          out.add(new StreamEvent.InputDelta(index, json));
        }
      }
      case "citations_delta" -> {
        if (delta.hasNonNull("citation")) {
          open.citations.add(delta.get("citation"));
        }
      }
      case "compaction_delta" -> {
        open.text.append(delta.path("content").asText(""));
        if (delta.hasNonNull("encrypted_content")) {
          open.start.set("encrypted_content", delta.get("encrypted_content"));
        }
      }
      default -> {} // a kind of later versions
    }
  }

  private void blockStop(JsonNode event, List<StreamEvent> out) throws ModelException {
    int index = index(event);
    Open open = blocks.get(index);
    if (open == null || open.whole != null) {
      throw malformed(
          "Block " + index + (open == null ? " ended without having begun." : " ended twice."));
    }
    open.whole = close(open);
    out.add(new StreamEvent.BlockCompleted(position(index), open.whole));
  }

  /**
   * Where a block stands in the content: indexes are positions, but a gap in them must not leave
   * one.
   */
  private int position(int index) {
    return blocks.headMap(index).size();
  }

  private static ContentBlock close(Open open) {
    ObjectNode node = open.start.deepCopy();
    switch (open.kind) {
      case "text" -> node.put("text", open.text.toString());
      case "thinking" -> {
        node.put("thinking", open.text.toString());
        node.put("signature", open.signature.toString());
      }
      case "compaction" -> {
        if (!open.text.isEmpty()) {
          node.put("content", open.text.toString());
        }
      }
      case "tool_use", "server_tool_use", "mcp_tool_use" -> {
        if (open.sawInput) {
          return withInput(node, open);
        }
      }
      default -> {}
    }
    if (!open.citations.isEmpty()) {
      ArrayNode list = node.putArray("citations");
      open.citations.forEach(list::add);
    }
    return MessageJson.readBlock(node);
  }

  private static ContentBlock withInput(ObjectNode node, Open open) {
    String raw = open.text.toString();
    Optional<ObjectNode> input = object(raw);
    node.set("input", input.orElseGet(Json::object));
    ContentBlock block = MessageJson.readBlock(node);
    if (input.isEmpty()
        && block
            instanceof
            ContentBlock.ToolUse(String id, String name, ObjectNode empty, Extra extra)) {
      return new ContentBlock.ToolUse(id, name, empty, extra.withInvalidInput(raw));
    }
    return block;
  }

  /**
   * An input is read strictly: of two values under one key, checker and tool could read different
   * ones.
   */
  private static Optional<ObjectNode> object(String raw) {
    try {
      return Json.parse(raw) instanceof ObjectNode input ? Optional.of(input) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void messageDelta(JsonNode event, List<StreamEvent> out) throws ModelException {
    ObjectNode begun = begun();
    for (Map.Entry<String, JsonNode> member : event.path("delta").properties()) {
      begun.set(member.getKey(), member.getValue());
    }
    if (event.hasNonNull("context_management")) {
      begun.set("context_management", event.get("context_management"));
    }
    if (event.hasNonNull("usage")) {
      merge(usage, event.get("usage"));
      out.add(new StreamEvent.UsageUpdated(usage()));
    }
  }

  private void stop(List<StreamEvent> out) throws ModelException {
    begun();
    for (Map.Entry<Integer, Open> block : blocks.entrySet()) {
      if (block.getValue().whole == null) {
        throw malformed("The answer ended, but its block " + block.getKey() + " did not.");
      }
    }
    complete = true;
    out.add(new StreamEvent.Completed(reply()));
  }

  private ModelReply reply() throws ModelException {
    ObjectNode begun = begun();
    Map<String, JsonNode> extras = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : begun.properties()) {
      switch (member.getKey()) {
        case "id", "type", "role", "model", "content", "stop_reason", "usage" -> {}
        default -> {
          if (!member.getValue().isNull()) {
            extras.put(member.getKey(), member.getValue());
          }
        }
      }
    }
    return new ModelReply(
        begun.path("id").asText(""),
        begun.path("model").asText(""),
        Message.assistant(content()),
        begun.path("stop_reason").asText(""),
        usage(),
        extras,
        requestId);
  }

  private List<ContentBlock> content() {
    List<ContentBlock> content = new ArrayList<>(blocks.size());
    for (Open open : blocks.values()) {
      content.add(open.whole != null ? open.whole : close(open));
    }
    return content;
  }

  /** The message so far as JSON, for inspection; empty before it began. */
  Optional<ObjectNode> soFar() {
    if (message == null) {
      return Optional.empty();
    }
    ObjectNode out = message.deepCopy();
    ArrayNode content = out.putArray("content");
    for (ContentBlock block : content()) {
      content.add(MessageJson.toJson(block));
    }
    out.set("usage", usage);
    return Optional.of(out);
  }

  private ObjectNode begun() throws ModelException {
    if (message == null) {
      throw malformed("The answer has no beginning: an event came before message_start.");
    }
    return message;
  }

  private int index(JsonNode event) throws ModelException {
    begun();
    JsonNode index = event.get("index");
    if (index == null || !index.canConvertToInt() || index.asInt() < 0) {
      throw malformed("A block of the answer has no index.");
    }
    return index.asInt();
  }

  private Usage usage() {
    return MessageJson.readUsage(usage);
  }

  private static void merge(ObjectNode into, @Nullable JsonNode from) {
    if (from instanceof ObjectNode values) {
      for (Map.Entry<String, JsonNode> member : values.properties()) {
        if (!member.getValue().isNull()) {
          into.set(member.getKey(), member.getValue());
        }
      }
    }
  }

  private static String excerpt(String data) {
    String shown = data.length() > 120 ? data.substring(0, 120) + "…" : data;
    return "\"" + shown.replace('\n', ' ') + "\"";
  }

  private ModelException malformed(String sentence) {
    return new ModelException(
        ModelException.Kind.MALFORMED,
        sentence,
        200,
        "",
        requestId,
        Optional.empty(),
        Optional.empty(),
        null);
  }
}
