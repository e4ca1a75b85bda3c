package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.ModelReply;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What happens in a run. Events come from the loop's thread and from the threads of tools; a
 * listener is thread-safe and returns at once. Nothing is dropped.
 */
public sealed interface AgentEvent {

  /** A request goes out. */
  record RequestStarted(String model, int step) implements AgentEvent {}

  /** More of the answer's text. */
  record TextDelta(int index, String text) implements AgentEvent {}

  /** More visible thinking. */
  record ThinkingDelta(int index, String text) implements AgentEvent {}

  /** The raw wire event; only when asked for. */
  record RawEvent(String json) implements AgentEvent {}

  /** A block of the answer is whole. */
  record BlockCompleted(String messageId, String model, ContentBlock block) implements AgentEvent {}

  /**
   * The answer is whole and part of the conversation now. The cost is empty when the model has no
   * known price.
   */
  record MessageCompleted(ModelReply reply, Optional<BigDecimal> cost) implements AgentEvent {}

  /** A partial answer was thrown away: what was shown of it does not count. */
  record PartialDiscarded(String messageId, String why) implements AgentEvent {}

  /** The history was rewritten by a recovery: this is what it is now. */
  record HistoryRewritten(Conversation conversation, String why) implements AgentEvent {}

  /**
   * The older part of the history was replaced by something shorter.
   *
   * @param conversation what it is now
   * @param summary what the model is told of the part that is gone
   * @param trigger {@code manual} or {@code auto}
   * @param tokensBefore estimated tokens of the messages
   * @param tokensAfter the same afterwards
   */
  record Compacted(
      Conversation conversation,
      String summary,
      String trigger,
      long tokensBefore,
      long tokensAfter)
      implements AgentEvent {}

  /** A user message joined the conversation. */
  record UserAppended(Message message, Origin origin) implements AgentEvent {}

  /** A call waits for its turn. */
  record ToolQueued(String toolUseId, String name) implements AgentEvent {}

  /**
   * A call is allowed and begins now. Listeners that keep records have them on disk when they
   * return.
   */
  record ToolStarted(ToolCall call, Effect effect) implements AgentEvent {}

  /** News from a running call. */
  record ToolProgress(String toolUseId, String text) implements AgentEvent {}

  /** A call ended. */
  record ToolFinished(
      ContentBlock.ToolUse use,
      ContentBlock.ToolResult result,
      Display forPerson,
      ToolStatus status,
      Duration took)
      implements AgentEvent {}

  /** The permission pipeline refused a call. */
  record ToolDenied(ToolCall call, String reason) implements AgentEvent {}

  /** A request failed and will be tried again after the delay. */
  record Retrying(int attempt, int maxAttempts, Duration delay, int status, String reason)
      implements AgentEvent {}

  /** From here on another model answers. */
  record ModelSwitched(String from, String to, String why) implements AgentEvent {}

  /** A hook begins. */
  record HookStarted(HookId hook) implements AgentEvent {}

  /**
   * A hook ended.
   *
   * @param out what it printed, or answered
   * @param err what it printed as errors, or why nothing came of it
   * @param exitCode of a program that ended by itself
   */
  record HookEnded(HookId hook, String out, String err, OptionalInt exitCode, HookEnd end)
      implements AgentEvent {}

  /** Something that the person should know. */
  record Notice(Level level, String text) implements AgentEvent {}

  /** Running totals of the answer in progress. */
  record UsageUpdated(Usage usage) implements AgentEvent {}

  /** The run is over. Always the last event of a run. */
  record TurnFinished(Outcome outcome) implements AgentEvent {}

  /**
   * One run of a hook.
   *
   * @param id unique in the process
   * @param name the event and what it is about, such as {@code PreToolUse:Bash}
   * @param event such as {@code PreToolUse}
   */
  record HookId(String id, String name, String event) {}

  /** How a hook ended. */
  enum HookEnd {
    SUCCESS,
    ERROR,
    CANCELLED
  }

  /** Why a user message exists. */
  enum Origin {
    PROMPT,
    TOOL_RESULTS,
    CONTINUATION,
    INTERRUPTION,
    /** What the person did meanwhile: known to the model, and not a prompt. */
    CONTEXT
  }

  /** How a call ended. */
  enum ToolStatus {
    DONE,
    FAILED,
    DENIED,
    CANCELLED,
    /** It was asked to stop and has not stopped yet: its effect is unknown. */
    ABANDONED
  }

  /** Weight of a notice. */
  enum Level {
    INFO,
    WARNING,
    ERROR
  }
}
