package dev.agent.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.Message;
import java.util.List;
import java.util.Optional;

/**
 * A request in our words; the client turns it into the service's.
 *
 * @param model id as sent
 * @param maxTokens upper bound of the output
 * @param tools sorted by name; their bytes must not change within a session
 * @param system stable part first
 * @param messages starts and ends with a user message; every tool use is answered in the next
 *     message
 * @param cacheMarks message blocks after which the prefix shall be cached; with the marks in {@code
 *     system} and {@code tools} at most four
 * @param thinking how the model thinks
 * @param effort {@code low} … {@code max}; empty = leave it to the service
 * @param outputSchema a JSON schema that the answer's text must fit; empty = free text
 * @param rawEvents whether {@link StreamEvent.Raw} events are wanted
 * @param noCalls whether the model is kept from calling tools although it sees them; messages are
 *     cached apart by that, so that such a request reads none of those that others have cached
 */
public record ModelRequest(
    String model,
    int maxTokens,
    List<ToolDefinition> tools,
    List<SystemText> system,
    List<Message> messages,
    List<BlockPosition> cacheMarks,
    Thinking thinking,
    Optional<String> effort,
    Optional<ObjectNode> outputSchema,
    boolean rawEvents,
    boolean noCalls) {
  public ModelRequest {
    tools = List.copyOf(tools);
    system = List.copyOf(system);
    messages = List.copyOf(messages);
    cacheMarks = List.copyOf(cacheMarks);
  }

  /** A request in whose answer tools may be called. */
  public ModelRequest(
      String model,
      int maxTokens,
      List<ToolDefinition> tools,
      List<SystemText> system,
      List<Message> messages,
      List<BlockPosition> cacheMarks,
      Thinking thinking,
      Optional<String> effort,
      Optional<ObjectNode> outputSchema,
      boolean rawEvents) {
    this(
        model,
        maxTokens,
        tools,
        system,
        messages,
        cacheMarks,
        thinking,
        effort,
        outputSchema,
        rawEvents,
        false);
  }

  /** A tool as the service sees it. */
  public record ToolDefinition(
      String name, String description, ObjectNode inputSchema, boolean cacheMark) {}

  /** One block of the system prompt; {@code cacheMark} puts a breakpoint behind it. */
  public record SystemText(String text, boolean cacheMark) {}

  /** A block of a message, both counted from 0. */
  public record BlockPosition(int message, int block) {}

  /** Whether the prefix shall be cached up to the end of this block. */
  public boolean isMarked(int message, int block) {
    for (BlockPosition mark : cacheMarks) {
      if (mark.message() == message && mark.block() == block) {
        return true;
      }
    }
    return false;
  }

  /** How the model thinks. */
  public sealed interface Thinking {
    /** Say nothing: the model's own default. */
    record Unset() implements Thinking {}

    /** The model decides; {@code display} is {@code summarized}, {@code omitted} or empty. */
    record Adaptive(String display) implements Thinking {}

    /** At most so many tokens (at least 1024, below {@code maxTokens}). */
    record Budget(int tokens) implements Thinking {}

    /** No thinking. */
    record Disabled() implements Thinking {}
  }

  /** The same request for another model, whose limits and thinking the caller has checked. */
  public ModelRequest withModel(String other, int tokens, Thinking how) {
    return new ModelRequest(
        other,
        tokens,
        tools,
        system,
        messages,
        cacheMarks,
        how,
        effort,
        outputSchema,
        rawEvents,
        noCalls);
  }

  /** The same request with another effort. */
  public ModelRequest withEffort(Optional<String> how) {
    return new ModelRequest(
        model,
        maxTokens,
        tools,
        system,
        messages,
        cacheMarks,
        thinking,
        how,
        outputSchema,
        rawEvents,
        noCalls);
  }

  /** The same request, in whose answer no tool is called. */
  public ModelRequest withoutCalls() {
    return new ModelRequest(
        model,
        maxTokens,
        tools,
        system,
        messages,
        cacheMarks,
        thinking,
        effort,
        outputSchema,
        rawEvents,
        true);
  }
}
