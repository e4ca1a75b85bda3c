package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.settings.Explanation;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsSources;
import dev.agent.settings.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a run's settings come from, and what follows when they change while it goes on. */
final class RunSettings {
  private RunSettings() {}

  /** The nearest directory above that holds a repository, else the directory itself. */
  static Path projectRoot(Path cwd) {
    for (Path at = cwd; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return cwd;
  }

  static SettingsSources sources(Launch launch) {
    return new SettingsSources(
        launch.world().places(),
        projectRoot(launch.world().cwd()),
        launch.settingSources().map(Source::parse).orElse(Source.CHOOSABLE),
        launch.settings(),
        commandLine(launch),
        launch.world().environment());
  }

  /** The options that stand for settings. */
  private static ObjectNode commandLine(Launch launch) {
    ObjectNode values = Json.object();
    launch.model().ifPresent(it -> values.put("model", it));
    launch.fallbackModel().ifPresent(it -> values.put("fallbackModel", it));
    launch.effort().ifPresent(it -> values.put("effortLevel", it));
    launch.permissionMode().ifPresent(it -> values.putObject("permissions").put("defaultMode", it));
    return values;
  }

  /** What the command line asks for in vain, because the administrator settled it. */
  static List<String> overruled(Settings settings) {
    List<String> notices = new ArrayList<>();
    boolean managed = settings.layers().stream().anyMatch(layer -> layer.source() == Source.POLICY);
    if (!managed) {
      return notices;
    }
    for (String key : List.of("model", "fallbackModel", "effortLevel", "permissions.defaultMode")) {
      Explanation why = settings.explain(key);
      Optional<Explanation.Part> policy =
          why.parts().reversed().stream()
              .filter(part -> part.sourced().layer().source() == Source.POLICY)
              .findFirst();
      for (Explanation.Part part : why.parts()) {
        if (policy.isPresent()
            && part.sourced().layer().source() == Source.FLAG
            && part.fate() == Explanation.Fate.OVERRIDDEN) {
          Settings.Layer layer = policy.get().sourced().layer();
          notices.add(
              "\""
                  + part.sourced().value().asText()
                  + "\" of "
                  + part.sourced().layer().file()
                  + " does not count: \""
                  + key
                  + "\" is "
                  + policy.get().sourced().value()
                  + " by the administrator ("
                  + layer.place(layer.line(key))
                  + ").");
        }
      }
    }
    return notices;
  }
}
