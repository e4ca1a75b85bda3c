package dev.agent.mode.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import dev.agent.mode.OutcomeText;
import dev.agent.model.Ledger;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a turn came to, as the public formats tell it.
 *
 * @param turns model requests, plus one when the turn was cut off
 * @param usage of this turn; {@code ledger} is the whole session's
 */
record TurnResult(
    Outcome outcome,
    String text,
    long durationMillis,
    long apiMillis,
    int turns,
    Usage usage,
    Ledger ledger,
    List<AgentEvent.ToolDenied> denials,
    Optional<ObjectNode> structured,
    String sessionId,
    String uuid) {

  boolean isError() {
    return !(outcome instanceof Outcome.Completed) && !isAnswered();
  }

  private boolean isAnswered() {
    return structured.isPresent();
  }

  /** Words for the {@code subtype} member, as in the public contract. */
  String subtype() {
    return switch (outcome) {
      case Outcome.Completed _, Outcome.Refused _, Outcome.ModelFailed _ -> "success";
      case Outcome.MaxTurns _ -> "error_max_turns";
      case Outcome.BudgetSpent _ -> "error_max_budget_usd";
      case Outcome.SchemaNotMet _ -> "error_max_structured_output_retries";
      case Outcome.Interrupted _,
          Outcome.ContextExhausted _,
          Outcome.OutputExhausted _,
          Outcome.StoppedByHook _,
          Outcome.DoomLoop _ ->
          isAnswered() ? "success" : "error_during_execution";
    };
  }

  /** Why it ended, one word. */
  String terminalReason() {
    return switch (outcome) {
      case Outcome.Completed _ -> "completed";
      case Outcome.MaxTurns _ -> "max_turns";
      case Outcome.BudgetSpent _ -> "max_budget";
      case Outcome.Interrupted(Outcome.Phase phase) ->
          phase == Outcome.Phase.STREAMING ? "aborted_streaming" : "aborted_tools";
      case Outcome.Refused _ -> "refused";
      case Outcome.ContextExhausted _ -> "context_exhausted";
      case Outcome.OutputExhausted _ -> "output_exhausted";
      case Outcome.ModelFailed _ -> "api_error";
      case Outcome.StoppedByHook _ -> "stopped_by_hook";
      case Outcome.DoomLoop _ -> "doom_loop";
      case Outcome.SchemaNotMet _ -> "schema_not_met";
    };
  }

  /** What went wrong, a sentence; empty when nothing did. */
  String error() {
    return OutcomeText.of(outcome);
  }

  /** The {@code result} message. */
  ObjectNode toJson() {
    ObjectNode node = Json.object();
    node.put("type", "result");
    node.put("subtype", subtype());
    node.put("is_error", isError());
    node.put("duration_ms", durationMillis);
    node.put("duration_api_ms", apiMillis);
    node.put("num_turns", turns);
    if (subtype().equals("success")) {
      node.put("result", isError() ? error() : text);
    } else {
      node.putArray("errors").add(error());
    }
    if (outcome instanceof Outcome.Completed(_, String stopReason)) {
      node.put("stop_reason", stopReason);
    } else {
      node.putNull("stop_reason");
    }
    node.put("session_id", sessionId);
    node.put("total_cost_usd", ledger.cost());
    node.set("usage", MessageJson.usage(usage));
    ObjectNode models = node.putObject("modelUsage");
    for (Map.Entry<String, Ledger.Line> entry : ledger.lines().entrySet()) {
      Ledger.Line line = entry.getValue();
      ObjectNode model = models.putObject(entry.getKey());
      model.put("inputTokens", line.usage().inputTokens());
      model.put("outputTokens", line.usage().outputTokens());
      model.put("cacheReadInputTokens", line.usage().cacheReadTokens());
      model.put("cacheCreationInputTokens", line.usage().cacheWriteTokens());
      model.put("webSearchRequests", line.usage().webSearches());
      model.put("costUSD", line.priced() ? line.cost() : BigDecimal.ZERO);
      model.put("contextWindow", line.model().contextWindow());
      model.put("maxOutputTokens", line.model().maxOutput());
    }
    ArrayNode denied = node.putArray("permission_denials");
    for (AgentEvent.ToolDenied denial : denials) {
      ObjectNode one = denied.addObject();
      one.put("tool_name", denial.call().name());
      one.put("tool_use_id", denial.call().id());
      one.set("tool_input", denial.call().input());
    }
    structured.ifPresent(answer -> node.set("structured_output", answer));
    node.put("terminal_reason", terminalReason());
    node.put("uuid", uuid);
    return node;
  }
}
