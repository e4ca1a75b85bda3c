package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings with their sources. Immutable.
 *
 * @param layers the sources that were found, weakest first; values that must not count are already
 *     taken out
 * @param problems what was wrong
 * @param withheld what an untrusted project wanted, in words; empty when nothing was left out
 */
public record Settings(List<Layer> layers, List<Problem> problems, List<String> withheld) {
  public Settings {
    layers = List.copyOf(layers);
    problems = List.copyOf(problems);
    withheld = List.copyOf(withheld);
  }

  /**
   * One source's values.
   *
   * @param file where they stand, for people
   * @param base where relative paths in it start
   */
  public record Layer(Source source, String file, Path base, ObjectNode values) {}

  /** A value with where it comes from. */
  public record Sourced(JsonNode value, Layer layer) {}

  /** No settings at all. */
  public static Settings none() {
    return new Settings(List.of(), List.of(), List.of());
  }

  /** The strongest value of a key such as {@code permissions.defaultMode}. */
  public Optional<Sourced> find(String key) {
    for (Layer layer : layers.reversed()) {
      JsonNode node = at(layer.values(), key);
      if (!node.isMissingNode() && !node.isNull()) {
        return Optional.of(new Sourced(node, layer));
      }
    }
    return Optional.empty();
  }

  /** Every source's value of a key, weakest first. */
  public List<Sourced> all(String key) {
    List<Sourced> all = new ArrayList<>();
    for (Layer layer : layers) {
      JsonNode node = at(layer.values(), key);
      if (!node.isMissingNode() && !node.isNull()) {
        all.add(new Sourced(node, layer));
      }
    }
    return all;
  }

  private static JsonNode at(JsonNode node, String key) {
    JsonNode at = node;
    for (String part : key.split("\\.")) {
      at = at.path(part);
    }
    return at;
  }

  /** The strongest text of a key. */
  public Optional<String> text(String key) {
    return find(key).map(found -> found.value().asText("")).filter(text -> !text.isBlank());
  }

  /** The strongest whole number of a key. */
  public Optional<Integer> number(String key) {
    return find(key)
        .filter(found -> found.value().canConvertToInt())
        .map(found -> found.value().asInt());
  }

  /** The strongest truth value of a key. */
  public boolean flag(String key, boolean otherwise) {
    return find(key).map(found -> found.value().asBoolean(otherwise)).orElse(otherwise);
  }

  /** The texts of a list key of all sources together, each with its layer. */
  public List<Map.Entry<String, Layer>> texts(String key) {
    List<Map.Entry<String, Layer>> texts = new ArrayList<>();
    for (Sourced sourced : all(key)) {
      for (JsonNode item : sourced.value()) {
        texts.add(Map.entry(item.asText(""), sourced.layer()));
      }
    }
    return texts;
  }
}
