package dev.agent.tools.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.ForeignSchema;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.tool.ToolText;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes the final answer in the form that the caller demanded. What does not fit never gets here:
 * the input is checked before. Thread-safe.
 */
public final class StructuredOutput implements Tool {
  private final ToolSpec spec;
  private final AtomicReference<ObjectNode> answer = new AtomicReference<>();

  public StructuredOutput(ForeignSchema schema) {
    this.spec =
        ToolSpec.of(
            "StructuredOutput", ToolText.load(StructuredOutput.class, "StructuredOutput"), schema);
  }

  /** The answer, once it was given. */
  public Optional<ObjectNode> answer() {
    return Optional.ofNullable(answer.get());
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Effect effect(ObjectNode input) {
    return Effect.NONE;
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context) {
    answer.set(call.input());
    return ToolResult.text("Taken.");
  }
}
