package dev.agent.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a run takes its settings from.
 *
 * @param root of the project
 * @param chosen which of user, project and local are read; everything else always is
 * @param flag the value of {@code --settings}: a file's path or JSON itself
 * @param commandLine settings that have options of their own, such as {@code --model}
 * @param environment the process's
 */
public record SettingsSources(
    Places places,
    Path root,
    Set<Source> chosen,
    Optional<String> flag,
    ObjectNode commandLine,
    Map<String, String> environment) {
  public SettingsSources {
    chosen = Set.copyOf(chosen);
    environment = Map.copyOf(environment);
  }

  /** All files, no option and no variable. */
  public static SettingsSources files(Places places, Path root) {
    return new SettingsSources(
        places, root, Source.CHOOSABLE, Optional.empty(), Json.object(), Map.of());
  }

  /** The same with a value of {@code --settings}. */
  public SettingsSources withFlag(String value) {
    return new SettingsSources(places, root, chosen, Optional.of(value), commandLine, environment);
  }

  /** The same with other sources chosen. */
  public SettingsSources withChosen(Set<Source> sources) {
    return new SettingsSources(places, root, sources, flag, commandLine, environment);
  }

  /** The file that a person edits for a source of user, project and local. */
  public Path own(Source source) {
    return switch (source) {
      case USER -> places.config().resolve("settings.json");
      case PROJECT -> root.resolve(".agent/settings.json");
      case LOCAL -> root.resolve(".agent/settings.local.json");
      case ENVIRONMENT, FLAG, POLICY ->
          throw new IllegalArgumentException(source + " has no file of the person's");
    };
  }
}
