package dev.agent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The one JSON mapper and its strict siblings. All are immutable after construction and
 * thread-safe.
 *
 * <p>Large integers and decimals survive unchanged; strings up to 256 MB can be read, because a
 * transcript must be able to read back whatever it wrote (Jackson's own limit for reading is 20 MB,
 * for writing there is none).
 */
public final class Json {
  /** Reads leniently (last duplicate key wins) and writes compactly in insertion order. */
  public static final TreeMapper MAPPER = mapper(false, false);

  /**
   * Rejects duplicate keys and anything after the value; for tool inputs, settings and records read
   * back.
   */
  public static final TreeMapper STRICT = mapper(true, true);

  private static final TreeMapper RECEIVED = mapper(false, true);

  private Json() {}

  private static TreeMapper mapper(boolean uniqueKeys, boolean wholeText) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(256 * 1024 * 1024)
                    .maxNestingDepth(1000)
                    .build())
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, uniqueKeys)
            .configure(StreamReadFeature.AUTO_CLOSE_SOURCE, true)
            .build();
    return new TreeMapper(factory, wholeText);
  }

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Parses one value strictly.
   *
   * @throws JsonProcessingException when the text is not exactly one JSON value
   */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return one(STRICT, text);
  }

  /**
   * Parses one value that a service sent: the last of two members of one name counts.
   *
   * @throws JsonProcessingException when the text is not exactly one JSON value
   */
  public static JsonNode parseReceived(String text) throws JsonProcessingException {
    return one(RECEIVED, text);
  }

  private static JsonNode one(TreeMapper mapper, String text) throws JsonProcessingException {
    JsonNode node = mapper.readTree(text);
    if (node.isMissingNode()) {
      throw new JsonParseException((JsonParser) null, "empty text is not JSON");
    }
    return node;
  }

  /** The compact text of a tree; never fails for trees. */
  public static String write(JsonNode node) {
    return MAPPER.write(node);
  }

  /** The text of a tree with indentation, for people. */
  public static String pretty(JsonNode node) {
    return MAPPER.pretty(node);
  }
}
