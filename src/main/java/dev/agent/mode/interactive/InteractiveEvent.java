package dev.agent.mode.interactive;

import dev.agent.command.CommandResult;
import dev.agent.loop.AgentEvent;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What happens in an interactive session. Events come from several threads; a listener is
 * thread-safe and returns at once. Nothing is dropped.
 */
public sealed interface InteractiveEvent {

  /** Something happened in the loop. */
  record Agent(AgentEvent event) implements InteractiveEvent {}

  /** A session is open: draw its conversation in the place of what was drawn before. */
  record SessionOpened(OpenSession session, Why why) implements InteractiveEvent {}

  /** Why a session is drawn anew. */
  enum Why {
    START,
    CLEARED,
    RESUMED,
    REWOUND,
    COMPACTED
  }

  /** A turn begins with these inputs; with none when a failed one is tried again. */
  record TurnStarted(List<UserInput> inputs) implements InteractiveEvent {
    public TurnStarted {
      inputs = List.copyOf(inputs);
    }
  }

  /** A turn is over; the session waits, or takes what is queued. */
  record TurnEnded(TurnSummary summary) implements InteractiveEvent {}

  /** Nothing goes on and nothing waits: it is the person's turn. */
  record AtRest() implements InteractiveEvent {}

  /** Queued messages joined the running turn. */
  record Steered(List<UserInput> inputs) implements InteractiveEvent {
    public Steered {
      inputs = List.copyOf(inputs);
    }
  }

  /** What waits is this now. */
  record QueueChanged(List<Queued> queue) implements InteractiveEvent {
    public QueueChanged {
      queue = List.copyOf(queue);
    }
  }

  /** Somebody waits for {@link Controller#answer}. */
  record QuestionAsked(Question question) implements InteractiveEvent {}

  /** A question needs no answer any more: it was answered, or what asked was stopped. */
  record QuestionSettled(Question question) implements InteractiveEvent {}

  /** From now on this mode counts. */
  record ModeChanged(Mode mode) implements InteractiveEvent {}

  /** From the next request on this model answers. */
  record ModelChanged(ModelInfo model, Optional<String> effort) implements InteractiveEvent {}

  /** The session has another name. */
  record Renamed(String title) implements InteractiveEvent {}

  /**
   * A note of the person's stands in an instruction file now.
   *
   * @param file which one
   */
  record Remembered(String note, Path file) implements InteractiveEvent {}

  /**
   * A command of the person's own begins.
   *
   * @param isPrivate whether the model is never told
   */
  record ShellStarted(String command, boolean isPrivate) implements InteractiveEvent {}

  /** More output of it. */
  record ShellOutput(String text) implements InteractiveEvent {}

  /** It is over. */
  record ShellEnded(String command, ToolResult result) implements InteractiveEvent {}

  /**
   * A slash command is done.
   *
   * @param result what there is to see or to do for whoever draws; a prompt is on its way already
   */
  record CommandEnded(String line, CommandResult result) implements InteractiveEvent {}

  /** A side question is the work that goes on now; those beside other work are not told. */
  record AsideStarted() implements InteractiveEvent {}

  /** It is no more, whatever came of it. */
  record AsideEnded() implements InteractiveEvent {}

  /** A side question was answered; neither is part of the conversation. */
  record Aside(String question, String answer) implements InteractiveEvent {}

  /** Something that the person should know. */
  record Told(AgentEvent.Level level, String text) implements InteractiveEvent {}

  /** A text goes back to where it was typed, to be changed and sent again. */
  record DraftReturned(String text) implements InteractiveEvent {}

  /** Another surface shall go on: the present one leaves and {@linkplain Surface#run returns}. */
  record SurfaceWanted(String name) implements InteractiveEvent {}

  /** The session is over: whoever draws it leaves. Always the last event. */
  record Closed() implements InteractiveEvent {}
}
