package dev.agent.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of a settings text stand in it, so that lines can be named and single values
 * replaced without touching what is around them.
 */
record Outline(Node root) {
  /**
   * One value.
   *
   * @param nameStart where its name begins, or the value itself where it has none
   * @param start its first character
   * @param end behind its last character
   * @param text its characters when it is a string, else empty
   */
  record Node(
      int nameStart, int start, int end, String text, Map<String, Node> members, List<Node> items) {
    boolean isObject(String source) {
      return source.charAt(start) == '{';
    }
  }

  /** The outline of a text that {@link SettingsText#parse} has accepted. */
  static Outline of(String text) {
    try (JsonParser parser = SettingsText.MAPPER.createParser(text)) {
      parser.nextToken();
      return new Outline(node(parser, offset(parser)));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a text that could be read before", e);
    }
  }

  private static int offset(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private static Node node(JsonParser parser, int nameStart) throws IOException {
    int start = offset(parser);
    Map<String, Node> members = new LinkedHashMap<>();
    List<Node> items = new ArrayList<>();
    String text = "";
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          int at = offset(parser);
          parser.nextToken();
          members.put(name, node(parser, at));
        }
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(parser, offset(parser)));
        }
      }
      case VALUE_STRING -> text = parser.getText();
      default -> parser.getText();
    }
    parser.finishToken();
    int end = (int) parser.currentLocation().getCharOffset();
    return new Node(nameStart, start, end, text, members, items);
  }

  /** The value at a path of names, if it is there. */
  Optional<Node> find(List<String> path) {
    Node at = root;
    for (String name : path) {
      Node next = at.members().get(name);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  /** The line, from 1, of the deepest step of a path that is there. */
  static int line(String text, List<String> path) {
    Outline outline = of(text);
    for (int length = path.size(); length > 0; length--) {
      Optional<Node> node = outline.find(path.subList(0, length));
      if (node.isPresent()) {
        return lineAt(text, node.get().nameStart());
      }
    }
    return 1;
  }

  /** The line of an item of a list, by its place or by its text. */
  static int line(String text, List<String> path, int index, Optional<String> item) {
    List<Node> items = of(text).find(path).map(Node::items).orElse(List.of());
    for (int i = 0; i < items.size(); i++) {
      if (item.isPresent() ? items.get(i).text().equals(item.get()) : i == index) {
        return lineAt(text, items.get(i).start());
      }
    }
    return line(text, path);
  }

  private static int lineAt(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
