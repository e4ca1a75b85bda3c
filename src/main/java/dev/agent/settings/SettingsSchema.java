package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The registry of settings, read from {@code settings.schema.json}: reading, checking, restricting,
 * merging, explaining and the reference page all follow from it. Immutable.
 */
public final class SettingsSchema {
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, Set<String>> groups = new LinkedHashMap<>();

  private SettingsSchema(JsonNode schema) {
    read("", schema.path("properties"));
  }

  /** Read once, when it is first needed. */
  private static final class Shipped {
    private static final SettingsSchema INSTANCE = load();

    private static SettingsSchema load() {
      try (InputStream in = SettingsSchema.class.getResourceAsStream("settings.schema.json")) {
        if (in == null) {
          throw new IllegalStateException("settings.schema.json is missing from the build");
        }
        return new SettingsSchema(Json.MAPPER.readTree(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The schema of this version. */
  public static SettingsSchema shipped() {
    return Shipped.INSTANCE;
  }

  private void read(String group, JsonNode properties) {
    Set<String> names = new LinkedHashSet<>();
    groups.put(group, names);
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String key = group.isEmpty() ? property.getKey() : group + "." + property.getKey();
      names.add(property.getKey());
      JsonNode node = property.getValue();
      if (node.has("properties")) {
        read(key, node.path("properties"));
      } else {
        settings.put(key, setting(key, node));
      }
    }
  }

  private static Setting setting(String key, JsonNode node) {
    Set<String> types = texts(node.path("type"));
    Setting.Merge natural =
        types.equals(Set.of("array"))
            ? Setting.Merge.APPEND
            : types.equals(Set.of("object")) ? Setting.Merge.MEMBERS : Setting.Merge.OVERRIDE;
    JsonNode members = node.path(types.contains("array") ? "items" : "additionalProperties");
    return new Setting(
        key,
        types,
        texts(members.path("type")),
        List.copyOf(texts(node.path("enum"))),
        node.path("minimum").asInt(0) > 0,
        node.has("pattern")
            ? Optional.of(
                new Setting.Form(
                    Pattern.compile(node.path("pattern").asText()), node.path("x-form").asText()))
            : Optional.empty(),
        constant(Setting.Merge.class, node.path("x-merge"), natural),
        constant(Setting.SetBy.class, node.path("x-set-by"), Setting.SetBy.ANY),
        node.path("x-sensitive").asBoolean(false),
        List.copyOf(texts(node.path("x-never-from-project"))),
        node.path("x-variable").asText(""),
        constant(Setting.Holds.class, node.path("x-holds"), Setting.Holds.AT_ONCE),
        Optional.ofNullable(node.get("x-strictest")),
        node.path("description").asText(""));
  }

  private static Set<String> texts(JsonNode node) {
    Set<String> texts = new LinkedHashSet<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, E otherwise) {
    return node.isMissingNode()
        ? otherwise
        : Enum.valueOf(type, node.asText().replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /** All settings, in the schema's order. */
  public Collection<Setting> all() {
    return Collections.unmodifiableCollection(settings.values());
  }

  /** The setting of a key. */
  public Optional<Setting> find(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** The setting of a key, or the one that the key is a member of, as {@code env.NAME}. */
  public Optional<Setting> covering(String key) {
    for (String at = key; ; at = at.substring(0, at.lastIndexOf('.'))) {
      if (settings.containsKey(at)) {
        return Optional.of(settings.get(at));
      }
      if (at.lastIndexOf('.') < 0) {
        return Optional.empty();
      }
    }
  }

  /**
   * The names of a key's steps: what follows a setting is one name, whatever dots it holds, as in
   * {@code mcpServers.example.com}.
   */
  public List<String> path(String key) {
    Optional<Setting> setting = covering(key);
    if (setting.isEmpty() || setting.get().key().equals(key)) {
      return List.of(key.split("\\."));
    }
    List<String> path = new ArrayList<>(List.of(setting.get().key().split("\\.")));
    path.add(key.substring(setting.get().key().length() + 1));
    return path;
  }

  /** Whether a key only holds settings together, as {@code permissions}. */
  public boolean isGroup(String key) {
    return !key.isEmpty() && groups.containsKey(key);
  }

  /** The names right below a group; the empty key is the top. */
  Set<String> namesIn(String group) {
    return groups.getOrDefault(group, Set.of());
  }

  /** The settings of a group, or the one of this key. */
  public List<Setting> under(String key) {
    return settings.values().stream()
        .filter(setting -> setting.key().equals(key) || setting.key().startsWith(key + "."))
        .toList();
  }
}
