package dev.agent.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The models that are known, from a resource table and the user's overrides: names people type,
 * limits, abilities, prices. Immutable.
 */
public final class Catalog {
  private final Map<String, ModelInfo> models = new LinkedHashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final int unknownWindow;
  private final int unknownOutput;

  private Catalog(JsonNode table, ObjectNode overrides) {
    for (JsonNode model : table.path("models")) {
      ModelInfo info = info(model.path("id").asText(), model, null);
      models.put(info.id(), info);
    }
    table
        .path("aliases")
        .properties()
        .forEach(alias -> aliases.put(alias.getKey(), alias.getValue().asText()));
    unknownWindow = table.path("unknown").path("contextWindow").asInt();
    unknownOutput = table.path("unknown").path("maxOutput").asInt();
    for (Map.Entry<String, JsonNode> override : overrides.properties()) {
      try {
        models.put(override.getKey(), override(override.getKey(), override.getValue()));
      } catch (IllegalArgumentException e) {
        problems.add(
            "model \"" + override.getKey() + "\": " + e.getMessage() + "; the entry is ignored");
      }
    }
  }

  /**
   * The table with the user's changes.
   *
   * @param overrides model id → {@code
   *     {"input":…,"output":…,"cacheRead":…,"cacheWrite5m":…,"cacheWrite1h":…,"contextWindow":…,"maxOutput":…}},
   *     all optional for a known model
   */
  public static Catalog load(ObjectNode overrides) {
    try (InputStream in = Catalog.class.getResourceAsStream("models.json")) {
      if (in == null) {
        throw new IllegalStateException("models.json is missing from the build");
      }
      return new Catalog(Json.MAPPER.readTree(in), overrides);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelInfo info(
      String id, JsonNode node, @org.jspecify.annotations.Nullable ModelInfo base) {
    JsonNode price =
        node.has("price")
            ? node.get("price")
            : node.has("input") || node.has("output") ? node : null;
    JsonNode longPrompt = node.get("longPrompt");
    int maxOutput = positive(node, "maxOutput", base == null ? 32_000 : base.maxOutput());
    return new ModelInfo(
        id,
        positive(node, "contextWindow", base == null ? 200_000 : base.contextWindow()),
        maxOutput,
        Math.min(
            maxOutput,
            positive(node, "defaultOutput", base == null ? 32_000 : base.defaultOutput())),
        price != null
            ? Optional.of(Price.of(price))
            : base == null ? Optional.empty() : base.price(),
        longPrompt != null
            ? Optional.of(
                new ModelInfo.LongPrompt(
                    longPrompt.path("aboveInputTokens").asLong(),
                    Price.of(longPrompt.path("price"))))
            : price != null || base == null ? Optional.empty() : base.longPrompt(),
        switch (node.path("thinking").asText("")) {
          case "adaptive" -> ModelInfo.ThinkingStyle.ADAPTIVE;
          case "budget" -> ModelInfo.ThinkingStyle.BUDGET;
          case "none" -> ModelInfo.ThinkingStyle.NONE;
          default -> base == null ? ModelInfo.ThinkingStyle.NONE : base.thinking();
        },
        node.path("effort").asText(base == null ? "" : base.effort()),
        positive(node, "minCachePrefix", base == null ? 1024 : base.minCachePrefix()),
        node.path("bytesPerToken").asDouble(base == null ? 3.5 : base.bytesPerToken()),
        true);
  }

  private ModelInfo override(String id, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("must be an object with prices or limits");
    }
    return info(id, node, models.get(normalise(id)));
  }

  private static int positive(JsonNode node, String name, int otherwise) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || value.asInt() <= 0) {
      throw new IllegalArgumentException(
          "\"" + name + "\" must be a whole number above 0, but was " + value);
    }
    return value.asInt();
  }

  /** What was wrong with the overrides, one sentence each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** The names of all models in the table. */
  public List<String> ids() {
    return List.copyOf(models.keySet());
  }

  /**
   * The model for a name as people type it: an alias, an id, a cloud's form of an id; case does not
   * matter. An unknown name is kept as it is, with cautious limits, no price and {@code known}
   * false. The suffix {@code [1m]} asks for a window of a million tokens and is not sent.
   */
  public ModelInfo resolve(String name) {
    String typed = name.strip();
    boolean million = typed.toLowerCase(Locale.ROOT).endsWith("[1m]");
    if (million) {
      typed = typed.substring(0, typed.length() - 4);
    }
    ModelInfo exact = models.get(typed);
    String alias = aliases.get(typed.toLowerCase(Locale.ROOT));
    ModelInfo info;
    if (exact != null) {
      info = exact;
    } else if (alias != null) {
      info = java.util.Objects.requireNonNull(models.get(alias));
    } else {
      ModelInfo similar = models.get(normalise(typed));
      info = similar != null ? withId(similar, typed, similar.contextWindow()) : unknown(typed);
    }
    return million ? withId(info, info.id(), 1_000_000) : info;
  }

  private ModelInfo unknown(String id) {
    return new ModelInfo(
        id,
        unknownWindow,
        unknownOutput,
        unknownOutput,
        Optional.empty(),
        Optional.empty(),
        ModelInfo.ThinkingStyle.NONE,
        "",
        1024,
        3.5,
        false);
  }

  private static ModelInfo withId(ModelInfo of, String id, int window) {
    return new ModelInfo(
        id,
        window,
        of.maxOutput(),
        of.defaultOutput(),
        of.price(),
        of.longPrompt(),
        of.thinking(),
        of.effort(),
        of.minCachePrefix(),
        of.bytesPerToken(),
        of.known());
  }

  /**
   * A cloud's or dated form of an id brought to the catalog's: prefixes of regions and vendors,
   * versions and dates removed.
   */
  static String normalise(String id) {
    String name = id.toLowerCase(Locale.ROOT);
    for (String prefix :
        new String[] {"us.", "eu.", "apac.", "jp.", "au.", "global.", "anthropic.", "anthropic/"}) {
      if (name.startsWith(prefix)) {
        name = name.substring(prefix.length());
      }
    }
    int at = name.indexOf('@');
    if (at > 0) {
      name = name.substring(0, at);
    }
    if (name.endsWith(":0")) {
      name = name.substring(0, name.length() - 2);
    }
    int dash = name.lastIndexOf('-');
    if (dash > 0
        && name.length() > dash + 1
        && name.charAt(dash + 1) == 'v'
        && isDigits(name, dash + 2)) {
      name = name.substring(0, dash);
      dash = name.lastIndexOf('-');
    }
    if (dash > 0 && name.length() - dash == 9 && isDigits(name, dash + 1)) {
      name = name.substring(0, dash);
    }
    return name.replace('.', '-');
  }

  private static boolean isDigits(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return from < text.length();
  }
}
