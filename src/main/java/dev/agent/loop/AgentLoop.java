package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.ModelException;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.runtime.Cancellation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The loop: assemble, sample, execute, append, repeat. A blocking method on the caller's thread
 * that tells what happens through events; stop it through the cancellation.
 *
 * <p>One instance serves one run after another of one session; it is owned by the thread that runs
 * it.
 */
public final class AgentLoop {
  private static final int MAX_CONTINUATIONS = 3;
  private static final int MAX_PAUSES = 5;
  private static final String CONTINUE =
      "Your answer reached the output limit and was cut off. Go on exactly where it stopped,"
          + " without repeating anything; break what is left into smaller pieces.";
  private static final String INTERRUPTED = "[Request interrupted by user]";

  private final AtomicReference<LoopParts> wanted;
  private LoopParts parts; // changes between two steps only
  private final Sampler sampler;
  private final Spending spending;
  private final Repetition repetition = new Repetition();
  private volatile Conversation latest = Conversation.empty();

  public AgentLoop(LoopParts parts) {
    this.parts = parts;
    this.wanted = new AtomicReference<>(parts);
    this.sampler = new Sampler(parts.client(), parts.events());
    this.spending =
        new Spending(parts.ledger(), parts.limits().maxBudget(), parts.model().bytesPerToken());
  }

  /**
   * Changes what the loop is made of, such as the model, from the next request on; client, ledger
   * and limits stay as they were. May be called by any thread, also during a run.
   */
  public void change(UnaryOperator<LoopParts> change) {
    wanted.updateAndGet(change);
  }

  /** What the loop is made of from its next step on. Any thread. */
  public LoopParts parts() {
    return wanted.get();
  }

  /** The conversation of the latest request of a run, or of its beginning. Any thread. */
  public Conversation latest() {
    return latest;
  }

  /**
   * Runs until the model is done or something else ends it. The state at the end is always a
   * conversation that can be gone on with.
   */
  public Step.Stop run(TurnState start, Cancellation cancellation) {
    TurnState state = start;
    latest = start.conversation();
    while (true) {
      switch (step(state, cancellation)) {
        case Step.GoOn(TurnState next) -> state = next;
        case Step.Stop stop -> {
          parts.events().accept(new AgentEvent.TurnFinished(stop.outcome()));
          return stop;
        }
      }
    }
  }

  private Step step(TurnState state, Cancellation cancellation) {
    parts = wanted.get();
    if (cancellation.isCancelled()) {
      return new Step.Stop(state, new Outcome.Interrupted(Outcome.Phase.TOOLS));
    }
    if (state.step() >= parts.limits().maxTurns()) {
      return new Step.Stop(state, new Outcome.MaxTurns(parts.limits().maxTurns()));
    }
    long chars = parts.assembler().chars(state.conversation());
    int wanted = state.used().raisedOutput() ? parts.model().maxOutput() : parts.outputTokens();
    Optional<Integer> maxTokens = spending.affordable(parts.model(), chars, wanted);
    if (maxTokens.isEmpty()) {
      return new Step.Stop(state, new Outcome.BudgetSpent(spending.spent(), spending.limitText()));
    }
    ModelRequest request =
        parts.assembler().assemble(state.conversation(), maxTokens.get(), this::warn);
    latest = state.conversation();
    parts.events().accept(new AgentEvent.RequestStarted(request.model(), state.step()));
    ToolExecutor executor = new ToolExecutor(parts.runner(), cancellation);
    return switch (sampler.sample(request, executor, cancellation)) {
      case Sampler.Sample.Whole(ModelReply reply) ->
          afterReply(state, reply, executor, chars, cancellation);
      case Sampler.Sample.Stopped(Sampler.Partial partial) ->
          afterInterrupt(state, partial, executor, chars);
      case Sampler.Sample.Broken(Sampler.Partial partial, ModelException failure) ->
          executor.discard()
              ? afterFailure(state, partial, failure, chars, cancellation)
              : afterSalvage(state, partial, failure, executor, chars, cancellation);
    };
  }

  private Step afterReply(
      TurnState state,
      ModelReply reply,
      ToolExecutor executor,
      long chars,
      Cancellation cancellation) {
    Optional<BigDecimal> cost =
        spending.book(parts.answeredBy(reply.model()), reply.usage(), chars);
    if (reply.stopReason().equals("refusal") && executor.discard()) {
      parts.events().accept(new AgentEvent.PartialDiscarded(reply.id(), "refused"));
      return new Step.Stop(state, new Outcome.Refused(refusal(reply)));
    }
    boolean cut = reply.stopReason().equals("max_tokens");
    if (cut
        && !state.used().raisedOutput()
        && parts.outputTokens() < parts.model().maxOutput()
        && executor.discard()) {
      parts.events().accept(new AgentEvent.PartialDiscarded(reply.id(), "output limit"));
      return new Step.GoOn(
          state.again(state.used().withRaisedOutput(), TurnState.Because.OUTPUT_LIMIT_RAISED));
    }
    boolean empty = reply.message().content().isEmpty();
    TurnState answered =
        empty
            ? new TurnState(state.conversation(), state.step() + 1, state.used(), state.because())
            : state.with(reply.message(), state.used(), state.because());
    parts.events().accept(new AgentEvent.MessageCompleted(reply, cost));
    if (!executor.isEmpty()) {
      return afterTools(answered, reply.message(), executor, cancellation);
    }
    return switch (reply.stopReason()) {
      case "pause_turn" ->
          state.used().pauses() < MAX_PAUSES
              ? new Step.GoOn(
                  answered.again(state.used().withPause(), TurnState.Because.PAUSE_TURN))
              : atRest(answered, reply);
      case "max_tokens" ->
          state.used().continuations() < MAX_CONTINUATIONS
              ? new Step.GoOn(
                  appended(
                      answered,
                      CONTINUE,
                      state.used().withContinuation(),
                      TurnState.Because.OUTPUT_CONTINUED))
              : new Step.Stop(answered, new Outcome.OutputExhausted(MAX_CONTINUATIONS));
      case "model_context_window_exceeded" ->
          new Step.Stop(
              answered,
              new Outcome.ContextExhausted(
                  "The answer was cut off because the context window is full."));
      default -> atRest(answered, reply);
    };
  }

  private Step afterTools(
      TurnState answered, Message answer, ToolExecutor executor, Cancellation cancellation) {
    ToolExecutor.Results results = executor.results();
    boolean interrupted = Thread.interrupted() || cancellation.isCancelled();
    List<ContentBlock> content = new ArrayList<>(results.blocks());
    if (interrupted) {
      content.add(new ContentBlock.Text(INTERRUPTED));
    } else {
      content.addAll(parts.betweenSteps().afterTools(answer.toolUses()));
    }
    Message message = Message.user(content);
    parts
        .events()
        .accept(
            new AgentEvent.UserAppended(
                message,
                interrupted ? AgentEvent.Origin.INTERRUPTION : AgentEvent.Origin.TOOL_RESULTS));
    TurnState next =
        new TurnState(
            answered.conversation().plus(message),
            answered.step(),
            progressed(answered.used()),
            TurnState.Because.TOOL_RESULTS);
    if (interrupted || results.endTurn()) {
      return new Step.Stop(next, new Outcome.Interrupted(Outcome.Phase.TOOLS));
    }
    Optional<Outcome> satisfied = parts.betweenSteps().endsAfterTools();
    if (satisfied.isPresent()) {
      return new Step.Stop(next, satisfied.get());
    }
    if (repetition.closesCircle(answer.toolUses(), results.blocks())) {
      if (!parts.limits().asksOnLoop()
          || !parts.betweenSteps().goesOnInCircle(answer.toolUses().getFirst().name())) {
        return new Step.Stop(
            next, new Outcome.DoomLoop(answer.toolUses().getFirst().name(), Repetition.LIMIT));
      }
      repetition.reset();
      return new Step.GoOn(told(next));
    }
    return new Step.GoOn(next);
  }

  /** With what the person said when they let the run go on. */
  private TurnState told(TurnState state) {
    List<ContentBlock> said = parts.betweenSteps().afterTools(List.of());
    if (said.isEmpty()) {
      return state;
    }
    Message message = Message.user(said);
    parts.events().accept(new AgentEvent.UserAppended(message, AgentEvent.Origin.TOOL_RESULTS));
    return new TurnState(
        state.conversation().plus(message), state.step(), state.used(), state.because());
  }

  /**
   * A round that ended in tool results is progress: the recoveries start afresh, but not the count
   * of objections, which would let a stop hook go on for ever.
   */
  private static TurnState.Used progressed(TurnState.Used used) {
    return new TurnState.Used(false, 0, 0, 0, used.strippedMedia(), used.objections());
  }

  private Step atRest(TurnState end, ModelReply reply) {
    for (StopCheck check : parts.stopChecks()) {
      try {
        switch (check.beforeStop(end.conversation(), end.used().objections())) {
          case StopCheck.Answer.Agree() -> {}
          case StopCheck.Answer.End(Outcome outcome) -> {
            return new Step.Stop(end, outcome);
          }
          case StopCheck.Answer.GoOn(String text) -> {
            return new Step.GoOn(
                appended(end, text, end.used().withObjection(), TurnState.Because.STOP_OBJECTION));
          }
        }
      } catch (InterruptedException e) {
        return new Step.Stop(end, new Outcome.Interrupted(Outcome.Phase.TOOLS));
      }
    }
    return new Step.Stop(end, new Outcome.Completed(reply.message().text(), reply.stopReason()));
  }

  private TurnState appended(
      TurnState state, String text, TurnState.Used used, TurnState.Because because) {
    Message message = Message.user(text);
    parts.events().accept(new AgentEvent.UserAppended(message, AgentEvent.Origin.CONTINUATION));
    return new TurnState(state.conversation().plus(message), state.step(), used, because);
  }

  private Step afterFailure(
      TurnState state,
      Sampler.Partial partial,
      ModelException failure,
      long chars,
      Cancellation cancellation) {
    if (!partial.messageId().isEmpty()) {
      bookPartial(partial, chars);
      parts
          .events()
          .accept(new AgentEvent.PartialDiscarded(partial.messageId(), failure.kind().toString()));
    }
    try {
      for (Recovery recovery : parts.recoveries()) {
        Optional<TurnState> back = recovery.recover(failure, state, cancellation);
        if (back.isPresent()) {
          if (!back.get().conversation().equals(state.conversation())) {
            parts
                .events()
                .accept(
                    new AgentEvent.HistoryRewritten(
                        back.get().conversation(), back.get().because().toString()));
          }
          return new Step.GoOn(back.get());
        }
      }
    } catch (InterruptedException e) {
      return new Step.Stop(state, new Outcome.Interrupted(Outcome.Phase.STREAMING));
    }
    return new Step.Stop(
        state,
        failure.kind() == ModelException.Kind.CONTEXT_TOO_LONG
            ? new Outcome.ContextExhausted(String.valueOf(failure.getMessage()))
            : new Outcome.ModelFailed(failure));
  }

  /**
   * The answer broke off after a call with effects had begun. What was done must stay known, so the
   * whole blocks become the answer and their results follow; the model goes on from there.
   */
  private Step afterSalvage(
      TurnState state,
      Sampler.Partial partial,
      ModelException failure,
      ToolExecutor executor,
      long chars,
      Cancellation cancellation) {
    warn(
        "The answer broke off ("
            + failure.getMessage()
            + ") after a command had begun; going on from what was done.");
    Message answer = Message.assistant(List.copyOf(partial.blocks().values()));
    ModelReply reply =
        new ModelReply(
            partial.messageId(),
            partial.model(),
            answer,
            "tool_use",
            partial.usage(),
            Map.of(),
            failure.requestId());
    return afterReply(state, reply, executor, chars, cancellation);
  }

  private Step afterInterrupt(
      TurnState state, Sampler.Partial partial, ToolExecutor executor, long chars) {
    Thread.interrupted();
    executor.interrupt();
    List<ContentBlock> kept = new ArrayList<>(partial.blocks().values());
    if (!partial.openText().isBlank()) {
      kept.add(new ContentBlock.Text(partial.openText()));
    }
    TurnState end = state;
    // Thinking alone is no answer: the service wants text or a call behind it.
    boolean worthKeeping =
        kept.stream()
            .anyMatch(
                block ->
                    block instanceof ContentBlock.Text || block instanceof ContentBlock.ToolUse);
    if (!partial.messageId().isEmpty()) {
      Optional<BigDecimal> cost = bookPartial(partial, chars);
      if (worthKeeping) {
        Message answer = Message.assistant(kept);
        end = state.with(answer, state.used(), state.because());
        parts
            .events()
            .accept(
                new AgentEvent.MessageCompleted(
                    new ModelReply(
                        partial.messageId(),
                        partial.model(),
                        answer,
                        "",
                        partial.usage(),
                        Map.of(),
                        ""),
                    cost));
      } else {
        parts.events().accept(new AgentEvent.PartialDiscarded(partial.messageId(), "interrupted"));
      }
    }
    List<ContentBlock> content = new ArrayList<>(executor.results().blocks());
    Thread.interrupted();
    Outcome.Phase phase = content.isEmpty() ? Outcome.Phase.STREAMING : Outcome.Phase.TOOLS;
    content.add(new ContentBlock.Text(INTERRUPTED));
    Message message = Message.user(content);
    parts.events().accept(new AgentEvent.UserAppended(message, AgentEvent.Origin.INTERRUPTION));
    end = new TurnState(end.conversation().plus(message), end.step(), end.used(), end.because());
    return new Step.Stop(end, new Outcome.Interrupted(phase));
  }

  private Optional<BigDecimal> bookPartial(Sampler.Partial partial, long chars) {
    return partial.usage().equals(Usage.ZERO)
        ? Optional.empty()
        : spending.book(parts.answeredBy(partial.model()), partial.usage(), chars);
  }

  private static String refusal(ModelReply reply) {
    var details = reply.extras().get("stop_details");
    String explanation = details == null ? "" : details.path("explanation").asText("");
    return explanation.isEmpty() ? "The model declined this request." : explanation;
  }

  private void warn(String text) {
    parts.events().accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, text));
  }
}
