package dev.agent.cli;

import dev.agent.context.RequestAssembler;
import dev.agent.loop.AgentLoop;
import dev.agent.model.Catalog;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.tool.ToolRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What changes with the model of a session: the system prompt names it, and thinking, effort and
 * the length of answers depend on it.
 *
 * @param services the service settings of a model
 * @param system the system prompt for a model
 * @param rawEvents whether answers tell their raw events too
 */
record ModelChoices(
    Catalog catalog,
    Function<ModelInfo, ModelService> services,
    Function<ModelInfo, List<SystemText>> system,
    ToolRegistry tools,
    boolean rawEvents) {

  RequestAssembler assembler(ModelInfo model, ModelService service, Optional<String> effort) {
    return new RequestAssembler(
        model.id(), tools, system.apply(model), service.thinking(), effort, rawEvents);
  }

  /**
   * Lets another model answer from the next request on.
   *
   * @param effort how hard it thinks; empty = as the settings say. Counts only for models that can
   *     be told
   */
  void use(AgentLoop loop, ModelInfo model, Optional<String> effort) {
    ModelService service = services.apply(model);
    Optional<String> wanted =
        model.effort().isEmpty() ? Optional.empty() : effort.or(service::effort);
    RequestAssembler assembler = assembler(model, service, wanted);
    loop.change(parts -> parts.withModel(model, service.outputTokens(), assembler));
  }
}
