package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Trees from tokens and back without the mapper, whose introspection would be the dearest part of
 * the first request. Key order, large integers and the digits of decimals survive.
 */
final class JsonTree {
  /** Makes parsers and generators; thread-safe. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(256 * 1024 * 1024)
                  .maxNestingDepth(1000)
                  .build())
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTree() {}

  /** An empty object. */
  static ObjectNode object() {
    return NODES.objectNode();
  }

  /**
   * Exactly one value.
   *
   * @param strict whether a duplicate key is an error; otherwise the last one wins
   * @throws IOException when the text is anything else
   */
  static JsonNode parse(String text, boolean strict) throws IOException {
    try (JsonParser in = FACTORY.createParser(text)) {
      if (strict) {
        in.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      }
      if (in.nextToken() == null) {
        throw new IOException("empty text is not JSON");
      }
      JsonNode node = read(in);
      if (in.nextToken() != null) {
        throw new IOException("text after the JSON value");
      }
      return node;
    }
  }

  /** The value at the parser's current token. Depth is bounded by the factory's limit of 1000. */
  static JsonNode read(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == null) {
      throw new IOException("the JSON ends early");
    }
    return switch (token) {
      case START_OBJECT -> {
        ObjectNode node = NODES.objectNode();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          in.nextToken();
          node.set(name, read(in));
        }
        yield node;
      }
      case START_ARRAY -> {
        ArrayNode node = NODES.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          node.add(read(in));
        }
        yield node;
      }
      case VALUE_STRING -> TextNode.valueOf(in.getText());
      case VALUE_NUMBER_INT ->
          switch (in.getNumberType()) {
            case INT -> IntNode.valueOf(in.getIntValue());
            case LONG -> LongNode.valueOf(in.getLongValue());
            default -> BigIntegerNode.valueOf(in.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(in.getDecimalValue());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw new IOException("unexpected " + token);
    };
  }

  /** Writes the tree at the generator's place. */
  static void write(JsonGenerator out, JsonNode node) throws IOException {
    if (node instanceof ObjectNode object) {
      out.writeStartObject();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        out.writeFieldName(member.getKey());
        write(out, member.getValue());
      }
      out.writeEndObject();
    } else if (node.isArray()) {
      out.writeStartArray();
      for (JsonNode item : node) {
        write(out, item);
      }
      out.writeEndArray();
    } else if (node.isTextual()) {
      out.writeString(node.textValue());
    } else if (node.isBoolean()) {
      out.writeBoolean(node.booleanValue());
    } else if (node.isInt() || node.isLong() || node.isShort()) {
      out.writeNumber(node.longValue());
    } else if (node.isBigInteger()) {
      out.writeNumber(node.bigIntegerValue());
    } else if (node.isNumber()) {
      out.writeNumber(node.decimalValue());
    } else if (node.isNull() || node.isMissingNode()) {
      out.writeNull();
    } else {
      // Binary and plain Java values: no parser makes them.
      out.writeTree(node);
    }
  }

  /** The compact text of a tree. */
  static String text(JsonNode node) {
    java.io.StringWriter text = new java.io.StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(out, node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
