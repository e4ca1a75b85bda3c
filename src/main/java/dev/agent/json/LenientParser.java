package dev.agent.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The grammar of {@link JsonRepair}: recursive descent, one pass, no guessing. */
final class LenientParser {
  private static final int MAX_DEPTH = 200;

  /** The text ends too early. */
  static final class CutException extends Exception {
    private static final long serialVersionUID = 1L;

    CutException(String where) {
      super(where);
    }
  }

  /** The text has no sensible reading. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String why) {
      super(why);
    }
  }

  private final String text;
  private int at;

  LenientParser(String text) {
    this.text = text;
  }

  ObjectNode object() throws CutException, BrokenException {
    skip();
    if (peek() != '{') {
      throw new BrokenException("does not start with \"{\"");
    }
    ObjectNode object = object(0);
    skip();
    if (at < text.length()) {
      throw broken("text after the object");
    }
    return object;
  }

  private ObjectNode object(int depth) throws CutException, BrokenException {
    ObjectNode out = Json.object();
    at++;
    while (true) {
      skip();
      if (isEnd()) {
        if (out.isEmpty()) {
          throw new CutException("ends after \"{\"");
        }
        return out;
      }
      if (peek() == '}') {
        at++;
        return out;
      }
      String key = key();
      skip();
      if (isEnd()) {
        throw new CutException("ends after the name \"" + key + "\"");
      }
      if (peek() != ':') {
        throw broken("no \":\" after \"" + key + "\"");
      }
      at++;
      JsonNode value = value(depth + 1, key);
      if (out.has(key)) {
        throw broken("\"" + key + "\" is there twice");
      }
      out.set(key, value);
      separator('}');
    }
  }

  private ArrayNode array(int depth, String name) throws CutException, BrokenException {
    ArrayNode out = Json.MAPPER.createArrayNode();
    at++;
    while (true) {
      skip();
      if (isEnd()) {
        if (out.isEmpty()) {
          throw new CutException("ends after \"[\"");
        }
        return out;
      }
      if (peek() == ']') {
        at++;
        return out;
      }
      out.add(value(depth + 1, name));
      separator(']');
    }
  }

  /**
   * After a member: a comma, or the closing bracket, which is left for the caller. A comma at the
   * very end says that more was coming.
   */
  private void separator(char close) throws CutException, BrokenException {
    skip();
    if (isEnd() || peek() == close) {
      return;
    }
    if (peek() != ',') {
      throw broken("\"" + peek() + "\" where \",\" or \"" + close + "\" belongs");
    }
    at++;
    skip();
    if (isEnd()) {
      throw new CutException("ends after a comma");
    }
  }

  private String key() throws CutException, BrokenException {
    char c = peek();
    if (c == '"' || c == '\'') {
      return string(c, "a name");
    }
    int start = at;
    while (!isEnd() && isNameCharacter(peek())) {
      at++;
    }
    if (at == start) {
      throw broken("\"" + c + "\" where a name belongs");
    }
    if (isEnd()) {
      throw new CutException("ends in a name");
    }
    return text.substring(start, at);
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$';
  }

  private JsonNode value(int depth, String name) throws CutException, BrokenException {
    if (depth > MAX_DEPTH) {
      throw broken("nested too deeply");
    }
    skip();
    if (isEnd()) {
      throw new CutException("ends before the value of \"" + name + "\"");
    }
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth, name);
      case '"', '\'' -> TextNode.valueOf(string(c, "\"" + name + "\""));
      default -> word(name);
    };
  }

  private JsonNode word(String name) throws CutException, BrokenException {
    int start = at;
    while (!isEnd() && (isNameCharacter(peek()) || peek() == '+' || peek() == '.')) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true", "True" -> BooleanNode.TRUE;
      case "false", "False" -> BooleanNode.FALSE;
      case "null", "None" -> NullNode.instance;
      default -> number(word, name);
    };
  }

  private JsonNode number(String word, String name) throws CutException, BrokenException {
    if (isEnd()) {
      // More digits or letters may have been coming.
      throw new CutException("ends in the value of \"" + name + "\"");
    }
    try {
      JsonNode number = Json.parse(word);
      if (number.isNumber()) {
        return number;
      }
    } catch (JsonProcessingException e) {
      throw broken("the value of \"" + name + "\" is no JSON value");
    }
    throw broken("the value of \"" + name + "\" is no JSON value");
  }

  private String string(char quote, String name) throws CutException, BrokenException {
    StringBuilder out = new StringBuilder();
    at++;
    while (!isEnd()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return out.toString();
      }
      if (c != '\\') {
        out.append(c);
      } else if (isEnd()) {
        break;
      } else {
        escape(out, name);
      }
    }
    throw new CutException("ends in " + name);
  }

  private void escape(StringBuilder out, String name) throws CutException, BrokenException {
    char c = text.charAt(at++);
    switch (c) {
      case '"', '\'', '\\', '/' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw new CutException("ends in " + name);
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(text.charAt(at + i), 16);
          if (digit < 0) {
            throw broken("\"\\u\" without four hex digits in " + name);
          }
          code = code * 16 + digit;
        }
        at += 4;
        out.append((char) code);
      }
      // "\d" in a regular expression, "\ " in a shell word: the backslash was meant.
      default -> out.append('\\').append(c);
    }
  }

  private void skip() {
    while (!isEnd() && Character.isWhitespace(peek())) {
      at++;
    }
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean isEnd() {
    return at >= text.length();
  }

  private BrokenException broken(String why) {
    return new BrokenException(why + " (at character " + at + ")");
  }
}
