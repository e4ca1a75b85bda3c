package dev.agent.tui.markup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.tui.theme.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The languages that are known, from the resource {@code languages.json}; read at first use. */
final class Languages {
  private static final Map<String, Token> CLASSES =
      Map.of(
          "keyword", Token.SYNTAX_KEYWORD,
          "string", Token.SYNTAX_STRING,
          "number", Token.SYNTAX_NUMBER,
          "comment", Token.SYNTAX_COMMENT,
          "type", Token.SYNTAX_TYPE,
          "function", Token.SYNTAX_FUNCTION,
          "constant", Token.SYNTAX_CONSTANT,
          "punctuation", Token.SYNTAX_PUNCTUATION,
          "added", Token.DIFF_ADDED,
          "removed", Token.DIFF_REMOVED);

  private final Map<String, Language> byName = new HashMap<>();
  private final Map<String, Language> byExtension = new HashMap<>();
  private final Map<String, Language> byFile = new HashMap<>();

  private Languages(JsonNode tables) {
    for (JsonNode table : tables) {
      Language language = language(table);
      texts(table.path("names")).forEach(name -> byName.put(name, language));
      texts(table.path("extensions")).forEach(name -> byExtension.put(name, language));
      texts(table.path("files")).forEach(name -> byFile.put(name, language));
    }
  }

  /** Reads the resource once, and not before someone wants colours. */
  private static final class Holder {
    static final Languages ALL = load();
  }

  /** The language that a code fence names; also by its usual file extension. */
  static Optional<Language> byName(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(Holder.ALL.byName.get(name))
            .or(() -> Optional.ofNullable(Holder.ALL.byExtension.get(name)));
  }

  /** The language of a file by its name. */
  static Optional<Language> byPath(String path) {
    int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    String file = path.substring(slash + 1).toLowerCase(Locale.ROOT);
    String extension = file.substring(file.lastIndexOf('.') + 1);
    return Optional.ofNullable(Holder.ALL.byFile.get(file))
        .or(() -> Optional.ofNullable(Holder.ALL.byExtension.get(extension)));
  }

  private static Languages load() {
    try (InputStream in = Languages.class.getResourceAsStream("languages.json")) {
      if (in == null) {
        throw new IllegalStateException("languages.json is missing from the build");
      }
      return new Languages(Json.MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Language language(JsonNode table) {
    List<Language.Region> regions = new ArrayList<>();
    BitSet starters = new BitSet();
    for (JsonNode node : table.path("regions")) {
      Language.Region region = region(node);
      regions.add(region);
      starters.set(region.open().charAt(0));
    }
    List<Language.Prefix> prefixes = new ArrayList<>();
    table
        .path("prefixes")
        .properties()
        .forEach(
            entry ->
                prefixes.add(
                    new Language.Prefix(entry.getKey(), token(entry.getValue().asText()))));
    Map<String, Token> words = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : table.path("words").properties()) {
      for (String word : entry.getValue().asText().split(" ")) {
        words.put(word, token(entry.getKey()));
      }
    }
    Map<Character, Token> sigils = new HashMap<>();
    table
        .path("sigils")
        .properties()
        .forEach(entry -> sigils.put(entry.getKey().charAt(0), token(entry.getValue().asText())));
    return new Language(
        List.copyOf(regions),
        List.copyOf(prefixes),
        Map.copyOf(words),
        Map.copyOf(sigils),
        table.path("wordChars").asText(),
        table.path("keyEnds").asText(),
        table.path("ignoreCase").asBoolean(),
        table.path("capitals").asBoolean(),
        table.path("calls").asBoolean(),
        table.path("tags").asBoolean(),
        starters);
  }

  private static Language.Region region(JsonNode node) {
    return new Language.Region(
        node.path("open").asText(),
        node.path("close").asText(),
        token(node.path("class").asText()),
        Language.Where.valueOf(node.path("where").asText("anywhere").toUpperCase(Locale.ROOT)),
        node.path("escapes").asBoolean(),
        node.path("lines").asBoolean(),
        node.path("nests").asBoolean(),
        node.path("single").asBoolean());
  }

  private static Token token(String name) {
    Token token = CLASSES.get(name);
    if (token == null) {
      throw new IllegalStateException("languages.json: unknown class \"" + name + "\"");
    }
    return token;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
