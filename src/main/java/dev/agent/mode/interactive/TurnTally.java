package dev.agent.mode.interactive;

import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.message.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Adds up what a turn's events say. Thread-safe. */
final class TurnTally {
  private long began;
  private Usage usage = Usage.ZERO;
  private BigDecimal cost = BigDecimal.ZERO;
  private boolean priced = true;
  private int requests;
  private int toolCalls;

  /** A turn begins. */
  synchronized void reset() {
    began = System.nanoTime();
    usage = Usage.ZERO;
    cost = BigDecimal.ZERO;
    priced = true;
    requests = 0;
    toolCalls = 0;
  }

  synchronized void hear(AgentEvent event) {
    switch (event) {
      case AgentEvent.RequestStarted _ -> requests++;
      case AgentEvent.ToolFinished _ -> toolCalls++;
      case AgentEvent.MessageCompleted(var reply, Optional<BigDecimal> price) -> {
        usage = usage.plus(reply.usage());
        cost = cost.add(price.orElse(BigDecimal.ZERO));
        priced &= price.isPresent();
      }
      default -> {}
    }
  }

  synchronized TurnSummary summary(Outcome outcome) {
    return new TurnSummary(
        outcome,
        Duration.ofNanos(System.nanoTime() - began),
        usage,
        priced ? Optional.of(cost) : Optional.empty(),
        requests,
        toolCalls);
  }
}
