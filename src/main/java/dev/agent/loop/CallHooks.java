package dev.agent.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.permission.HookVerdict;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolResult;
import java.time.Duration;
import java.util.Optional;

/** What others have to say around one call. Blocks; thread-safe. */
public interface CallHooks {
  /** Nobody has anything to say. */
  CallHooks NONE = new CallHooks() {};

  /**
   * Before a call goes to the gate.
   *
   * @throws InterruptedException when cancelled
   */
  default Before before(ToolCall call, Effect effect, Cancellation cancellation)
      throws InterruptedException {
    return Before.NOTHING;
  }

  /**
   * After a call has run, well or not. The result that counts: this one or another.
   *
   * @throws InterruptedException when cancelled; then this result counts
   */
  default ToolResult after(
      ToolCall call, Effect effect, ToolResult result, Duration took, Cancellation cancellation)
      throws InterruptedException {
    return result;
  }

  /**
   * After the gate has refused a call. What the model is told: the reason, perhaps with more.
   *
   * @throws InterruptedException when cancelled; then the reason counts
   */
  default String denied(ToolCall call, String reason, Cancellation cancellation)
      throws InterruptedException {
    return reason;
  }

  /**
   * The answer before a call.
   *
   * @param input the whole input that shall be used instead
   * @param halt why the run shall stop; the call does not run then
   */
  record Before(HookVerdict verdict, Optional<ObjectNode> input, Optional<String> halt) {
    /** Nothing to say. */
    public static final Before NOTHING =
        new Before(HookVerdict.NONE, Optional.empty(), Optional.empty());
  }
}
