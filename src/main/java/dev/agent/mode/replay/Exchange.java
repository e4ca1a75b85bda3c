package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A request as the server got it.
 *
 * @param number counted from 1, over all requests for messages
 * @param arrivedNanos {@link System#nanoTime} when its first byte was read
 * @param headers in lower case
 */
public record Exchange(
    int number, long arrivedNanos, Map<String, String> headers, ObjectNode body, int bodyBytes) {
  /** The text of the last user message, without tool results. */
  public String lastUserText() {
    StringBuilder text = new StringBuilder();
    var messages = body.path("messages");
    var content = messages.path(messages.size() - 1).path("content");
    if (content.isTextual()) {
      return content.asText();
    }
    content.forEach(block -> text.append(block.path("text").asText("")));
    return text.toString();
  }

  /** The text of all results in the last message. */
  public String lastResults() {
    StringBuilder text = new StringBuilder();
    var messages = body.path("messages");
    for (var block : messages.path(messages.size() - 1).path("content")) {
      if (block.path("type").asText().equals("tool_result")) {
        var content = block.path("content");
        if (content.isTextual()) {
          text.append(content.asText());
        }
        content.forEach(part -> text.append(part.path("text").asText("")).append('\n'));
      }
    }
    return text.toString();
  }
}
