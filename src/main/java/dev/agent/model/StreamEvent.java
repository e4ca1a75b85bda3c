package dev.agent.model;

import dev.agent.message.ContentBlock;
import dev.agent.message.Usage;

/** What happens while an answer streams. {@code index} is the block's position in the answer. */
public sealed interface StreamEvent {

  /** The answer began; usage holds the input counts. */
  record Started(String messageId, String model, Usage usage) implements StreamEvent {}

  /**
   * A block opened; {@code kind} is its wire type, {@code name} the tool's name for tool calls and
   * empty otherwise.
   */
  record BlockStarted(int index, String kind, String name) implements StreamEvent {}

  /** More text of an answer. */
  record TextDelta(int index, String text) implements StreamEvent {}

  /** More visible thinking. */
  record ThinkingDelta(int index, String text) implements StreamEvent {}

  /** More of a tool input, as raw JSON text. */
  record InputDelta(int index, String partialJson) implements StreamEvent {}

  /**
   * A block is whole. A tool call may start now. A call whose input is not an object carries it in
   * {@link dev.agent.message.Extra#invalidInput()} and must not run.
   */
  record BlockCompleted(int index, ContentBlock block) implements StreamEvent {}

  /** New running totals. */
  record UsageUpdated(Usage usage) implements StreamEvent {}

  /**
   * The raw event as JSON text; sent only when {@link ModelRequest#rawEvents()} asks for it, before
   * the typed event of the same wire event, but after {@link BlockCompleted}.
   */
  record Raw(String json) implements StreamEvent {}

  /** The answer is whole. Always the last event. */
  record Completed(ModelReply reply) implements StreamEvent {}
}
