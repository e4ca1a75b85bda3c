package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.text.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All settings with their sources. Immutable.
 *
 * @param layers the sources that were found, weakest first; values that must not count are already
 *     taken out
 * @param problems what was wrong
 * @param dropped the values that were taken out
 * @param contributions what the repository's files want that a person has to approve, approved or
 *     not
 * @param trusted whether the person trusts the project's directory
 */
public record Settings(
    List<Layer> layers,
    List<Problem> problems,
    List<Dropped> dropped,
    List<Contribution> contributions,
    boolean trusted) {
  public Settings {
    layers = List.copyOf(layers);
    problems = List.copyOf(problems);
    dropped = List.copyOf(dropped);
    contributions = List.copyOf(contributions);
  }

  /**
   * One source's values.
   *
   * @param file where they stand, for people
   * @param base where relative paths in it start
   * @param text the file's text; empty where there is none
   */
  public record Layer(Source source, String file, Path base, ObjectNode values, String text) {
    /** The line where a key stands; 0 where there are no lines. */
    public int line(String key) {
      return text.isEmpty() ? 0 : Outline.line(text, SettingsSchema.shipped().path(key));
    }

    /** The line where an item of a list stands; 0 where there are no lines. */
    public int line(String key, String item) {
      return text.isEmpty()
          ? 0
          : Outline.line(text, SettingsSchema.shipped().path(key), -1, Optional.of(item));
    }

    /** File and line, for people. */
    public String place(int line) {
      return line > 0 ? file + ", line " + line : file;
    }
  }

  /** A value with where it comes from. */
  public record Sourced(JsonNode value, Layer layer) {}

  /** A value that stands in a file and does not count. */
  public record Dropped(Source source, String file, int line, String key, JsonNode value, Why why) {
    /** Why it does not count. */
    public enum Why {
      INVALID,
      /** No project may set it. */
      NEVER_FROM_PROJECT,
      /** This source may not set it. */
      NOT_FROM_THERE,
      /** No person approved it yet. */
      NOT_APPROVED
    }
  }

  /** No settings at all. */
  public static Settings none() {
    return new Settings(List.of(), List.of(), List.of(), List.of(), false);
  }

  /** The strongest value of a key such as {@code permissions.defaultMode}. */
  public Optional<Sourced> find(String key) {
    List<Sourced> all = all(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Every source's value of a key, weakest first. */
  public List<Sourced> all(String key) {
    return all(List.of(key.split("\\.")));
  }

  private List<Sourced> all(List<String> path) {
    List<Sourced> all = new ArrayList<>();
    for (Layer layer : layers) {
      JsonNode node = layer.values();
      for (String name : path) {
        node = node.path(name);
      }
      if (!node.isMissingNode() && !node.isNull()) {
        all.add(new Sourced(node, layer));
      }
    }
    return all;
  }

  /** What a key comes to when all sources are put together, and how. */
  public Explanation explain(String key) {
    SettingsSchema schema = SettingsSchema.shipped();
    Optional<Setting> setting = schema.covering(key);
    // A member of an object is settled by itself; a member that holds lists is joined as its whole.
    Setting.Merge merge =
        setting
            .map(
                it ->
                    it.key().equals(key) || it.merge() == Setting.Merge.APPEND
                        ? it.merge()
                        : Setting.Merge.OVERRIDE)
            .orElse(Setting.Merge.OVERRIDE);
    List<Dropped> without =
        dropped.stream()
            .filter(
                it ->
                    it.key().equals(key)
                        || it.key().startsWith(key + ".")
                        || it.key().startsWith(key + "["))
            .toList();
    return Explanation.of(key, merge, all(schema.path(key)), without);
  }

  /** The value of a key when all sources are put together. */
  public Optional<JsonNode> effective(String key) {
    return explain(key).value();
  }

  /** The strongest text of a key; of a list its first. */
  public Optional<String> text(String key) {
    return find(key)
        .map(Sourced::value)
        .map(value -> (value.isArray() ? value.path(0) : value).asText(""))
        .filter(text -> !text.isBlank());
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

  /** The environment with the entries of {@code env}; the strongest source wins. */
  public Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    for (Sourced entry : all("env")) {
      entry.value().properties().forEach(it -> all.put(it.getKey(), it.getValue().asText("")));
    }
    return Map.copyOf(all);
  }

  /** What a person has to approve before it counts, in words; empty when nothing is left out. */
  public Optional<String> withheld() {
    Map<String, Set<String>> keysByFile = new LinkedHashMap<>();
    for (Dropped it : dropped) {
      if (it.why() == Dropped.Why.NOT_APPROVED) {
        String setting =
            SettingsSchema.shipped().covering(it.key()).map(Setting::key).orElse(it.key());
        keysByFile.computeIfAbsent(it.file(), _ -> new LinkedHashSet<>()).add(setting);
      }
    }
    if (keysByFile.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    keysByFile.forEach(
        (file, keys) -> parts.add(Visible.of(String.join(", ", keys) + " of " + file)));
    return Optional.of(
        (trusted
                ? "Since you trusted this directory something was added or changed, so "
                : "This directory is not trusted yet, so ")
            + String.join("; ", parts)
            + (trusted ? " do not count in part" : " do not count")
            + ". See what it is with: agent trust --show. Let it count with: agent trust");
  }
}
