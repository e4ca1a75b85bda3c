package dev.agent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.type.ResolvedType;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON text to trees and back, and nothing else. Jackson's own mapper is made for binding classes;
 * setting it up costs tens of milliseconds at the start of every run, for nothing that we use.
 * Numbers keep their exact value. Immutable and thread-safe.
 */
public final class TreeMapper extends ObjectCodec {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ONLY_TREES = "only trees are read and written";

  private final JsonFactory factory;
  private final boolean wholeText;

  /**
   * @param factory says what the text may hold; it gets this mapper as its codec
   * @param wholeText whether anything after the value is an error
   */
  public TreeMapper(JsonFactory factory, boolean wholeText) {
    this.factory = factory.setCodec(this);
    this.wholeText = wholeText;
  }

  @Override
  public JsonFactory getFactory() {
    return factory;
  }

  /**
   * The value in a text; a missing node when there is none.
   *
   * @throws JsonProcessingException when it is no JSON
   */
  public JsonNode readTree(String text) throws JsonProcessingException {
    try (JsonParser parser = factory.createParser(text)) {
      return whole(parser);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is nothing to read from that could fail
    }
  }

  /** The value in bytes in any encoding that JSON allows; a missing node when there is none. */
  public JsonNode readTree(byte[] bytes) throws IOException {
    try (JsonParser parser = factory.createParser(bytes)) {
      return whole(parser);
    }
  }

  /** The value in a stream, which is closed; a missing node when there is none. */
  public JsonNode readTree(InputStream in) throws IOException {
    try (JsonParser parser = factory.createParser(in)) {
      return whole(parser);
    }
  }

  private JsonNode whole(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      return MissingNode.getInstance();
    }
    JsonNode node = value(parser);
    if (wholeText && parser.nextToken() != null) {
      throw new JsonParseException(parser, "something follows the value");
    }
    return node;
  }

  /** Reads from where the parser stands. */
  private static JsonNode value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          object.set(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonParseException(parser, "a value was expected");
    };
  }

  /** The compact text of a tree, members in their order. */
  public String write(JsonNode node) {
    return write(node, false);
  }

  /** The text of a tree with line breaks and indentation. */
  public String pretty(JsonNode node) {
    return write(node, true);
  }

  private String write(JsonNode node, boolean forPeople) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = factory.createGenerator(text)) {
      if (forPeople) {
        out.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      writeTree(out, node);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string takes everything
    }
    return text.toString();
  }

  @Override
  public void writeTree(JsonGenerator out, TreeNode tree) throws IOException {
    value(out, (JsonNode) tree);
  }

  private static void value(JsonGenerator out, JsonNode node) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject(node);
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          out.writeFieldName(member.getKey());
          value(out, member.getValue());
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray(node, node.size());
        for (JsonNode element : node) {
          value(out, element);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(node.textValue());
      case BOOLEAN -> out.writeBoolean(node.booleanValue());
      case NUMBER -> number(out, node);
      case NULL, MISSING -> out.writeNull();
      case BINARY, POJO -> throw new UnsupportedOperationException(ONLY_TREES);
    }
  }

  private static void number(JsonGenerator out, JsonNode node) throws IOException {
    switch (node.numberType()) {
      case INT -> out.writeNumber(node.intValue());
      case LONG -> out.writeNumber(node.longValue());
      case BIG_INTEGER -> out.writeNumber(node.bigIntegerValue());
      case FLOAT -> out.writeNumber(node.floatValue());
      case DOUBLE -> out.writeNumber(node.doubleValue());
      case BIG_DECIMAL -> out.writeNumber(node.decimalValue());
    }
  }

  @Override
  // The contract of the class above: whoever asks knows the kind.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends TreeNode> T readTree(JsonParser parser) throws IOException {
    if (parser.currentToken() == null && parser.nextToken() == null) {
      return (T) MissingNode.getInstance();
    }
    return (T) value(parser);
  }

  @Override
  public ObjectNode createObjectNode() {
    return NODES.objectNode();
  }

  @Override
  public ArrayNode createArrayNode() {
    return NODES.arrayNode();
  }

  /** Makes single nodes. */
  public JsonNodeFactory getNodeFactory() {
    return NODES;
  }

  @Override
  public JsonParser treeAsTokens(TreeNode tree) {
    return ((JsonNode) tree).traverse(this);
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void writeValue(JsonGenerator out, Object value) throws IOException {
    if (!(value instanceof JsonNode node)) {
      throw new UnsupportedOperationException(ONLY_TREES);
    }
    writeTree(out, node);
  }

  @Override
  public <T> T readValue(JsonParser parser, Class<T> type) {
    throw new UnsupportedOperationException(ONLY_TREES);
  }

  @Override
  public <T> T readValue(JsonParser parser, TypeReference<T> type) {
    throw new UnsupportedOperationException(ONLY_TREES);
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // the signature of the class above
  public <T> T readValue(JsonParser parser, ResolvedType type) {
    throw new UnsupportedOperationException(ONLY_TREES);
  }

  @Override
  public <T> Iterator<T> readValues(JsonParser parser, Class<T> type) {
    throw new UnsupportedOperationException(ONLY_TREES);
  }

  @Override
  public <T> Iterator<T> readValues(JsonParser parser, TypeReference<T> type) {
    throw new UnsupportedOperationException(ONLY_TREES);
  }

  @Override
  public <T> Iterator<T> readValues(JsonParser parser, ResolvedType type) {
    throw new UnsupportedOperationException(ONLY_TREES);
  }

  @Override
  public <T> T treeToValue(TreeNode tree, Class<T> type) {
    throw new UnsupportedOperationException(ONLY_TREES);
  }
}
