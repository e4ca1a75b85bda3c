package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.context.RequestAssembler;
import dev.agent.hook.ActionRunner;
import dev.agent.hook.Handler;
import dev.agent.hook.HookAnswer;
import dev.agent.hook.HookRun;
import dev.agent.hook.PromptRunner;
import dev.agent.hook.TimeLimit;
import dev.agent.json.ForeignSchema;
import dev.agent.json.Json;
import dev.agent.loop.AgentLoop;
import dev.agent.loop.BetweenSteps;
import dev.agent.loop.CallHooks;
import dev.agent.loop.Gate;
import dev.agent.loop.Limits;
import dev.agent.loop.LoopParts;
import dev.agent.loop.Outcome;
import dev.agent.loop.Recoveries;
import dev.agent.loop.Step;
import dev.agent.loop.ToolRunner;
import dev.agent.loop.TurnState;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest;
import dev.agent.runtime.Ids;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.plan.StructuredOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Hooks of the kind {@code agent}: a loop of its own that reads files and then judges. */
record HookAgent(
    ModelClient client,
    Catalog catalog,
    Ledger ledger,
    Supplier<Optional<BigDecimal>> budget,
    List<Tool> tools,
    Gate gate,
    Ids ids)
    implements ActionRunner<Handler.Action.Agent> {
  private static final int MAX_TURNS = 50;
  private static final int OUTPUT_TOKENS = 8_000;
  private static final String SMALL_MODEL = "haiku";

  @Override
  public HookAnswer run(Handler.Action.Agent action, HookRun run) throws InterruptedException {
    ModelInfo model = catalog.resolve(action.model().orElse(SMALL_MODEL));
    StructuredOutput judgement = new StructuredOutput(schema());
    List<Tool> own = new ArrayList<>(tools);
    own.add(judgement);
    ToolRegistry registry = new ToolRegistry(own);
    // Its own hooks are none: a hook that fires hooks would have no end.
    ToolRunner runner =
        new ToolRunner(
            registry, gate, CallHooks.NONE, (_, _) -> Optional.empty(), _ -> {}, ids, (_, _) -> {});
    LoopParts parts =
        new LoopParts(
            client,
            catalog,
            model,
            Math.min(OUTPUT_TOKENS, model.maxOutput()),
            new RequestAssembler(
                model.id(),
                registry,
                List.of(new ModelRequest.SystemText(system(), true)),
                new ModelRequest.Thinking.Unset(),
                model.effort().isEmpty() ? Optional.empty() : Optional.of("low"),
                false),
            runner,
            ledger,
            new Limits(MAX_TURNS, budget.get().map(left -> left.add(ledger.cost())), false),
            Recoveries.all(),
            List.of(StructuredAnswer.check(judgement)),
            new BetweenSteps() {
              @Override
              public Optional<Outcome> endsAfterTools() {
                return judgement.answer().map(_ -> new Outcome.Completed("", "tool_use"));
              }
            },
            _ -> {});
    String question = PromptRunner.question(action.prompt(), run.input());
    try (TimeLimit limit = new TimeLimit(run.cancellation(), run.limit())) {
      Step.Stop stop =
          new AgentLoop(parts)
              .run(
                  TurnState.start(new Conversation(List.of(Message.user(question)))),
                  limit.cancellation());
      run.cancellation().check();
      if (limit.passed()) {
        return new HookAnswer.Failure(
            "did not judge within " + run.limit().toMillis() / 1000.0 + " s");
      }
      return judgement
          .answer()
          .<HookAnswer>map(
              it ->
                  new HookAnswer.Judged(
                      it.path("ok").asBoolean(false), it.path("reason").asText("")))
          .orElseGet(
              () ->
                  new HookAnswer.Failure(
                      "ended without a judgement ("
                          + stop.outcome().getClass().getSimpleName()
                          + ")"));
    }
  }

  private static ForeignSchema schema() {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("ok").put("type", "boolean");
    properties.putObject("reason").put("type", "string");
    schema.putArray("required").add("ok");
    return ForeignSchema.of(schema);
  }

  private static String system() {
    try (InputStream in = HookAgent.class.getResourceAsStream("hook-agent.md")) {
      if (in == null) {
        throw new IllegalStateException("hook-agent.md is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
