package dev.agent.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import dev.agent.model.ModelReply;
import dev.agent.model.StreamEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns wire events into typed ones and into the whole message. Blocks are known by the index that
 * the wire gives them, and the message lists them in the order of that index, so interleaved blocks
 * and blocks of unknown kind shift nothing. Belongs to one thread.
 */
final class BlockAccumulator {
  private static final List<String> OWN_MEMBERS =
      List.of("type", "id", "role", "model", "content", "stop_reason", "usage");

  private final boolean rawEvents;
  private final String requestId;
  private final TreeMap<Integer, OpenBlock> blocks = new TreeMap<>();
  private final Map<String, JsonNode> extras = new LinkedHashMap<>();
  private final ObjectNode usage = Json.object();
  private String id = "";
  private String model = "";
  private String stopReason = "";
  private boolean started;
  private boolean done;
  private boolean progress;

  /**
   * @param rawEvents whether {@link StreamEvent.Raw} is given out as well
   * @param requestId from the response header; may be empty
   */
  BlockAccumulator(boolean rawEvents, String requestId) {
    this.rawEvents = rawEvents;
    this.requestId = requestId;
  }

  /** Whether {@code message_stop} came; what follows it means nothing. */
  boolean isDone() {
    return done;
  }

  /** Whether the last accepted event was more than a sign of life. */
  boolean madeProgress() {
    return progress;
  }

  /**
   * Takes one event and gives out what follows from it.
   *
   * @throws StreamFault for an error event, for what is not JSON and for events in an order that
   *     cannot be
   */
  void accept(SseReader.Event event, Consumer<StreamEvent> out) throws StreamFault {
    progress = false;
    if (done || event.data().isBlank() || isEndMark(event.data())) {
      return;
    }
    DeltaTokens delta = DeltaTokens.read(event.data());
    if (delta != null) {
      progress = true;
      raw(event, out);
      grow(delta.index(), delta.kind(), delta.value(), out);
      return;
    }
    JsonNode node = tree(event);
    String type =
        node.path("type").isTextual()
            ? node.get("type").textValue()
            : node.path("error").isObject() ? "error" : event.name();
    boolean completesBlock = type.equals("content_block_stop");
    if (!completesBlock) {
      raw(event, out);
    }
    progress = !type.equals("ping");
    switch (type) {
      case "message_start" -> start(clean(event, node), out);
      case "content_block_start" -> startBlock(clean(event, node), out);
      case "content_block_delta" -> oddDelta(event, node, out);
      case "content_block_stop" -> stopBlock(node, out);
      case "message_delta" -> messageDelta(clean(event, node), out);
      case "message_stop" -> stop(out);
      case "error" -> throw error(clean(event, node));
      default -> {
        // Pings, and kinds that came after this version.
      }
    }
    if (completesBlock) {
      raw(event, out);
    }
  }

  /**
   * Why the bytes up to here are no message; {@code foreignText} is what the reader found outside
   * of events.
   */
  StreamFault atEnd(String foreignText) {
    if (started) {
      return StreamFault.incomplete("The answer ended before it was complete (no message_stop).");
    }
    String foreign = foreignText.strip();
    if (foreign.isEmpty()) {
      return StreamFault.incomplete("The answer ended before it began (no message_start).");
    }
    if (foreign.startsWith("{") || foreign.startsWith("[")) {
      return foreignJson(foreign);
    }
    String what = foreign.startsWith("<") ? "an HTML page" : "text";
    return StreamFault.malformed(
        "Instead of a stream of events came " + what + ": " + ErrorBody.excerpt(foreign));
  }

  private static StreamFault foreignJson(String text) {
    try {
      JsonNode node = Json.parseReceived(text);
      JsonNode error = node.path("error");
      if (error.isObject()) {
        return new StreamFault(
            StreamFault.Kind.MALFORMED,
            error.path("type").asText("malformed_stream"),
            "Instead of a stream of events came an error as plain JSON: "
                + ErrorBody.excerpt(error.path("message").asText("")),
            node.path("request_id").asText(""));
      }
    } catch (IOException e) {
      return StreamFault.malformed(
          "Instead of a stream of events came text: " + ErrorBody.excerpt(text));
    }
    return StreamFault.malformed(
        "Instead of a stream of events came plain JSON: " + ErrorBody.excerpt(text));
  }

  /**
   * The message as far as it arrived, in the names of the API, null members left out; empty before
   * {@code message_start}.
   */
  Optional<ObjectNode> messageSoFar() {
    if (!started) {
      return Optional.empty();
    }
    ObjectNode message = Json.object();
    message.put("id", id);
    message.put("type", "message");
    message.put("role", "assistant");
    message.put("model", model);
    var content = message.putArray("content");
    for (OpenBlock block : blocks.values()) {
      content.add(tree(block.block()));
    }
    if (!stopReason.isEmpty()) {
      message.put("stop_reason", stopReason);
    }
    extras.forEach(message::set);
    message.set("usage", usage.deepCopy());
    return Optional.of(message);
  }

  private static JsonNode tree(ContentBlock block) {
    java.io.StringWriter text = new java.io.StringWriter();
    try (var out = WireGenerator.over(text)) {
      MessageJson.write(out, block, false, false);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    try {
      return Json.parseReceived(text.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void raw(SseReader.Event event, Consumer<StreamEvent> out) {
    if (rawEvents) {
      String data = event.data();
      // Hosts print one event per line.
      out.accept(new StreamEvent.Raw(data.indexOf('\n') < 0 ? data : data.replace('\n', ' ')));
    }
  }

  private static boolean isEndMark(String data) {
    return data.length() < 32 && data.strip().equals("[DONE]");
  }

  private JsonNode tree(SseReader.Event event) throws StreamFault {
    JsonNode node;
    try {
      node = Json.parseReceived(event.data());
    } catch (IOException e) {
      throw event.terminated()
          ? StreamFault.malformed(
              "An event of the stream is not JSON: " + ErrorBody.excerpt(event.data()))
          : StreamFault.incomplete("The answer ended within an event.");
    }
    if (!node.isObject()) {
      throw StreamFault.malformed(
          "An event of the stream is not a JSON object: " + ErrorBody.excerpt(event.data()));
    }
    return node;
  }

  private static JsonNode clean(SseReader.Event event, JsonNode node) {
    return Surrogates.mayBeSpelledIn(event.data()) ? Surrogates.clean(node) : node;
  }

  private void start(JsonNode event, Consumer<StreamEvent> out) throws StreamFault {
    if (started) {
      throw StreamFault.malformed("The stream starts a second message inside the first.");
    }
    if (!(event.get("message") instanceof ObjectNode message)) {
      throw StreamFault.malformed("The stream's message_start holds no message.");
    }
    started = true;
    id = text(message, "id");
    model = text(message, "model");
    stopReason = text(message, "stop_reason");
    for (Map.Entry<String, JsonNode> member : message.properties()) {
      if (!OWN_MEMBERS.contains(member.getKey()) && !member.getValue().isNull()) {
        extras.put(member.getKey(), member.getValue());
      }
    }
    mergeUsage(message.get("usage"));
    out.accept(new StreamEvent.Started(id, model, MessageJson.readUsage(usage)));
    int index = 0;
    for (JsonNode given : message.path("content")) {
      // Not the service's way, but a gateway that does it must not lose its content.
      if (given instanceof ObjectNode block) {
        OpenBlock whole = new OpenBlock(block);
        blocks.put(index, whole);
        out.accept(new StreamEvent.BlockStarted(index, whole.type(), whole.name()));
        out.accept(new StreamEvent.BlockCompleted(index, whole.close()));
      }
      index++;
    }
  }

  private void startBlock(JsonNode event, Consumer<StreamEvent> out) throws StreamFault {
    int index = index(event);
    if (blocks.containsKey(index)) {
      throw StreamFault.malformed("The stream starts content block " + index + " twice.");
    }
    if (!(event.get("content_block") instanceof ObjectNode node)) {
      throw StreamFault.malformed(
          "The stream's start of content block " + index + " holds no block.");
    }
    OpenBlock block = new OpenBlock(node);
    blocks.put(index, block);
    out.accept(new StreamEvent.BlockStarted(index, block.type(), block.name()));
    String already = text(node, block.isText() ? "text" : "thinking");
    if (!already.isEmpty() && block.isText()) {
      out.accept(new StreamEvent.TextDelta(index, already));
    } else if (!already.isEmpty() && block.isThinking()) {
      out.accept(new StreamEvent.ThinkingDelta(index, already));
    }
  }

  private void oddDelta(SseReader.Event event, JsonNode node, Consumer<StreamEvent> out)
      throws StreamFault {
    int index = index(node);
    OpenBlock block = open(index);
    if (!(node.get("delta") instanceof ObjectNode delta)) {
      return;
    }
    String kind = text(delta, "type");
    switch (kind) {
      case "text_delta" -> grow(index, kind, text(delta, "text"), out);
      case "thinking_delta" -> grow(index, kind, text(delta, "thinking"), out);
      case "input_json_delta" -> grow(index, kind, text(delta, "partial_json"), out);
      case "signature_delta" -> grow(index, kind, text(delta, "signature"), out);
      case "citations_delta" -> {
        if (delta.hasNonNull("citation") && block.isText()) {
          block.cite(clean(event, delta.get("citation")));
        }
      }
      case "compaction_delta" -> block.compact(delta);
      default -> {
        // A kind that came after this version.
      }
    }
  }

  /** A delta whose kind does not fit its block is ignored, as an unknown one is. */
  private void grow(int index, String kind, String value, Consumer<StreamEvent> out)
      throws StreamFault {
    OpenBlock block = open(index);
    switch (kind) {
      case "text_delta" -> {
        if (block.isText()) {
          show(new StreamEvent.TextDelta(index, block.append(value)), out);
        }
      }
      case "thinking_delta" -> {
        if (block.isThinking()) {
          show(new StreamEvent.ThinkingDelta(index, block.append(value)), out);
        }
      }
      case "input_json_delta" -> {
        if (!block.isText() && !block.isThinking()) {
          show(new StreamEvent.InputDelta(index, block.appendInput(value)), out);
        }
      }
      default -> block.sign(Surrogates.clean(value));
    }
  }

  private static void show(StreamEvent event, Consumer<StreamEvent> out) {
    boolean empty =
        switch (event) {
          case StreamEvent.TextDelta(_, String text) -> text.isEmpty();
          case StreamEvent.ThinkingDelta(_, String text) -> text.isEmpty();
          case StreamEvent.InputDelta(_, String json) -> json.isEmpty();
          default -> false;
        };
    if (!empty) {
      out.accept(event);
    }
  }

  private void stopBlock(JsonNode event, Consumer<StreamEvent> out) throws StreamFault {
    int index = index(event);
    OpenBlock block = open(index);
    String left = block.leftOver();
    if (!left.isEmpty() && block.isText()) {
      out.accept(new StreamEvent.TextDelta(index, left));
    } else if (!left.isEmpty() && block.isThinking()) {
      out.accept(new StreamEvent.ThinkingDelta(index, left));
    }
    out.accept(new StreamEvent.BlockCompleted(index, block.close()));
  }

  private void messageDelta(JsonNode event, Consumer<StreamEvent> out) throws StreamFault {
    mustHaveStarted("message_delta");
    if (event.get("delta") instanceof ObjectNode delta) {
      for (Map.Entry<String, JsonNode> member : delta.properties()) {
        if (member.getKey().equals("stop_reason")) {
          stopReason = member.getValue().isTextual() ? member.getValue().textValue() : stopReason;
        } else if (!OWN_MEMBERS.contains(member.getKey()) && !member.getValue().isNull()) {
          extras.put(member.getKey(), member.getValue());
        }
      }
    }
    for (Map.Entry<String, JsonNode> member : ((ObjectNode) event).properties()) {
      String name = member.getKey();
      if (!name.equals("delta") && !OWN_MEMBERS.contains(name) && !member.getValue().isNull()) {
        extras.put(name, member.getValue());
      }
    }
    if (mergeUsage(event.get("usage"))) {
      out.accept(new StreamEvent.UsageUpdated(MessageJson.readUsage(usage)));
    }
  }

  private void stop(Consumer<StreamEvent> out) throws StreamFault {
    mustHaveStarted("message_stop");
    List<ContentBlock> content = new ArrayList<>(blocks.size());
    for (Map.Entry<Integer, OpenBlock> entry : blocks.entrySet()) {
      if (!entry.getValue().isClosed()) {
        throw StreamFault.malformed(
            "The stream ends the message while content block "
                + entry.getKey()
                + " is still open.");
      }
      content.add(entry.getValue().block());
    }
    done = true;
    Usage total = MessageJson.readUsage(usage);
    out.accept(
        new StreamEvent.Completed(
            new ModelReply(
                id, model, Message.assistant(content), stopReason, total, extras, requestId)));
  }

  private static StreamFault error(JsonNode event) {
    JsonNode error = event.path("error");
    String type = error.path("type").isTextual() ? error.get("type").textValue() : "api_error";
    String message = error.path("message").isTextual() ? error.get("message").textValue() : "";
    String id = event.path("request_id").isTextual() ? event.get("request_id").textValue() : "";
    return new StreamFault(
        StreamFault.Kind.API,
        type,
        message.isBlank() ? "The service reported " + type + " without a message." : message,
        id);
  }

  /** Totals replace, member by member; null changes nothing. */
  private boolean mergeUsage(@Nullable JsonNode totals) {
    boolean changed = false;
    if (totals instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (!member.getValue().isNull()) {
          usage.set(member.getKey(), member.getValue());
          changed = true;
        }
      }
    }
    return changed;
  }

  private void mustHaveStarted(String type) throws StreamFault {
    if (!started) {
      throw StreamFault.malformed("The stream sends " + type + " before message_start.");
    }
  }

  private int index(JsonNode event) throws StreamFault {
    mustHaveStarted(text(event, "type"));
    JsonNode index = event.get("index");
    if (index == null || !index.isInt() || index.intValue() < 0) {
      throw StreamFault.malformed(
          "The stream sends " + text(event, "type") + " without a usable index.");
    }
    return index.intValue();
  }

  private OpenBlock open(int index) throws StreamFault {
    OpenBlock block = blocks.get(index);
    if (block == null || block.isClosed()) {
      String why =
          !started
              ? "before message_start"
              : block == null ? "that was not started" : "that has ended";
      throw StreamFault.malformed("The stream continues content block " + index + " " + why + ".");
    }
    return block;
  }

  private static String text(JsonNode node, String member) {
    JsonNode value = node.get(member);
    return value != null && value.isTextual() ? value.textValue() : "";
  }
}
