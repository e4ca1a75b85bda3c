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
 * One call from the model's words to its result: repair and check the input, pass the gate, run,
 * fit the result. Each stage returns a value; nothing is thrown past it. Thread-safe.
 */
public final class ToolRunner {
  private final ToolRegistry tools;
  private final Gate gate;
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
      Overflow overflow,
      Consumer<AgentEvent> events,
      Ids ids,
      BiConsumer<String, Throwable> bugs) {
    this.tools = tools;
    this.gate = gate;
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

  /** Runs a prepared call to its end. Blocks. */
  Ended run(Prepared.Ready ready, Cancellation cancellation) {
    Tool tool = ready.tool();
    ToolCall call = ready.call();
    try {
      cancellation.check();
      switch (gate.rule(call, tool, ready.effect(), cancellation)) {
        case Gate.Ruling.Denied(String forModel, boolean endTurn) -> {
          events.accept(new AgentEvent.ToolDenied(call, forModel));
          return new Ended(ToolResult.error(forModel), AgentEvent.ToolStatus.DENIED, endTurn);
        }
        case Gate.Ruling.Allowed() -> {}
      }
      cancellation.check();
      events.accept(new AgentEvent.ToolStarted(call, ready.effect()));
      ToolResult result = tool.run(call, new Context(call.id(), cancellation, events));
      ToolResult fitted = budget.fit(call.id(), tool.spec().maxResultChars(), result);
      return new Ended(
          fitted,
          result.isError() ? AgentEvent.ToolStatus.FAILED : AgentEvent.ToolStatus.DONE,
          false);
    } catch (ToolException e) {
      String message = e.getMessage() == null ? tool.spec().name() + " failed." : e.getMessage();
      return new Ended(
          budget.fit(call.id(), tool.spec().maxResultChars(), ToolResult.error(message)),
          AgentEvent.ToolStatus.FAILED,
          false);
    } catch (InterruptedException e) {
      return cancelled(cancellation.reason().orElse(Cancellation.Reason.INTERRUPTED));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      if (cancellation.isCancelled()) {
        return cancelled(cancellation.reason().orElseThrow());
      }
      return new Ended(
          ToolResult.error(bug(tool.spec().name(), e)), AgentEvent.ToolStatus.FAILED, false);
    }
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

  /** The result of a call that was stopped. */
  static Ended cancelled(Cancellation.Reason why) {
    String text =
        switch (why) {
          case INTERRUPTED, SHUTDOWN ->
              "The user interrupted this call before it ended. It may have taken effect in part.";
          case SIBLING_FAILED ->
              "Cancelled: another call of the same answer failed. Look at its result first, then"
                  + " decide whether this one is still wanted.";
          case DISCARDED ->
              "Not run: the answer that asked for it was cut off and is being asked for again.";
          case TIMED_OUT -> "Stopped: its time limit passed. It may have taken effect in part.";
        };
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
