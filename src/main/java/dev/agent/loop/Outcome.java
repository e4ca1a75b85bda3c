package dev.agent.loop;

import dev.agent.model.ModelException;

/** Why a run ended. */
public sealed interface Outcome {

  /** The model had no more calls. {@code stopReason} is the service's word. */
  record Completed(String text, String stopReason) implements Outcome {}

  /** The limit of model requests was reached. */
  record MaxTurns(int limit) implements Outcome {}

  /** The next request might cost more than what is left. */
  record BudgetSpent(String spent, String limit) implements Outcome {}

  /** The person stopped it. */
  record Interrupted(Phase phase) implements Outcome {}

  /** The model declined. The refused answer is not part of the conversation. */
  record Refused(String explanation) implements Outcome {}

  /** The conversation does not fit any more and could not be made to fit. */
  record ContextExhausted(String detail) implements Outcome {}

  /** The output limit was hit again and again. */
  record OutputExhausted(int continuations) implements Outcome {}

  /** The service failed for good. */
  record ModelFailed(ModelException failure) implements Outcome {}

  /** A hook ended the run. */
  record StoppedByHook(String reason) implements Outcome {}

  /** The same call brought the same result again and again. */
  record DoomLoop(String toolName, int times) implements Outcome {}

  /** No answer fitted the demanded schema. */
  record SchemaNotMet(int attempts) implements Outcome {}

  /** What was going on when the person stopped it. */
  enum Phase {
    STREAMING,
    TOOLS
  }
}
