package dev.agent.cli;

import dev.agent.loop.Outcome;
import dev.agent.loop.StopCheck;
import dev.agent.tools.plan.StructuredOutput;

/** Sends the model back until it has given its answer in the demanded form. */
final class StructuredAnswer {
  private static final int MAX_ATTEMPTS = 5;

  private StructuredAnswer() {}

  static StopCheck check(StructuredOutput output) {
    return (_, objections) -> {
      if (output.answer().isPresent()) {
        return new StopCheck.Answer.Agree();
      }
      return objections < MAX_ATTEMPTS
          ? new StopCheck.Answer.GoOn(
              "Give the final answer by calling the StructuredOutput tool with an input that fits"
                  + " its schema. Text alone does not reach the caller.")
          : new StopCheck.Answer.End(new Outcome.SchemaNotMet(MAX_ATTEMPTS));
    };
  }
}
