package dev.agent.loop;

import dev.agent.permission.HookVerdict;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;

/**
 * Where every call has to pass before it runs: the permission pipeline with its asker. May block
 * while a person is asked. Thread-safe.
 */
@FunctionalInterface
public interface Gate {
  /**
   * Whether this call may run.
   *
   * @param hook what hooks said of it
   * @throws InterruptedException when cancelled while someone is asked
   */
  Ruling rule(ToolCall call, Tool tool, Effect effect, HookVerdict hook, Cancellation cancellation)
      throws InterruptedException;

  /** The answer. */
  sealed interface Ruling {
    /** Go on. */
    record Allowed() implements Ruling {}

    /** Go on with this instead. */
    record Changed(ToolCall call, Effect effect) implements Ruling {}

    /** It would fail as things stand; why, in words for the model. */
    record Futile(String why) implements Ruling {}

    /** No, and why, in words for the model. {@code endTurn}: the person wants the run to stop. */
    record Denied(String forModel, boolean endTurn) implements Ruling {}
  }
}
