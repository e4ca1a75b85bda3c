package dev.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Something that the model can call. Implementations are thread-safe: calls of one tool may run
 * side by side.
 */
public interface Tool {
  /**
   * Name, prompt text, input schema, limits. Always the same object; cheap after the first call.
   */
  ToolSpec spec();

  /**
   * What a call with this (already checked) input will touch. Pure and fast: no I/O beyond
   * resolving paths. Executor, permission layers and audit all read this one value.
   */
  default Effect effect(ObjectNode input) {
    return Effect.UNKNOWN;
  }

  /**
   * What a call with this (already checked) input would change, shown to the person who has to
   * allow it; empty when that can't be told. May read files, changes nothing.
   */
  default Optional<Display> preview(ObjectNode input) {
    return Optional.empty();
  }

  /**
   * Why a call with this (already checked) input would fail as things stand, in words for the
   * model; a person is not troubled with such a call. Says nothing of what the model may not have
   * seen: the call is not allowed yet. May read files, changes nothing. Empty when it may well
   * succeed.
   */
  default Optional<String> sureFailure(ObjectNode input) {
    return Optional.empty();
  }

  /**
   * Does the work. Blocks; must end soon after the context's cancellation fires.
   *
   * @throws ToolException when the call failed as calls may: the model gets the message as an error
   *     result
   * @throws InterruptedException when cancelled
   */
  ToolResult run(ToolCall call, ToolContext context) throws ToolException, InterruptedException;
}
