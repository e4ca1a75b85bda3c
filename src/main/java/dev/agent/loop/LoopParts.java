package dev.agent.loop;

import dev.agent.context.RequestAssembler;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelInfo;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a loop is made of.
 *
 * @param outputTokens what an answer may have at first; raised to the model's maximum when it is
 *     cut off
 * @param events thread-safe; returns at once
 */
public record LoopParts(
    ModelClient client,
    Catalog catalog,
    ModelInfo model,
    int outputTokens,
    RequestAssembler assembler,
    ToolRunner runner,
    Ledger ledger,
    Limits limits,
    List<Recovery> recoveries,
    List<StopCheck> stopChecks,
    BetweenSteps betweenSteps,
    Consumer<AgentEvent> events) {
  public LoopParts {
    recoveries = List.copyOf(recoveries);
    stopChecks = List.copyOf(stopChecks);
  }

  /** The same with another model and what goes with it. */
  public LoopParts withModel(ModelInfo other, int tokens, RequestAssembler requests) {
    return new LoopParts(
        client,
        catalog,
        other,
        tokens,
        requests,
        runner,
        ledger,
        limits,
        recoveries,
        stopChecks,
        betweenSteps,
        events);
  }

  /**
   * The model that an answer came from: mostly the one that was asked, after a fallback another.
   */
  ModelInfo answeredBy(String id) {
    if (id.isEmpty() || id.equals(model.id())) {
      return model;
    }
    ModelInfo other = catalog.resolve(id);
    return other.known() ? other : model;
  }
}
