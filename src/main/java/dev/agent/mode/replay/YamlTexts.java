package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML for those that need no line numbers. */
public final class YamlTexts {
  private YamlTexts() {}

  /**
   * The only document of a text, as a tree.
   *
   * @throws IllegalArgumentException when it is no YAML; the message says where
   */
  public static JsonNode tree(String text) {
    try {
      return YamlTree.parse(text).root();
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
