package dev.agent.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.RecordSchema;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.tool.ToolText;
import java.util.Map;
import java.util.Optional;

/**
 * A tool made of a lambda, for tests of what surrounds tools. Its input is {@code {"id":text,
 * "count":number?}}.
 */
public record TestTool(ToolSpec spec, Effect effect, Body body) implements Tool {

  /** What the tool does. */
  public interface Body {
    ToolResult run(ToolCall call, ToolContext context) throws ToolException, InterruptedException;
  }

  /** Its input. */
  public record Input(String id, Optional<Integer> count) {}

  private static ToolSpec spec(String name) {
    return ToolSpec.of(
        name, new ToolText("A tool for tests.", Map.of()), RecordSchema.of(Input.class, Map.of()));
  }

  public static TestTool reading(String name, Body body) {
    return new TestTool(spec(name), Effect.NONE, body);
  }

  public static TestTool writing(String name, Body body) {
    return new TestTool(spec(name), Effect.writes(), body);
  }

  /** The same tool with another declaration. */
  public TestTool with(java.util.function.UnaryOperator<ToolSpec> change) {
    return new TestTool(change.apply(spec), effect, body);
  }

  @Override
  public Effect effect(ObjectNode input) {
    return effect;
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    return body.run(call, context);
  }
}
