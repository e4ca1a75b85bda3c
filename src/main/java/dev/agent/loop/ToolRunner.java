package dev.agent.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.json.Json;
import dev.agent.json.JsonRepair;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.Ids;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolRegistry;
import dev.agent.tool.ToolResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One call from the model's words to its result: repair and check the input, hear the hooks, pass
 * the gate, run, fit the result, hear the hooks again. Each stage returns a value; nothing is
 * thrown past it. Thread-safe.
 */
public final class ToolRunner {
  private final ToolRegistry tools;
  private final Gate gate;
  private final CallHooks hooks;
  private final ResultBudget budget;
  private final Consumer<AgentEvent> events;
  private final Ids ids;
  private final BiConsumer<String, Throwable> bugs;

  /**
   * @param bugs told of failures that are our own fault: an id that the person sees too, and the
   *     stack trace
   */
  public ToolRunner(
      ToolRegistry tools,
      Gate gate,
      CallHooks hooks,
      Overflow overflow,
      Consumer<AgentEvent> events,
      Ids ids,
      BiConsumer<String, Throwable> bugs) {
    this.tools = tools;
    this.gate = gate;
    this.hooks = hooks;
    this.budget = new ResultBudget(overflow);
    this.events = events;
    this.ids = ids;
    this.bugs = bugs;
  }

  /** What can be said of a call before it runs. */
  sealed interface Prepared {
    ContentBlock.ToolUse use();

    /** It may go to the gate. */
    record Ready(ContentBlock.ToolUse use, Tool tool, ToolCall call, Effect effect)
        implements Prepared {}

    /** It can't run; the model is told why. */
    record Faulty(ContentBlock.ToolUse use, String why) implements Prepared {}
  }

  /** How a call ended. */
  record Ended(ToolResult result, AgentEvent.ToolStatus status, boolean endTurn) {}

  /**
   * Finds the tool, mends and checks the input, asks for the effect. Pure; runs on the loop's
   * thread.
   */
  Prepared prepare(ContentBlock.ToolUse use) {
    Optional<Tool> found = tools.find(use.name());
    if (found.isEmpty()) {
      return new Prepared.Faulty(
          use,
          "There is no tool \""
              + use.name()
              + "\". The tools are "
              + String.join(", ", tools.all().stream().map(tool -> tool.spec().name()).toList())
              + ".");
    }
    Tool tool = found.get();
    String name = tool.spec().name();
    ObjectNode input = use.input();
    Optional<String> raw = use.extra().invalidInput();
    if (raw.isPresent()) {
      Optional<ObjectNode> repaired = JsonRepair.repair(raw.get());
      if (repaired.isEmpty()) {
        return new Prepared.Faulty(
            use,
            "The input of this "
                + name
                + " call is not a JSON object ("
                + fault(raw.get())
                + "), so it was not run. Send the call again with the whole input.");
      }
      input = repaired.get();
    }
    try {
      ObjectNode checked = tool.spec().input().check(input);
      ToolCall call = new ToolCall(use.id(), name, checked);
      return new Prepared.Ready(use, tool, call, tool.effect(checked));
    } catch (InvalidInputException e) {
      return new Prepared.Faulty(
          use,
          name + ": " + e.getMessage() + ". It was not run; correct the input and call it again.");
    } catch (RuntimeException e) {
      return new Prepared.Faulty(use, bug(name, e));
    }
  }

  private static String fault(String raw) {
    try {
      Json.parse(raw);
      return "it is another kind of JSON value";
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return e.getOriginalMessage();
    }
  }

  /** Lets a call that turned out to have effects wait until nothing else runs. */
  @FunctionalInterface
  interface Alone {
    /** False when it must not take effect any more. */
    boolean claim() throws InterruptedException;
  }

  /** Runs a prepared call to its end. Blocks. */
  Ended run(Prepared.Ready prepared, Alone alone, Cancellation cancellation) {
    Tool tool = prepared.tool();
    boolean begun = false;
    try {
      cancellation.check();
      CallHooks.Before before = hooks.before(prepared.call(), prepared.effect(), cancellation);
      if (before.halt().isPresent()) {
        return failed(prepared, "Not run: a hook stopped the session: " + before.halt().get());
      }
      Prepared.Ready ready = prepared;
      if (before.input().isPresent()) {
        switch (rewritten(prepared, before.input().get())) {
          case Prepared.Ready changed -> ready = changed;
          case Prepared.Faulty(_, String why) -> {
            return failed(prepared, why);
          }
        }
      }
      switch (gate.rule(ready.call(), tool, ready.effect(), before.verdict(), cancellation)) {
        case Gate.Ruling.Futile(String why) -> {
          return failed(ready, why);
        }
        case Gate.Ruling.Denied(String forModel, boolean endTurn) -> {
          return denied(ready.call(), forModel, endTurn, cancellation);
        }
        case Gate.Ruling.Changed(ToolCall call, Effect effect) ->
            ready = new Prepared.Ready(ready.use(), tool, call, effect);
        case Gate.Ruling.Allowed() -> {}
      }
      if (ready.effect().kind() != Effect.Kind.READS
          && prepared.effect().kind() == Effect.Kind.READS
          && !alone.claim()) {
        return cancelled(Cancellation.Reason.DISCARDED);
      }
      cancellation.check();
      begun = true;
      events.accept(new AgentEvent.ToolStarted(ready.call(), ready.effect()));
      return execute(ready, cancellation);
    } catch (InterruptedException e) {
      Cancellation.Reason why = cancellation.reason().orElse(Cancellation.Reason.INTERRUPTED);
      return begun ? cancelled(why) : notBegun(why);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      return faulted(tool, e, cancellation);
    }
  }

  private Ended failed(Prepared.Ready ready, String why) {
    int limit = ready.tool().spec().maxResultChars();
    return new Ended(
        budget.fit(ready.call().id(), limit, ToolResult.error(why)),
        AgentEvent.ToolStatus.FAILED,
        false);
  }

  private Ended faulted(Tool tool, Throwable cause, Cancellation cancellation) {
    return cancellation.isCancelled()
        ? cancelled(cancellation.reason().orElseThrow())
        : new Ended(
            ToolResult.error(bug(tool.spec().name(), cause)), AgentEvent.ToolStatus.FAILED, false);
  }

  /** The call with the input that a hook wants: checked as if it came from the model. */
  private Prepared rewritten(Prepared.Ready ready, ObjectNode input) {
    Tool tool = ready.tool();
    try {
      ObjectNode checked = tool.spec().input().check(input);
      return new Prepared.Ready(
          ready.use(),
          tool,
          new ToolCall(ready.call().id(), ready.call().name(), checked),
          tool.effect(checked));
    } catch (InvalidInputException e) {
      return new Prepared.Faulty(
          ready.use(),
          tool.spec().name()
              + ": a hook of the user changed the input to something that does not fit ("
              + e.getMessage()
              + "). It was not run. Tell the user; the same call would fail again.");
    }
  }

  private Ended denied(ToolCall call, String forModel, boolean endTurn, Cancellation cancellation) {
    events.accept(new AgentEvent.ToolDenied(call, forModel));
    String told = forModel;
    try {
      told = hooks.denied(call, forModel, cancellation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Ended(ToolResult.error(told), AgentEvent.ToolStatus.DENIED, endTurn);
  }

  private Ended execute(Prepared.Ready ready, Cancellation cancellation)
      throws InterruptedException {
    Tool tool = ready.tool();
    ToolCall call = ready.call();
    int limit = tool.spec().maxResultChars();
    long began = System.nanoTime();
    ToolResult result;
    try {
      result = tool.run(call, new Context(call.id(), cancellation, events));
    } catch (ToolException e) {
      String message = e.getMessage() == null ? tool.spec().name() + " failed." : e.getMessage();
      result = ToolResult.error(message);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    ToolResult fitted = budget.fit(call.id(), limit, result);
    try {
      ToolResult told = hooks.after(call, ready.effect(), fitted, took, cancellation);
      fitted = told.equals(fitted) ? fitted : budget.fit(call.id(), limit, told);
    } catch (InterruptedException e) {
      // What was done must stay known: the result counts as it is.
      Thread.currentThread().interrupt();
    }
    return new Ended(
        fitted,
        result.isError() ? AgentEvent.ToolStatus.FAILED : AgentEvent.ToolStatus.DONE,
        false);
  }

  private String bug(String tool, Throwable cause) {
    String id = ids.next();
    bugs.accept(id, cause);
    return tool
        + " failed through a fault of the agent itself ("
        + cause.getClass().getSimpleName()
        + ", log id "
        + id
        + "). Try another way.";
  }

  /** The result of a call that was stopped before it did anything. */
  static Ended notBegun(Cancellation.Reason why) {
    return switch (why) {
      case INTERRUPTED, SHUTDOWN ->
          stopped("The user interrupted before this call began. It was not run.");
      case SIBLING_FAILED, DISCARDED, TIMED_OUT -> cancelled(why);
    };
  }

  /** The result of a call that was stopped. */
  static Ended cancelled(Cancellation.Reason why) {
    return stopped(
        switch (why) {
          case INTERRUPTED, SHUTDOWN ->
              "The user interrupted this call before it ended. It may have taken effect in part.";
          case SIBLING_FAILED ->
              "Cancelled: another call of the same answer failed. Look at its result first, then"
                  + " decide whether this one is still wanted.";
          case DISCARDED ->
              "Not run: the answer that asked for it was cut off and is being asked for again.";
          case TIMED_OUT -> "Stopped: its time limit passed. It may have taken effect in part.";
        });
  }

  private static Ended stopped(String text) {
    return new Ended(
        new ToolResult(dev.agent.message.MessageJson.text(text), new Display.Text(text), true),
        AgentEvent.ToolStatus.CANCELLED,
        false);
  }

  /** Wraps up an ended call as the block for the conversation and tells the listeners. */
  ContentBlock.ToolResult conclude(ContentBlock.ToolUse use, Ended ended, Duration took) {
    var content =
        ended.result().forModel().isEmpty()
            ? dev.agent.message.MessageJson.text("(no output)")
            : ended.result().forModel();
    ContentBlock.ToolResult block =
        new ContentBlock.ToolResult(use.id(), content, ended.result().isError());
    events.accept(
        new AgentEvent.ToolFinished(use, block, ended.result().forPerson(), ended.status(), took));
    return block;
  }

  void queued(ContentBlock.ToolUse use) {
    events.accept(new AgentEvent.ToolQueued(use.id(), use.name()));
  }

  private record Context(String id, Cancellation cancellation, Consumer<AgentEvent> events)
      implements ToolContext {
    @Override
    public void progress(String text) {
      events.accept(new AgentEvent.ToolProgress(id, text));
    }
  }
}
