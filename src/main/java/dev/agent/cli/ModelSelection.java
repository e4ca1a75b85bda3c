package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.model.Catalog;
import dev.agent.model.ModelInfo;
import dev.agent.runtime.UserError;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which models there are, what they cost, and which one a run starts with. */
final class ModelSelection {
  private ModelSelection() {}

  /** The models known here, with the person's own prices; what is wrong with those is told. */
  static Catalog catalog(Settings settings, Places places, List<String> notices) {
    ObjectNode overrides = Json.object();
    Optional<String> file = settings.text("prices");
    if (file.isPresent()) {
      Path path = Directories.atHome(file.get(), places.home(), places.config());
      try {
        if (Json.STRICT.readTree(Files.readAllBytes(path)) instanceof ObjectNode read) {
          overrides = read;
        }
      } catch (IOException e) {
        notices.add(
            "settings: the price file "
                + path
                + " can't be read ("
                + e.getMessage()
                + "); the built-in prices are used.");
      }
    }
    Catalog loaded = Catalog.load(overrides);
    loaded.problems().forEach(problem -> notices.add("settings: prices: " + problem));
    return loaded;
  }

  /**
   * The model that answers first.
   *
   * @throws UserError when the flag names none
   */
  static ModelInfo first(Launch launch, Settings settings, Catalog catalog, List<String> notices) {
    if (launch.model().filter(String::isBlank).isPresent()) {
      throw new UserError("--model is empty.", "Name a model, such as opus, sonnet or haiku.");
    }
    ModelInfo info = catalog.resolve(settings.text("model").orElse("default"));
    if (!info.known()) {
      notices.add(
          "The model \""
              + info.id()
              + "\" is not known here: it is sent as it is, with a window of "
              + info.contextWindow()
              + " tokens and no price.");
    }
    return info;
  }
}
