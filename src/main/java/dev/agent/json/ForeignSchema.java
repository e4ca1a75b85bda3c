package dev.agent.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema from outside: of an MCP tool, or the one that an answer has to fit. Checked by a library
 * that is loaded on the first check only. Thread-safe.
 */
public final class ForeignSchema implements InputSchema {
  private static final int MAX_SHOWN = 5;

  private final ObjectNode json;
  private volatile @Nullable Schema compiled;

  /**
   * @throws IllegalArgumentException when it is no schema of an object
   */
  public ForeignSchema(ObjectNode json) {
    if (!json.path("type").asText("object").equals("object")) {
      throw new IllegalArgumentException(
          "the schema must describe an object (\"type\":\"object\"), but its type is "
              + json.path("type"));
    }
    this.json = json;
    if (!json.has("type")) {
      json.put("type", "object");
    }
  }

  @Override
  public ObjectNode json() {
    return json;
  }

  @Override
  public ObjectNode check(ObjectNode input) throws InvalidInputException {
    ObjectNode mended = mended(input);
    List<Error> errors = schema().validate(mended);
    if (!errors.isEmpty()) {
      StringBuilder text = new StringBuilder("the input does not fit the schema: ");
      for (int i = 0; i < errors.size() && i < MAX_SHOWN; i++) {
        String where = errors.get(i).getInstanceLocation().toString();
        text.append(i == 0 ? "" : "; ")
            .append(where.isEmpty() || where.equals("/") ? "" : "\"" + where + "\" ")
            .append(errors.get(i).getMessage());
      }
      if (errors.size() > MAX_SHOWN) {
        text.append("; and ").append(errors.size() - MAX_SHOWN).append(" more");
      }
      throw new InvalidInputException(text.toString());
    }
    return mended;
  }

  private Schema schema() {
    Schema known = compiled;
    if (known == null) {
      known = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(json);
      compiled = known;
    }
    return known;
  }

  /** Numbers and truth values that came as text, where the schema wants no text there. */
  private ObjectNode mended(ObjectNode input) {
    ObjectNode out = input.deepCopy();
    for (var property : json.path("properties").properties()) {
      JsonNode value = out.get(property.getKey());
      String type = property.getValue().path("type").asText("");
      if (value != null && value.isTextual()) {
        JsonNode better = better(value.asText(), type);
        if (better != null) {
          out.set(property.getKey(), better);
        }
      }
    }
    return out;
  }

  private static @Nullable JsonNode better(String text, String type) {
    try {
      JsonNode parsed = Json.parse(text.strip());
      boolean fits =
          switch (type) {
            case "integer" -> parsed.isIntegralNumber();
            case "number" -> parsed.isNumber();
            case "boolean" -> parsed.isBoolean();
            case "array" -> parsed.isArray();
            case "object" -> parsed.isObject();
            default -> false;
          };
      return fits ? parsed : null;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return null;
    }
  }
}
