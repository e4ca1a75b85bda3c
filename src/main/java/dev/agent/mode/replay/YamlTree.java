package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML (or JSON) document as a tree that knows in which line each object and list begins.
 * Immutable after parsing.
 */
final class YamlTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 100;

  private final IdentityHashMap<JsonNode, Integer> lines = new IdentityHashMap<>();
  private final JsonNode root;

  private YamlTree(Optional<Node> document) {
    root = document.map(node -> tree(node, 0)).orElse(NODES.nullNode());
  }

  /**
   * Parses the only document of the text.
   *
   * @throws YamlEngineException when it is no YAML; its message has line and column
   */
  static YamlTree parse(String text) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(64 * 1024 * 1024).build();
    return new YamlTree(new Compose(settings).composeString(text));
  }

  JsonNode root() {
    return root;
  }

  /** The line that an object or a list begins in, counted from 1; 0 = not known. */
  int line(JsonNode node) {
    return lines.getOrDefault(node, 0);
  }

  private JsonNode tree(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      throw new YamlEngineException("nested deeper than " + MAX_DEPTH + " levels");
    }
    JsonNode made =
        switch (node) {
          case MappingNode mapping -> mapping(mapping, depth);
          case SequenceNode sequence -> {
            ArrayNode list = NODES.arrayNode();
            for (Node each : sequence.getValue()) {
              list.add(tree(each, depth + 1));
            }
            yield list;
          }
          case ScalarNode scalar -> scalar(scalar);
          default -> throw new YamlEngineException("unexpected " + node.getNodeType());
        };
    node.getStartMark().ifPresent(mark -> lines.put(made, mark.getLine() + 1));
    return made;
  }

  private ObjectNode mapping(MappingNode mapping, int depth) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple each : mapping.getValue()) {
      if (!(each.getKeyNode() instanceof ScalarNode key)) {
        throw new YamlEngineException("a name must be a plain word" + where(each.getKeyNode()));
      }
      if (object.has(key.getValue())) {
        throw new YamlEngineException("\"" + key.getValue() + "\" stands twice" + where(key));
      }
      object.set(key.getValue(), tree(each.getValueNode(), depth + 1));
    }
    return object;
  }

  private static String where(Node node) {
    return node.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    try {
      if (tag.equals(Tag.NULL)) {
        return NODES.nullNode();
      }
      if (tag.equals(Tag.BOOL)) {
        return NODES.booleanNode(Boolean.parseBoolean(text));
      }
      if (tag.equals(Tag.INT)) {
        BigInteger number = new BigInteger(text);
        return number.bitLength() < 32
            ? NODES.numberNode(number.intValue())
            : number.bitLength() < 64
                ? NODES.numberNode(number.longValue())
                : NODES.numberNode(number);
      }
      if (tag.equals(Tag.FLOAT)) {
        return NODES.numberNode(new BigDecimal(text));
      }
    } catch (NumberFormatException e) {
      // Octal, infinite and the like: nothing a script needs as a number.
    }
    return NODES.textNode(text);
  }
}
