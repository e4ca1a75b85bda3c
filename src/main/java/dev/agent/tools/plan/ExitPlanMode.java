package dev.agent.tools.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;

/** Shows a plan and asks whether to carry it out. */
public final class ExitPlanMode implements Tool {
  private final Gate gate;
  private final ToolForm<Input> form;

  record Input(String plan) {}

  /** Who approves plans, and switches the mode when they do. */
  @FunctionalInterface
  public interface Gate {
    /** What the model is told. */
    ToolResult present(String plan, Cancellation cancellation) throws InterruptedException;

    /** Nobody is there: the plan is the result of the run. */
    Gate NOBODY =
        (_, _) ->
            ToolResult.text(
                "The plan is written down, but nobody can approve it in this run and nothing may be"
                    + " changed. End with the plan as your answer.");
  }

  public ExitPlanMode(Gate gate) {
    this.gate = gate;
    this.form = ToolForm.load(ExitPlanMode.class, Input.class);
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    return Effect.NONE;
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    return gate.present(form.read(call.input()).plan(), context.cancellation());
  }
}
