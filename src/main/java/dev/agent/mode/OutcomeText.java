package dev.agent.mode;

import dev.agent.loop.Outcome;
import dev.agent.model.ModelException;

/** Why a run ended, in words for people. */
public final class OutcomeText {
  private OutcomeText() {}

  /** What went wrong, a sentence; empty when nothing did. */
  public static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> "";
      case Outcome.MaxTurns(int limit) -> "Reached max turns (" + limit + ")";
      case Outcome.BudgetSpent(String spent, String limit) ->
          "Reached the budget: "
              + spent
              + " of "
              + limit
              + " are spent, and the next request might cost more than is left.";
      case Outcome.Interrupted _ -> "Interrupted.";
      case Outcome.Refused(String explanation) -> explanation;
      case Outcome.ContextExhausted(String detail) ->
          "The conversation does not fit into the model's window any more. " + detail;
      case Outcome.OutputExhausted(int times) ->
          "The answer reached the output limit again after " + times + " continuations.";
      case Outcome.ModelFailed(ModelException failure) -> "API Error: " + failure.getMessage();
      case Outcome.StoppedByHook(String reason) -> "Stopped by a hook: " + reason;
      case Outcome.DoomLoop(String tool, int times) ->
          "Stopped: the same "
              + tool
              + " call brought the same result "
              + times
              + " times in a row.";
      case Outcome.SchemaNotMet(int attempts) ->
          "No answer fitted the schema in " + attempts + " attempts.";
    };
  }
}
