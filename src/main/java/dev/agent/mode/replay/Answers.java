package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.model.ModelInfo;

/** Bodies of answers. Pure. */
final class Answers {
  private Answers() {}

  static String error(String type, String message) {
    ObjectNode node = Json.object().put("type", "error");
    node.putObject("error").put("type", type).put("message", message);
    return Json.write(node);
  }

  /** A message in one piece. */
  static String message(Reply.Message reply, String id, String model, Usage usage) {
    ObjectNode node =
        Json.object()
            .put("id", id)
            .put("type", "message")
            .put("role", "assistant")
            .put("model", model);
    ArrayNode content = node.putArray("content");
    for (ObjectNode block : reply.blocks()) {
      ObjectNode sent = block.deepCopy();
      sent.remove("raw_input");
      content.add(sent);
    }
    node.put("stop_reason", reply.stopReason());
    node.putNull("stop_sequence");
    node.set("usage", MessageJson.usage(usage));
    return Json.write(node);
  }

  /** The list of models, or one of them when {@code id} names it; empty when there is none. */
  static String models(Catalog catalog, String id) {
    if (!id.isEmpty()) {
      ModelInfo info = catalog.resolve(id);
      return info.known() ? Json.write(model(info)) : "";
    }
    ObjectNode list = Json.object();
    ArrayNode data = list.putArray("data");
    for (String each : catalog.ids()) {
      data.add(model(catalog.resolve(each)));
    }
    list.put("has_more", false);
    list.put("first_id", catalog.ids().getFirst());
    list.put("last_id", catalog.ids().getLast());
    return Json.write(list);
  }

  private static ObjectNode model(ModelInfo info) {
    return Json.object()
        .put("type", "model")
        .put("id", info.id())
        .put("display_name", info.id())
        .put("max_input_tokens", info.contextWindow())
        .put("max_tokens", info.maxOutput());
  }
}
