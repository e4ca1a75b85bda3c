package dev.agent.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * Half characters. JSON can spell one half of a surrogate pair, UTF-8 cannot, and a writer would
 * fail on it later: what stays alone becomes U+FFFD.
 */
final class Surrogates {
  private Surrogates() {}

  /** The text with each lone half replaced; the same instance when there is none. */
  static String clean(String text) {
    int bad = firstLone(text, 0);
    if (bad < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text);
    while (bad >= 0) {
      out.setCharAt(bad, '\uFFFD');
      bad = firstLone(text, bad + 1);
    }
    return out.toString();
  }

  private static int firstLone(String text, int from) {
    int length = text.length();
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        if (c <= Character.MAX_HIGH_SURROGATE
            && i + 1 < length
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  /** Whether JSON text may spell a surrogate; cheap, may say yes too often. */
  static boolean mayBeSpelledIn(String json) {
    for (int i = json.indexOf("\\u"); i >= 0; i = json.indexOf("\\u", i + 2)) {
      if (i + 2 < json.length() && (json.charAt(i + 2) | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  /** The tree with all its strings and names cleaned. */
  static JsonNode clean(JsonNode node) {
    if (node instanceof TextNode) {
      String text = node.textValue();
      String clean = clean(text);
      return clean.equals(text) ? node : TextNode.valueOf(clean);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode out = object.objectNode();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        out.set(clean(member.getKey()), clean(member.getValue()));
      }
      return out;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode out = array.arrayNode(array.size());
      for (JsonNode item : array) {
        out.add(clean(item));
      }
      return out;
    }
    return node;
  }
}
