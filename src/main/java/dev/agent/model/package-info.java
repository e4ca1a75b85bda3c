/**
 * The model as a stream that is pulled: {@link dev.agent.model.ModelClient} opens one, one reader
 * takes {@link dev.agent.model.StreamEvent}s from it. Also the catalog of models with their limits,
 * abilities and prices, the token estimate and the price of usage.
 *
 * <p>Invariants: a stream ends with {@link dev.agent.model.StreamEvent.Completed} or a {@link
 * dev.agent.model.ModelException}, never with a short success; {@code model.anthropic} is the only
 * place that knows HTTP.
 */
@NullMarked
package dev.agent.model;

import org.jspecify.annotations.NullMarked;
