package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Usage;
import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Understands a script written by hand. Everything is checked when it is read, so that a slip shows
 * at once and with its line, not in the middle of a run.
 */
final class ScriptReader {
  private static final Set<String> REPLY =
      Set.of(
          "when",
          "repeat",
          "capture",
          "blocks",
          "error",
          "sse",
          "stop_reason",
          "delay_ms",
          "delta_chars",
          "delta_ms",
          "chunk_bytes",
          "output_tokens",
          "usage",
          "fault");
  private static final Set<String> WHEN =
      Set.of("contains", "text", "result", "matches", "is_error", "model", "request");
  private static final Set<String> FAULTS =
      Set.of("drop", "reset", "stall", "malformed", "duplicate", "error");

  private final String name;
  private final YamlTree tree;

  ScriptReader(String name, YamlTree tree) {
    this.name = name;
    this.tree = tree;
  }

  /** The replies, and the one for all other requests. */
  record Read(List<Script.Step> steps, Optional<Script.Step> otherwise) {}

  Read read() {
    if (!(tree.root() instanceof ObjectNode root)) {
      throw wrong(tree.root(), "a script is an object with a list \"replies\"");
    }
    known(root, Set.of("replies", "default"), "a script");
    if (!(root.get("replies") instanceof ArrayNode replies)) {
      throw wrong(root, "a script needs a list \"replies\"");
    }
    List<Script.Step> steps = new ArrayList<>();
    for (JsonNode reply : replies) {
      steps.add(step(object(reply, "a reply")));
    }
    Optional<Script.Step> otherwise =
        root.has("default")
            ? Optional.of(step(object(root.get("default"), "the default reply")))
            : Optional.empty();
    return new Read(steps, otherwise);
  }

  private Script.Step step(ObjectNode node) {
    known(node, REPLY, "a reply");
    int kinds = 0;
    for (String kind : List.of("blocks", "error", "sse")) {
      kinds += node.has(kind) ? 1 : 0;
    }
    if (kinds != 1) {
      throw wrong(node, "a reply needs one of \"blocks\", \"error\" and \"sse\"");
    }
    Map<String, Pattern> captures = captures(node);
    Function<Exchange, Reply> reply =
        node.has("error")
            ? error(node)
            : node.has("sse") ? raw(node, captures) : message(node, captures);
    return new Script.Step(condition(node), flag(node, "repeat"), reply);
  }

  private Condition condition(ObjectNode node) {
    JsonNode when = node.get("when");
    if (when == null) {
      return Condition.ALWAYS;
    }
    if (when.isTextual()) {
      return new Condition(when.asText(), "", "", Optional.empty(), Optional.empty(), "", 0);
    }
    ObjectNode parts = object(when, "\"when\"");
    known(parts, WHEN, "\"when\"");
    return new Condition(
        text(parts, "contains", ""),
        text(parts, "text", ""),
        text(parts, "result", ""),
        parts.has("matches")
            ? Optional.of(pattern(parts, text(parts, "matches", "")))
            : Optional.empty(),
        parts.has("is_error") ? Optional.of(flag(parts, "is_error")) : Optional.empty(),
        text(parts, "model", ""),
        (int) number(parts, "request", 0));
  }

  private Map<String, Pattern> captures(ObjectNode node) {
    Map<String, Pattern> captures = new LinkedHashMap<>();
    if (node.has("capture")) {
      ObjectNode parts = object(node.get("capture"), "\"capture\"");
      for (String each : new TreeSet<>(fieldNames(parts))) {
        captures.put(each, pattern(parts, text(parts, each, "")));
      }
    }
    return Map.copyOf(captures);
  }

  private Pattern pattern(JsonNode at, String expression) {
    try {
      return Pattern.compile(expression, Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw wrong(at, "\"" + expression + "\" is no regular expression: " + e.getDescription());
    }
  }

  private Function<Exchange, Reply> error(ObjectNode node) {
    ObjectNode error = object(node.get("error"), "\"error\"");
    known(error, Set.of("status", "type", "message", "headers"), "\"error\"");
    long status = number(error, "status", 500);
    if (status < 400 || status > 599) {
      throw wrong(error, "\"status\" of an error is between 400 and 599, not " + status);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (error.has("headers")) {
      ObjectNode given = object(error.get("headers"), "\"headers\"");
      for (String header : fieldNames(given)) {
        headers.put(header, given.get(header).asText(""));
      }
    }
    Reply reply =
        new Reply.Failure(
            (int) status,
            text(error, "type", "api_error"),
            text(error, "message", "played by the script"),
            headers);
    return _ -> reply;
  }

  private Function<Exchange, Reply> raw(ObjectNode node, Map<String, Pattern> captures) {
    String stream = text(node, "sse", "");
    int chunk = (int) number(node, "chunk_bytes", 0);
    return exchange -> Reply.raw(new Template(exchange, captures).fill(stream), chunk);
  }

  private Function<Exchange, Reply> message(ObjectNode node, Map<String, Pattern> captures) {
    if (!(node.get("blocks") instanceof ArrayNode blocks)) {
      throw wrong(node, "\"blocks\" is a list");
    }
    boolean calls = false;
    for (JsonNode each : blocks) {
      calls |= block(object(each, "a block")).equals("tool");
    }
    String stop = text(node, "stop_reason", calls ? "tool_use" : "end_turn");
    Reply.Pace pace =
        new Reply.Pace(
            number(node, "delay_ms", 0),
            (int) number(node, "delta_chars", 0),
            number(node, "delta_ms", 0),
            (int) number(node, "chunk_bytes", 0),
            _ -> {});
    long output = number(node, "output_tokens", 0);
    Optional<Usage> usage = node.has("usage") ? Optional.of(usage(node, output)) : Optional.empty();
    Reply.Fault fault =
        node.has("fault") ? fault(object(node.get("fault"), "\"fault\"")) : Reply.NO_FAULT;
    return exchange -> {
      Template template = new Template(exchange, captures);
      List<ObjectNode> content = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i++) {
        content.add(filled((ObjectNode) blocks.get(i), exchange.number() + "_" + i, template));
      }
      return new Reply.Message(content, stop, pace, output, usage, fault);
    };
  }

  private Usage usage(ObjectNode node, long output) {
    ObjectNode usage = object(node.get("usage"), "\"usage\"");
    known(
        usage,
        Set.of(
            "input_tokens",
            "output_tokens",
            "cache_read_input_tokens",
            "cache_creation_input_tokens"),
        "\"usage\"");
    return new Usage(
        number(usage, "input_tokens", 0),
        number(usage, "output_tokens", Math.max(1, output)),
        number(usage, "cache_read_input_tokens", 0),
        number(usage, "cache_creation_input_tokens", 0),
        0,
        0,
        0);
  }

  private Reply.Fault fault(ObjectNode node) {
    known(node, Set.of("kind", "after_events", "after_bytes", "ms", "type"), "\"fault\"");
    int after = (int) number(node, "after_events", 4);
    return switch (text(node, "kind", "")) {
      case "drop" ->
          node.has("after_bytes")
              ? new Reply.Fault.DropBytes(number(node, "after_bytes", 0))
              : new Reply.Fault.Drop(after);
      case "reset" -> new Reply.Fault.Reset(after);
      case "stall" -> new Reply.Fault.Stall(after, number(node, "ms", 1_000));
      case "malformed" -> new Reply.Fault.Malformed(after);
      case "duplicate" -> new Reply.Fault.Duplicate(after);
      case "error" -> new Reply.Fault.ErrorEvent(after, text(node, "type", "overloaded_error"));
      default ->
          throw wrong(
              node, "\"kind\" of a fault is one of " + String.join(", ", new TreeSet<>(FAULTS)));
    };
  }

  /** Checks a block and says what it is. */
  private String block(ObjectNode node) {
    if (node.has("text")) {
      known(node, Set.of("text"), "a text block");
      text(node, "text", "");
      return "text";
    }
    if (node.has("thinking")) {
      known(node, Set.of("thinking", "signature"), "a thinking block");
      text(node, "thinking", "");
      text(node, "signature", "");
      return "thinking";
    }
    if (node.has("tool")) {
      known(node, Set.of("tool", "input", "raw_input", "id"), "a call");
      text(node, "tool", "");
      text(node, "raw_input", "");
      text(node, "id", "");
      if (node.has("input")) {
        object(node.get("input"), "\"input\"");
      }
      return "tool";
    }
    if (node.has("raw")) {
      known(node, Set.of("raw"), "a raw block");
      object(node.get("raw"), "\"raw\"");
      return "raw";
    }
    throw wrong(node, "a block needs \"text\", \"thinking\", \"tool\" or \"raw\"");
  }

  private static ObjectNode filled(ObjectNode node, String id, Template template) {
    if (node.has("text")) {
      return Reply.textBlock(template.fill(node.get("text").asText("")));
    }
    if (node.has("thinking")) {
      return Reply.thinking(
          template.fill(node.get("thinking").asText("")),
          node.path("signature").asText("sig_" + id));
    }
    if (node.has("raw")) {
      return (ObjectNode) template.fill(node.get("raw"));
    }
    ObjectNode use =
        Reply.toolUse(
            node.path("id").asText("toolu_" + id),
            node.get("tool").asText(""),
            node.has("input") ? (ObjectNode) template.fill(node.get("input")) : Json.object());
    if (node.has("raw_input")) {
      use.put("raw_input", template.fill(node.get("raw_input").asText("")));
    }
    return use;
  }

  private ObjectNode object(JsonNode node, String what) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw wrong(node, what + " is an object, not " + shortened(node));
  }

  private String text(ObjectNode in, String member, String otherwise) {
    JsonNode value = in.get(member);
    if (value == null) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw wrong(
          in, "\"" + member + "\" is a text, not " + shortened(value) + "; put it in quotes");
    }
    return value.asText();
  }

  private boolean flag(ObjectNode in, String member) {
    JsonNode value = in.get(member);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrong(in, "\"" + member + "\" is true or false, not " + shortened(value));
    }
    return value.asBoolean();
  }

  private long number(ObjectNode in, String member, long otherwise) {
    JsonNode value = in.get(member);
    if (value == null) {
      return otherwise;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 0) {
      throw wrong(in, "\"" + member + "\" is a whole number from 0 on, not " + shortened(value));
    }
    return value.asInt();
  }

  private void known(ObjectNode node, Set<String> names, String what) {
    for (String each : fieldNames(node)) {
      if (!names.contains(each)) {
        throw wrong(
            node,
            what
                + " has no \""
                + each
                + "\"; it may have "
                + String.join(", ", new TreeSet<>(names)));
      }
    }
  }

  private static List<String> fieldNames(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private UserError wrong(JsonNode at, String what) {
    int line = tree.line(at);
    return new UserError(
        name + (line > 0 ? ", line " + line : "") + ": " + what + ".",
        "Correct it there; docs/reference/replay-script.md describes the format.");
  }
}
