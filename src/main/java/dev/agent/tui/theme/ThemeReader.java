package dev.agent.tui.theme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.text.NearestNames;
import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads one theme file. An entry that can't be read costs its token the change, no more: the base
 * theme's style stays.
 */
final class ThemeReader {
  private static final Map<String, Integer> FLAGS =
      Map.of(
          "bold", Style.BOLD,
          "dim", Style.DIM,
          "italic", Style.ITALIC,
          "underline", Style.UNDERLINE,
          "inverse", Style.INVERSE,
          "strike", Style.STRIKE);
  private static final List<String> COLOR_NAMES =
      List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");
  private static final List<String> MEMBERS = List.of("base", "background", "foreground", "tokens");

  private static final Map<String, Token> TOKENS = tokens();

  private final String name;
  private final List<String> problems = new ArrayList<>();

  /** What a file gave. */
  record Reading(Theme theme, List<String> problems) {}

  private ThemeReader(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @param bases finds the theme that a file builds on; {@code dark} must exist
   */
  static Reading read(String name, String json, Function<String, Optional<Theme>> bases) {
    return new ThemeReader(name).read(json, bases);
  }

  private Reading read(String json, Function<String, Optional<Theme>> bases) {
    JsonNode root;
    try {
      root = Json.parse(json);
    } catch (JsonProcessingException e) {
      problem("is not JSON: " + e.getOriginalMessage(), "The theme looks like \"dark\" until then");
      root = Json.object();
    }
    if (!root.isObject()
        || !(root.path("tokens").isObject() || root.path("tokens").isMissingNode())) {
      problem("is not an object with an object \"tokens\"", "What can't be read is ignored");
    }
    for (String member : names(root)) {
      if (!MEMBERS.contains(member)) {
        problem("has an unknown member \"" + member + "\"", nearest(member, MEMBERS));
      }
    }
    Theme base = base(root.path("base"), bases);
    EnumMap<Token, Style> styles = new EnumMap<>(Token.class);
    for (Token token : Token.values()) {
      styles.put(token, base.style(token));
    }
    for (Map.Entry<String, JsonNode> entry : root.path("tokens").properties()) {
      Token token = TOKENS.get(entry.getKey());
      if (token == null) {
        problem(
            "names an unknown token \"" + entry.getKey() + "\"",
            nearest(entry.getKey(), TOKENS.keySet()));
      } else {
        style(entry.getKey(), entry.getValue()).ifPresent(style -> styles.put(token, style));
      }
    }
    Theme theme =
        new Theme(
            name,
            styles,
            color("background", root.path("background")).orElse(base.assumedBackground()),
            color("foreground", root.path("foreground")).orElse(base.assumedForeground()));
    return new Reading(theme, List.copyOf(problems));
  }

  private Theme base(JsonNode node, Function<String, Optional<Theme>> bases) {
    Optional<Theme> base = bases.apply(node.asText("dark"));
    if (base.isEmpty()) {
      problem("is based on an unknown theme \"" + node.asText() + "\"", "\"dark\" is used");
    }
    return base.or(() -> bases.apply("dark")).orElseGet(() -> new Theme("plain", Map.of()));
  }

  private Optional<Style> style(String key, JsonNode node) {
    if (!node.isObject()) {
      return color(key, node).map(Style.PLAIN::with);
    }
    Color foreground = color(key + ".fg", node.path("fg")).orElse(Color.DEFAULT);
    Color background = color(key + ".bg", node.path("bg")).orElse(Color.DEFAULT);
    int flags = 0;
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      Integer flag = FLAGS.get(member.getKey());
      if (flag != null && member.getValue().isBoolean()) {
        flags |= member.getValue().asBoolean() ? flag : 0;
      } else if (flag != null) {
        problem(key + "." + member.getKey() + " is not true or false", "It is ignored");
      } else if (!member.getKey().equals("fg") && !member.getKey().equals("bg")) {
        problem(
            key + " has an unknown member \"" + member.getKey() + "\"",
            "Known are fg, bg and " + String.join(", ", FLAGS.keySet().stream().sorted().toList()));
      }
    }
    return Optional.of(new Style(foreground, background, Color.DEFAULT, flags));
  }

  private Optional<Color> color(String key, JsonNode node) {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (node.isInt() && node.asInt() >= 0 && node.asInt() <= 255) {
      return Optional.of(Color.palette(node.asInt()));
    }
    Optional<Color> color = node.isTextual() ? named(node.asText()) : Optional.empty();
    if (color.isEmpty()) {
      problem(
          key + " is not a colour: " + Json.write(node),
          "Write \"#rrggbb\", a number from 0 to 255, \"default\", or a name such as \"red\" or"
              + " \"brightRed\"");
    }
    return color;
  }

  private static Optional<Color> named(String text) {
    if (text.matches("#[0-9a-fA-F]{6}")) {
      return Optional.of(Color.rgb(Integer.parseInt(text.substring(1), 16)));
    }
    if (text.equals("default")) {
      return Optional.of(Color.DEFAULT);
    }
    boolean bright = text.startsWith("bright");
    String plain = (bright ? text.substring(6) : text).toLowerCase(Locale.ROOT);
    int index = COLOR_NAMES.indexOf(plain);
    return index < 0 ? Optional.empty() : Optional.of(Color.palette(bright ? index + 8 : index));
  }

  private void problem(String what, String remedy) {
    problems.add("theme \"" + name + "\": " + what + ". " + remedy + ".");
  }

  private static String nearest(String wrong, Collection<String> known) {
    List<String> near = NearestNames.of(wrong, known, 1);
    return near.isEmpty()
        ? "It is ignored"
        : "Did you mean \"" + near.getFirst() + "\"? It is ignored until then";
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Map<String, Token> tokens() {
    Map<String, Token> tokens = new LinkedHashMap<>();
    for (Token token : Token.values()) {
      tokens.put(token.key(), token);
    }
    return Collections.unmodifiableMap(tokens);
  }
}
