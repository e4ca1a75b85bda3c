package dev.agent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Mends JSON that a model wrote with a slip: code fences, trailing commas, single quotes, comments,
 * raw line ends in strings, Python's literals, closing brackets forgotten at the end. What was cut
 * off inside a string or before a value is not mended: nobody knows how it went on, and half a
 * command must not run. Pure.
 */
public final class JsonRepair {
  private static final JsonMapper LENIENT =
      JsonMapper.builder(JsonFactory.builder().build())
          .enable(
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_JAVA_COMMENTS,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonRepair() {}

  /** The object that was meant; empty when that can't be told. */
  public static Optional<ObjectNode> repair(String raw) {
    String text = withoutFence(raw.strip());
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    Optional<ObjectNode> read = read(text);
    if (read.isEmpty()) {
      String closing = missingBrackets(text);
      if (closing.isEmpty()) {
        read = read(plainLiterals(text));
      } else {
        String closed = withoutTrailingComma(text) + closing;
        read = read(closed).or(() -> read(plainLiterals(closed)));
      }
    }
    return read;
  }

  private static Optional<ObjectNode> read(String text) {
    try {
      return LENIENT.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String withoutFence(String text) {
    if (!text.startsWith("```")) {
      return text;
    }
    int line = text.indexOf('\n');
    int end = text.lastIndexOf("```");
    return line > 0 && end > line ? text.substring(line + 1, end).strip() : text;
  }

  /**
   * What is missing at the end; empty when nothing is, or when the text ends inside a string or
   * where a value is due.
   */
  private static String missingBrackets(String text) {
    StringBuilder open = new StringBuilder();
    char quote = 0;
    char last = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '{' || c == '[') {
        open.append(c == '{' ? '}' : ']');
      } else if (c == '}' || c == ']') {
        if (open.isEmpty() || open.charAt(open.length() - 1) != c) {
          return "";
        }
        open.setLength(open.length() - 1);
      }
      if (!Character.isWhitespace(c)) {
        last = c;
      }
    }
    boolean endsWhole =
        last == '"' || last == '\'' || last == '}' || last == ']' || last == 'e' || last == 'l';
    return quote == 0 && endsWhole ? open.reverse().toString() : "";
  }

  private static String withoutTrailingComma(String text) {
    String stripped = text.stripTrailing();
    return stripped.endsWith(",") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }

  /** Python's True, False and None outside of strings. */
  private static String plainLiterals(String text) {
    StringBuilder out = new StringBuilder(text.length());
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        out.append(c);
        if (c == '\\' && i + 1 < text.length()) {
          out.append(text.charAt(++i));
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        out.append(c);
      } else if (text.startsWith("True", i)) {
        out.append("true");
        i += 3;
      } else if (text.startsWith("False", i)) {
        out.append("false");
        i += 4;
      } else if (text.startsWith("None", i)) {
        out.append("null");
        i += 3;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
