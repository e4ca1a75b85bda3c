package dev.agent.tui.view;

import dev.agent.loop.AgentEvent.Level;
import dev.agent.loop.Outcome;
import dev.agent.model.ModelException;
import java.util.Optional;

/** How a turn ended, for the person: what happened, and what can be done now. */
final class Outcomes {
  private Outcomes() {}

  /** Empty when the turn ended as it should. */
  static Optional<Content> content(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> Optional.empty();
      case Outcome.Interrupted _ -> Optional.of(new Content.Interrupted());
      case Outcome.MaxTurns(int limit) ->
          notice(
              Level.WARNING,
              "Stopped after "
                  + Amounts.count(limit, "request", "requests")
                  + ": that is the limit",
              "write \"go on\" to continue, or raise --max-turns");
      case Outcome.BudgetSpent(String spent, String limit) ->
          notice(
              Level.WARNING,
              "Stopped: " + spent + " of the budget of " + limit + " is spent",
              "raise --max-budget-usd to go on");
      case Outcome.Refused(String explanation) ->
          notice(Level.ERROR, explanation, "say it in another way, or rewind with esc esc");
      case Outcome.ContextExhausted(String detail) ->
          notice(
              Level.ERROR, detail, "/compact shortens the conversation, /clear starts a new one");
      case Outcome.OutputExhausted(int continuations) ->
          notice(
              Level.WARNING,
              "The answer reached the output limit "
                  + Amounts.count(continuations + 1L, "time", "times")
                  + " in a row",
              "ask for a smaller piece");
      case Outcome.ModelFailed(ModelException failure) -> failed(failure);
      case Outcome.StoppedByHook(String reason) ->
          notice(Level.WARNING, "A hook stopped this: " + reason, "/hooks lists the hooks");
      case Outcome.DoomLoop(String tool, int times) ->
          notice(
              Level.WARNING,
              "Stopped: " + tool + " was called " + times + " times with the same result",
              "say what to do instead");
      case Outcome.SchemaNotMet(int attempts) ->
          notice(
              Level.ERROR,
              "No answer fitted the schema in " + Amounts.count(attempts, "attempt", "attempts"),
              "");
    };
  }

  private static Optional<Content> failed(ModelException failure) {
    String message =
        failure.getMessage() == null ? failure.kind().toString() : failure.getMessage();
    String id = failure.requestId();
    String request = message.contains(id) ? "" : " (" + id + ")";
    return notice(
        Level.ERROR,
        message.strip() + request,
        "/bug writes a report · enter retries · nothing was lost");
  }

  private static Optional<Content> notice(Level level, String text, String hint) {
    return Optional.of(new Content.Notice(level, text, hint));
  }
}
