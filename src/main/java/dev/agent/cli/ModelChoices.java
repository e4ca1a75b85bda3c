package dev.agent.cli;

import dev.agent.context.RequestAssembler;
import dev.agent.loop.AgentLoop;
import dev.agent.model.ModelInfo;
import dev.agent.tool.ToolRegistry;
import java.util.Optional;

/**
 * What changes with the model of a session: the system prompt names it, and thinking, effort and
 * the length of answers depend on it.
 */
record ModelChoices(RunBasis run, Briefing briefing, ToolRegistry tools) {

  /** The service settings of a model. */
  ModelService service(ModelInfo model) {
    return new ModelService(run, model);
  }

  /** Makes the requests to a model; {@code effort} says how hard it thinks. */
  RequestAssembler assembler(ModelInfo model, ModelService service, Optional<String> effort) {
    return new RequestAssembler(
        model.id(),
        tools,
        briefing.system(model),
        service.thinking(),
        effort,
        run.launch().partialMessages());
  }

  /**
   * Lets another model answer from the next request on.
   *
   * @param effort how hard it thinks; empty = as the settings say. Counts only for models that can
   *     be told
   */
  void use(AgentLoop loop, ModelInfo model, Optional<String> effort) {
    ModelService service = service(model);
    Optional<String> wanted =
        model.effort().isEmpty() ? Optional.empty() : effort.or(service::effort);
    // Made inside, so that an output style that changes at this moment is not undone.
    loop.change(
        parts -> parts.withModel(model, service.outputTokens(), assembler(model, service, wanted)));
  }
}
