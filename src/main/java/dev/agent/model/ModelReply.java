package dev.agent.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param id the service's id of the message
 * @param model the model that answered
 * @param message the assistant message; its content may be empty
 * @param stopReason as sent ({@code end_turn}, {@code tool_use}, {@code max_tokens}, {@code
 *     pause_turn}, {@code refusal}, {@code model_context_window_exceeded} …); empty when the
 *     service sent none
 * @param extras {@code stop_sequence}, {@code stop_details}, {@code container} and whatever else
 *     came with the end, by name
 * @param requestId from the response header, empty when there was none
 */
public record ModelReply(
    String id,
    String model,
    Message message,
    String stopReason,
    Usage usage,
    Map<String, JsonNode> extras,
    String requestId) {
  public ModelReply {
    extras = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(extras));
  }
}
