package dev.agent.mode.screen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;

/** Pictures of a draft as the model gets them. */
final class Pictures {
  private Pictures() {}

  /** A picture by its type and its bytes in base 64. */
  static ContentBlock block(String mediaType, String base64) {
    ObjectNode source = Json.object();
    source.put("type", "base64").put("media_type", mediaType).put("data", base64);
    return new ContentBlock.Image(source);
  }
}
