package dev.agent.tui.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.settings.Explanation;
import dev.agent.settings.Setting;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsSchema;
import dev.agent.settings.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A setting with its value and where that comes from.
 *
 * @param value empty = nobody set it
 * @param source whose value counts; "default" when nobody set it
 * @param origins each source's part for people, weakest first
 * @param isSettled whether the administrator settled it
 */
public record SettingItem(
    Setting setting,
    Optional<JsonNode> value,
    String source,
    List<String> origins,
    boolean isSettled) {
  public SettingItem {
    origins = List.copyOf(origins);
  }

  /** All settings that this version uses, in the order of the schema. */
  public static List<SettingItem> of(Settings settings) {
    List<SettingItem> items = new ArrayList<>();
    for (Setting setting : SettingsSchema.shipped().all()) {
      boolean isForEditors = setting.key().startsWith("$");
      if (setting.holds() != Setting.Holds.NOT_YET && !isForEditors) {
        items.add(of(setting, settings.explain(setting.key())));
      }
    }
    return items;
  }

  /** Settings that may hold keys: only whether they are set is shown. */
  private static final Set<String> SECRET = Set.of("env", "network.headers");

  private static final String HIDDEN = "(not shown)";

  private boolean isSecret() {
    return SECRET.contains(setting.key());
  }

  private static SettingItem of(Setting setting, Explanation explanation) {
    boolean secret = SECRET.contains(setting.key());
    List<String> origins = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    boolean settled = false;
    for (Explanation.Part part : explanation.parts()) {
      Settings.Layer layer = part.sourced().layer();
      origins.add(
          layer.source().shown()
              + (layer.file().isEmpty() ? "" : " (" + layer.file() + ")")
              + ": "
              + (secret ? HIDDEN : part.sourced().value())
              + (part.fate() == Explanation.Fate.OVERRIDDEN ? ", overridden" : ""));
      if (part.fate() != Explanation.Fate.OVERRIDDEN) {
        sources.add(layer.source().shown());
        settled |= layer.source() == Source.POLICY && part.fate() == Explanation.Fate.WINS;
      }
    }
    explanation
        .dropped()
        .forEach(
            it ->
                origins.add(
                    it.source().shown() + " (" + it.file() + "): " + it.value() + ", left out"));
    String source = sources.isEmpty() ? "default" : String.join(" + ", sources);
    return new SettingItem(setting, explanation.value(), source, origins, settled);
  }

  /** The value on one line; empty when nobody set it. */
  String shown() {
    return value
        .map(it -> isSecret() ? HIDDEN : it.isTextual() ? it.asText() : it.toString())
        .orElse("");
  }

  boolean isFlag() {
    return setting.types().equals(Set.of("boolean"));
  }

  boolean isContainer() {
    return setting.types().contains("object") || setting.types().contains("array");
  }
}
