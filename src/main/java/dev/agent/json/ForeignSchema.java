package dev.agent.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schema that came from outside: of an MCP tool, or of {@code --json-schema}. Checked with a JSON
 * Schema library that is loaded with the first check. References are followed inside the schema
 * only; nothing is ever fetched.
 *
 * <p>A schema that can't be used ({@link #fault}) lets every input pass: its owner checks the input
 * anyway, and the model can't mend it. Thread-safe.
 */
public final class ForeignSchema implements InputSchema {
  private static final int MAX_FAULTS = 5;

  private final ObjectNode json;
  private @Nullable SchemaCheck check;

  private ForeignSchema(ObjectNode json) {
    this.json = json;
  }

  /**
   * A schema as it came.
   *
   * @param schema kept and sent as it is; not changed afterwards. An empty one accepts every object
   */
  public static ForeignSchema of(ObjectNode schema) {
    return new ForeignSchema(schema);
  }

  @Override
  public ObjectNode json() {
    return json;
  }

  /** What is wrong with the schema itself; empty when it can be used. */
  public Optional<String> fault() {
    String fault = check().fault();
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  @Override
  public ObjectNode check(ObjectNode input) throws InvalidInputException {
    ObjectNode mended = coerce(input);
    List<String> faults = check().faults(mended);
    if (!faults.isEmpty()) {
      int shown = Math.min(MAX_FAULTS, faults.size());
      String more = faults.size() > shown ? " (and " + (faults.size() - shown) + " more)" : "";
      throw new InvalidInputException(String.join("; ", faults.subList(0, shown)) + more);
    }
    return mended;
  }

  private synchronized SchemaCheck check() {
    SchemaCheck known = check;
    if (known == null) {
      known = SchemaCheck.of(json);
      check = known;
    }
    return known;
  }

  /**
   * Mends parameters whose type leaves no doubt: numbers, truth values, lists and objects that came
   * as text, and text that came as a number.
   */
  private ObjectNode coerce(ObjectNode input) {
    ObjectNode out = null;
    for (Map.Entry<String, JsonNode> member : input.properties()) {
      JsonNode type = json.path("properties").path(member.getKey()).path("type");
      JsonNode mended =
          type.isTextual() ? coerce(member.getValue(), type.asText()) : member.getValue();
      if (!mended.equals(member.getValue())) {
        out = out == null ? input.deepCopy() : out;
        out.set(member.getKey(), mended);
      }
    }
    return out == null ? input : out;
  }

  private static JsonNode coerce(JsonNode value, String type) {
    String text = value.isTextual() ? value.asText().strip() : "";
    return switch (type) {
      case "integer", "number" -> {
        JsonNode number = parsed(text);
        yield number != null && number.isNumber() ? number : value;
      }
      case "boolean" ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> BooleanNode.TRUE;
            case "false", "no", "0" -> BooleanNode.FALSE;
            default -> value;
          };
      case "array" -> {
        JsonNode list = text.startsWith("[") ? parsed(text) : null;
        yield list != null && list.isArray() ? list : value;
      }
      case "object" -> {
        JsonNode object = text.startsWith("{") ? parsed(text) : null;
        yield object != null && object.isObject() ? object : value;
      }
      case "string" ->
          value.isNumber() || value.isBoolean() ? TextNode.valueOf(value.asText()) : value;
      default -> value;
    };
  }

  private static @Nullable JsonNode parsed(String text) {
    try {
      return text.isEmpty() ? null : Json.parse(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return null;
    }
  }
}
