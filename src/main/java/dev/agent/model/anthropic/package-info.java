/**
 * The Messages API over HTTP: requests out ({@link dev.agent.model.anthropic.RequestWriter}),
 * server-sent events in ({@link dev.agent.model.anthropic.SseReader}, {@link
 * dev.agent.model.anthropic.BlockAccumulator}), errors told so that a person can act on them. Main
 * type: {@link dev.agent.model.anthropic.AnthropicClient}.
 *
 * <p>Invariants: no retry happens here except one after fresh credentials; a stream without {@code
 * message_stop} is a failure; keys appear in request headers and nowhere else; unknown events,
 * blocks and members never fail and never shift what is known. What is deliberately absent:
 * sampling parameters, databind mapping by annotation.
 */
@NullMarked
package dev.agent.model.anthropic;

import org.jspecify.annotations.NullMarked;
