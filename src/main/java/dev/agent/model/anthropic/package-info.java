/**
 * The Messages API over HTTP: {@link dev.agent.model.anthropic.AnthropicClient} sends, {@link
 * dev.agent.model.anthropic.SseReader} takes the bytes apart, {@link
 * dev.agent.model.anthropic.BlockAccumulator} puts messages together.
 *
 * <p>Invariants: a stream ends with {@code message_stop} or with an exception; unknown events,
 * blocks, deltas and members are ignored or kept, never an error; keys never reach a message, a log
 * or a recording.
 */
@NullMarked
package dev.agent.model.anthropic;

import org.jspecify.annotations.NullMarked;
