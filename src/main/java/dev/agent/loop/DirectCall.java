package dev.agent.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.Ids;
import dev.agent.tool.ToolResult;

/**
 * A tool call that the model did not ask for: a line of a custom command. It goes the way of every
 * call, through hooks and permissions, but its result belongs to whoever asked. Thread-safe.
 */
public final class DirectCall {
  private final ToolRunner runner;
  private final Ids ids;

  public DirectCall(ToolRunner runner, Ids ids) {
    this.runner = runner;
    this.ids = ids;
  }

  /** A result and how the call ended. */
  public record Ended(ToolResult result, AgentEvent.ToolStatus status) {}

  /** Runs a call to its end. Blocks; may ask the person. */
  public Ended run(String tool, ObjectNode input, Cancellation cancellation) {
    ContentBlock.ToolUse use = new ContentBlock.ToolUse("direct-" + ids.next(), tool, input);
    return switch (runner.prepare(use)) {
      case ToolRunner.Prepared.Faulty(_, String why) ->
          new Ended(ToolResult.error(why), AgentEvent.ToolStatus.FAILED);
      case ToolRunner.Prepared.Ready ready -> {
        ToolRunner.Ended ended = runner.run(ready, () -> true, cancellation);
        yield new Ended(ended.result(), ended.status());
      }
    };
  }
}
