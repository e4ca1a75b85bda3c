package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between models in what they refuse, from a resource table. Immutable.
 *
 * @param thinking legal types of thinking
 * @param forcedTools whether a tool may be forced
 * @param prefill whether the last message may be the assistant's
 * @param systemMessages whether messages may have the role system
 * @param bound whether thinking is valid only after the very messages it was made for
 * @param sampling whether temperature and its like may be sent
 * @param effort whether an effort may be sent
 */
record ModelRules(
    List<String> thinking,
    boolean forcedTools,
    boolean prefill,
    boolean systemMessages,
    boolean bound,
    boolean sampling,
    boolean effort) {
  /** For models that nobody knows. */
  private static final ModelRules ANY =
      new ModelRules(
          List.of("adaptive", "enabled", "disabled", "between_tools"),
          true,
          true,
          true,
          false,
          true,
          true);

  ModelRules {
    thinking = List.copyOf(thinking);
  }

  /** All that are known, by id. */
  static Map<String, ModelRules> load() {
    try (InputStream in = ModelRules.class.getResourceAsStream("model-rules.json")) {
      if (in == null) {
        throw new IllegalStateException("model-rules.json is missing from the build");
      }
      Map<String, ModelRules> rules = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> model :
          Json.MAPPER.readTree(in).path("models").properties()) {
        JsonNode node = model.getValue();
        List<String> thinking = new ArrayList<>();
        node.path("thinking").forEach(type -> thinking.add(type.asText()));
        rules.put(
            model.getKey(),
            new ModelRules(
                thinking,
                node.path("forcedTools").asBoolean(),
                node.path("prefill").asBoolean(),
                node.path("systemMessages").asBoolean(),
                node.path("bound").asBoolean(),
                node.path("sampling").asBoolean(),
                node.path("effort").asBoolean()));
      }
      return Map.copyOf(rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rules of a model, also for an id with a date. */
  static ModelRules of(Map<String, ModelRules> all, String model) {
    ModelRules exact = all.get(model);
    if (exact != null) {
      return exact;
    }
    int dash = model.lastIndexOf('-');
    boolean dated = dash > 0 && model.length() - dash == 9;
    return dated ? all.getOrDefault(model.substring(0, dash), ANY) : ANY;
  }
}
