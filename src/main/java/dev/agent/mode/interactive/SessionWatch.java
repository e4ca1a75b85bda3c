package dev.agent.mode.interactive;

import dev.agent.command.SessionFacts.Denial;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.message.Usage;
import dev.agent.tool.Display;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Remembers of a session's events what people may ask for later. Thread-safe. */
final class SessionWatch {
  private static final int MAX_DENIALS = 50;

  private final Instant startedAt;
  private final List<Denial> denials = new ArrayList<>();
  private List<Display.Todo> todos = List.of();
  private Usage lastUsage = Usage.ZERO;
  private int turns;

  SessionWatch(Instant startedAt) {
    this.startedAt = startedAt;
  }

  synchronized void hear(AgentEvent event) {
    switch (event) {
      case AgentEvent.MessageCompleted(var reply, _) -> lastUsage = reply.usage();
      case AgentEvent.ToolFinished(_, _, Display.Todos(List<Display.Todo> items), _, _) ->
          todos = items;
      case AgentEvent.ToolDenied(var call, String reason) -> {
        denials.add(new Denial(call.name(), PlainWriter.subject(call), reason));
        if (denials.size() > MAX_DENIALS) {
          denials.removeFirst();
        }
      }
      case AgentEvent.HistoryRewritten _, AgentEvent.Compacted _ -> lastUsage = Usage.ZERO;
      case AgentEvent.TurnFinished(Outcome outcome) ->
          turns += outcome instanceof Outcome.Completed ? 1 : 0;
      default -> {}
    }
  }

  Instant startedAt() {
    return startedAt;
  }

  synchronized int turns() {
    return turns;
  }

  synchronized Usage lastUsage() {
    return lastUsage;
  }

  synchronized List<Display.Todo> todos() {
    return todos;
  }

  synchronized List<Denial> denials() {
    return List.copyOf(denials);
  }
}
