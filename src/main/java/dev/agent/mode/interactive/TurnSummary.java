package dev.agent.mode.interactive;

import dev.agent.loop.Outcome;
import dev.agent.message.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What a turn came to.
 *
 * @param usage of all its requests
 * @param cost in dollars; empty when a model's price is not known
 * @param requests to the model
 * @param toolCalls that ended
 */
public record TurnSummary(
    Outcome outcome,
    Duration took,
    Usage usage,
    Optional<BigDecimal> cost,
    int requests,
    int toolCalls) {}
