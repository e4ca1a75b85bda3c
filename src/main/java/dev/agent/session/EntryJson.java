package dev.agent.session;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lines to JSON text and back. The text has no line break and no checksum; {@link LineCodec} adds
 * those.
 */
final class EntryJson {
  private EntryJson() {}

  static String write(Line line) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator out = Json.MAPPER.getFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("type", type(line.entry()));
      out.writeNumberField("seq", line.seq());
      out.writeStringField("uuid", line.uuid());
      if (line.parentUuid().isEmpty()) {
        out.writeNullField("parentUuid");
      } else {
        out.writeStringField("parentUuid", line.parentUuid());
      }
      out.writeStringField("timestamp", line.timestamp().toString());
      out.writeStringField("sessionId", line.sessionId());
      body(out, line.entry());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String type(Entry entry) {
    return switch (entry) {
      case Entry.Meta _ -> "meta";
      case Entry.User _ -> "user";
      case Entry.Assistant _ -> "assistant";
      case Entry.ToolIntent _ -> "tool-intent";
      case Entry.ToolOutcome _ -> "tool-outcome";
      case Entry.CompactBoundary _ -> "compact-boundary";
      case Entry.Rewound _ -> "rewound";
      case Entry.Discarded _ -> "discarded";
      case Entry.ForkedFrom _ -> "forked-from";
      case Entry.Notice _ -> "notice";
      case Entry.Title _ -> "title";
      case Entry.FileSnapshot _ -> "file-snapshot";
      case Entry.ReadStateSnapshot _ -> "read-state";
      case Entry.PermissionDecision _ -> "permission";
      case Entry.UsageLedger _ -> "usage";
      case Entry.Unknown(ObjectNode raw) -> raw.path("type").asText("");
    };
  }

  private static void body(JsonGenerator out, Entry entry) throws IOException {
    switch (entry) {
      case Entry.Meta e ->
          fields(
              out,
              "cwd",
              e.cwd(),
              "version",
              e.version(),
              "model",
              e.model(),
              "gitBranch",
              e.gitBranch(),
              "title",
              e.title());
      case Entry.User(Message message, Entry.Origin origin) -> {
        out.writeStringField("origin", name(origin));
        out.writeFieldName("message");
        MessageJson.write(out, message, false);
      }
      case Entry.Assistant e -> {
        fields(
            out,
            "messageId",
            e.messageId(),
            "requestId",
            e.requestId(),
            "model",
            e.model(),
            "stopReason",
            e.stopReason());
        if (!e.usage().equals(Usage.ZERO)) {
          out.writeFieldName("usage");
          out.writeTree(MessageJson.usage(e.usage()));
        }
        if (e.costUsd().isPresent()) {
          out.writeNumberField("costUsd", e.costUsd().get());
        }
        out.writeFieldName("message");
        MessageJson.write(out, e.message(), false);
      }
      case Entry.ToolIntent e -> {
        fields(out, "toolUseId", e.toolUseId(), "name", e.name(), "effect", e.effect());
        out.writeFieldName("input");
        out.writeTree(e.input());
        out.writeArrayFieldStart("paths");
        for (String path : e.paths()) {
          out.writeString(path);
        }
        out.writeEndArray();
        texts(out, "preHashes", e.preHashes());
      }
      case Entry.ToolOutcome(
              String toolUseId,
              ContentBlock.ToolResult result,
              Entry.Status status) -> {
        fields(out, "toolUseId", toolUseId, "status", name(status));
        out.writeFieldName("result");
        MessageJson.write(out, result, false, false);
      }
      case Entry.CompactBoundary e -> {
        fields(
            out,
            "headUuid",
            e.headUuid(),
            "anchorUuid",
            e.anchorUuid(),
            "tailUuid",
            e.tailUuid(),
            "trigger",
            e.trigger(),
            "summary",
            e.summary());
        out.writeBooleanField("thinkingDropped", e.thinkingDropped());
        out.writeNumberField("tokensBefore", e.tokensBefore());
        out.writeNumberField("tokensAfter", e.tokensAfter());
        out.writeArrayFieldStart("replacement");
        for (Message message : e.replacement()) {
          MessageJson.write(out, message, false);
        }
        out.writeEndArray();
      }
      case Entry.Rewound(String toUuid) -> fields(out, "toUuid", toUuid);
      case Entry.Discarded(String id, String why) -> fields(out, "id", id, "why", why);
      case Entry.ForkedFrom(String sessionId, String file, long bytes, String leafUuid) -> {
        fields(out, "parentSessionId", sessionId, "file", file, "leafUuid", leafUuid);
        out.writeNumberField("bytes", bytes);
      }
      case Entry.Notice(String level, String text) -> fields(out, "level", level, "text", text);
      case Entry.Title(String text) -> fields(out, "text", text);
      case Entry.FileSnapshot e -> {
        fields(
            out,
            "checkpoint",
            e.checkpoint(),
            "path",
            e.path(),
            "backup",
            e.backup(),
            "hash",
            e.hash());
        out.writeNumberField("mode", e.mode());
      }
      case Entry.ReadStateSnapshot(Map<String, String> hashes) -> texts(out, "hashes", hashes);
      case Entry.PermissionDecision e ->
          fields(
              out,
              "toolUseId",
              e.toolUseId(),
              "tool",
              e.tool(),
              "decision",
              e.decision(),
              "layer",
              e.layer(),
              "reason",
              e.reason());
      case Entry.UsageLedger(int turns, BigDecimal costUsd, Map<String, Usage> byModel) -> {
        out.writeNumberField("turns", turns);
        out.writeNumberField("costUsd", costUsd);
        out.writeObjectFieldStart("byModel");
        for (Map.Entry<String, Usage> model : byModel.entrySet()) {
          out.writeFieldName(model.getKey());
          out.writeTree(MessageJson.usage(model.getValue()));
        }
        out.writeEndObject();
      }
      case Entry.Unknown(ObjectNode raw) -> {
        for (Map.Entry<String, JsonNode> member : raw.properties()) {
          if (!isHead(member.getKey())) {
            out.writeFieldName(member.getKey());
            out.writeTree(member.getValue());
          }
        }
      }
    }
  }

  private static boolean isHead(String name) {
    return switch (name) {
      case "type", "seq", "uuid", "parentUuid", "timestamp", "sessionId", "crc" -> true;
      default -> false;
    };
  }

  private static void fields(JsonGenerator out, String... namesAndValues) throws IOException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.writeStringField(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  private static void texts(JsonGenerator out, String name, Map<String, String> map)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> member : map.entrySet()) {
      out.writeStringField(member.getKey(), member.getValue());
    }
    out.writeEndObject();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException when the tree is no line; the sentence names the fault
   */
  static Line read(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException("not an object");
    }
    if (text(object, "type").isEmpty() || text(object, "uuid").isEmpty()) {
      throw new IllegalArgumentException("no \"type\" or \"uuid\"");
    }
    return new Line(
        object.path("seq").asLong(0),
        text(object, "uuid"),
        text(object, "parentUuid"),
        Timestamps.of(text(object, "timestamp")),
        text(object, "sessionId"),
        entry(object));
  }

  private static Entry entry(ObjectNode n) {
    return switch (text(n, "type")) {
      case "meta" ->
          new Entry.Meta(
              text(n, "cwd"),
              text(n, "version"),
              text(n, "model"),
              text(n, "gitBranch"),
              text(n, "title"));
      case "user" -> new Entry.User(message(n), constant(Entry.Origin.values(), text(n, "origin")));
      case "assistant" ->
          new Entry.Assistant(
              message(n),
              text(n, "messageId"),
              text(n, "requestId"),
              text(n, "model"),
              text(n, "stopReason"),
              MessageJson.readUsage(n.path("usage")),
              n.path("costUsd").isNumber()
                  ? Optional.of(n.get("costUsd").decimalValue())
                  : Optional.empty());
      case "tool-intent" ->
          new Entry.ToolIntent(
              text(n, "toolUseId"),
              text(n, "name"),
              n.get("input") instanceof ObjectNode input ? input : Json.object(),
              text(n, "effect"),
              list(n.path("paths")),
              map(n.path("preHashes")));
      case "tool-outcome" -> {
        if (n.get("result") instanceof ObjectNode raw
            && MessageJson.readBlock(raw) instanceof ContentBlock.ToolResult result) {
          yield new Entry.ToolOutcome(
              text(n, "toolUseId"), result, constant(Entry.Status.values(), text(n, "status")));
        }
        throw new IllegalArgumentException("an outcome without its result");
      }
      case "compact-boundary" -> {
        List<Message> replacement = new ArrayList<>();
        for (JsonNode message : n.path("replacement")) {
          replacement.add(MessageJson.readMessage(message));
        }
        yield new Entry.CompactBoundary(
            text(n, "headUuid"),
            text(n, "anchorUuid"),
            text(n, "tailUuid"),
            text(n, "summary"),
            replacement,
            n.path("thinkingDropped").asBoolean(false),
            text(n, "trigger"),
            n.path("tokensBefore").asLong(0),
            n.path("tokensAfter").asLong(0));
      }
      case "rewound" -> new Entry.Rewound(text(n, "toUuid"));
      case "discarded" -> new Entry.Discarded(text(n, "id"), text(n, "why"));
      case "forked-from" ->
          new Entry.ForkedFrom(
              text(n, "parentSessionId"),
              text(n, "file"),
              n.path("bytes").asLong(0),
              text(n, "leafUuid"));
      case "notice" -> new Entry.Notice(text(n, "level"), text(n, "text"));
      case "title" -> new Entry.Title(text(n, "text"));
      case "file-snapshot" ->
          new Entry.FileSnapshot(
              text(n, "checkpoint"),
              text(n, "path"),
              text(n, "backup"),
              text(n, "hash"),
              n.path("mode").asInt(0));
      case "read-state" -> new Entry.ReadStateSnapshot(map(n.path("hashes")));
      case "permission" ->
          new Entry.PermissionDecision(
              text(n, "toolUseId"),
              text(n, "tool"),
              text(n, "decision"),
              text(n, "layer"),
              text(n, "reason"));
      case "usage" -> {
        Map<String, Usage> byModel = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> model : n.path("byModel").properties()) {
          byModel.put(model.getKey(), MessageJson.readUsage(model.getValue()));
        }
        yield new Entry.UsageLedger(
            n.path("turns").asInt(0),
            n.path("costUsd").isNumber() ? n.get("costUsd").decimalValue() : BigDecimal.ZERO,
            byModel);
      }
      default -> {
        ObjectNode raw = n.deepCopy();
        raw.remove("crc");
        yield new Entry.Unknown(raw);
      }
    };
  }

  private static Message message(ObjectNode n) {
    JsonNode message = n.get("message");
    if (message == null) {
      throw new IllegalArgumentException("no \"message\"");
    }
    return MessageJson.readMessage(message);
  }

  private static String text(ObjectNode n, String name) {
    JsonNode value = n.get(name);
    return value == null || value.isNull() ? "" : value.asText();
  }

  private static List<String> list(JsonNode node) {
    List<String> out = new ArrayList<>();
    for (JsonNode item : node) {
      out.add(item.asText());
    }
    return out;
  }

  private static Map<String, String> map(JsonNode node) {
    Map<String, String> out = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      out.put(member.getKey(), member.getValue().asText());
    }
    return out;
  }

  private static <E extends Enum<E>> E constant(E[] values, String name) {
    for (E value : values) {
      if (name(value).equals(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException("unknown word \"" + name + "\"");
  }
}
