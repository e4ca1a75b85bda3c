package dev.agent.tools.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Wire;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import java.util.List;
import java.util.Optional;

/** Asks the person to choose. */
public final class AskUserQuestion implements Tool {
  private final Questioner questioner;
  private final ToolForm<Input> form;

  /** One answer that can be chosen. */
  public record Option(String label, Optional<String> description) {}

  /** One question. */
  public record Question(
      String question,
      Optional<String> header,
      List<Option> options,
      @Wire("multiSelect") Optional<Boolean> multiSelect) {}

  record Input(List<Question> questions) {}

  /** Who asks. */
  @FunctionalInterface
  public interface Questioner {
    /** The answers in words for the model. */
    String ask(List<Question> questions, Cancellation cancellation)
        throws InterruptedException, ToolException;

    /** Nobody is there. */
    Questioner NOBODY =
        (_, _) -> {
          throw new ToolException(
              "Nobody can be asked in this run. Decide yourself: take the more careful reading, and"
                  + " say in your answer what you assumed.");
        };
  }

  public AskUserQuestion(Questioner questioner) {
    this.questioner = questioner;
    this.form = ToolForm.load(AskUserQuestion.class, Input.class);
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
    return ToolResult.text(
        questioner.ask(form.read(call.input()).questions(), context.cancellation()));
  }
}
