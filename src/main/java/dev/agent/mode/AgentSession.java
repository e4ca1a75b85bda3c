package dev.agent.mode;

import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentLoop;
import dev.agent.loop.Outcome;
import dev.agent.loop.Step;
import dev.agent.loop.TurnState;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.model.Ledger;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.plan.StructuredOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A session that prompts are given to, one after another. Owned by one thread. */
public final class AgentSession implements AutoCloseable {
  private final Parts parts;
  private volatile Conversation conversation;
  private volatile boolean running;
  private boolean first = true;

  /**
   * What a session is made of.
   *
   * @param firstReminder goes in front of the first prompt of a new session; empty when there is
   *     nothing to say
   * @param beforePrompt told the number of the prompt, for checkpoints
   * @param hooks heard before each prompt, after each turn and before the end
   * @param close ends what belongs to the session
   * @param notices what the person should know before anything runs
   */
  public record Parts(
      String id,
      ModelInfo model,
      Mode permissionMode,
      ToolRegistry tools,
      AgentLoop loop,
      EventHub events,
      Ledger ledger,
      Conversation conversation,
      String firstReminder,
      Consumer<Message> beforePrompt,
      SessionHooks hooks,
      Optional<StructuredOutput> structured,
      List<String> notices,
      String keySource,
      Runnable close) {}

  public AgentSession(Parts parts) {
    this.parts = parts;
    this.conversation = parts.conversation();
    this.first = isUnanswered(parts.conversation());
  }

  /** What it is made of. */
  public Parts parts() {
    return parts;
  }

  /** Everything said so far. */
  public Conversation conversation() {
    return conversation;
  }

  /**
   * Everything said so far; while a turn runs, as the model saw it with the latest request. Any
   * thread.
   */
  public Conversation soFar() {
    return running ? parts.loop().latest() : conversation;
  }

  /** Gives a prompt and runs until the turn ends. */
  public Step.Stop prompt(List<ContentBlock> content, Cancellation cancellation) {
    SessionHooks.Answer answer;
    try {
      answer = parts.hooks().beforePrompt(content, cancellation);
    } catch (InterruptedException e) {
      return notSent(new Outcome.Interrupted(Outcome.Phase.STREAMING));
    }
    Step.Stop stop =
        switch (answer) {
          case SessionHooks.Answer.Reject(String reason) ->
              notSent(new Outcome.StoppedByHook(reason));
          case SessionHooks.Answer.Send(List<ContentBlock> inFront, List<ContentBlock> behind) -> {
            List<ContentBlock> blocks = new ArrayList<>(inFront);
            blocks.addAll(content);
            blocks.addAll(behind);
            yield send(blocks, cancellation);
          }
        };
    parts.hooks().afterTurn(stop.outcome());
    return stop;
  }

  /** The conversation stays as it is: the next prompt finds nothing of this one. */
  private Step.Stop notSent(Outcome outcome) {
    parts.events().accept(new AgentEvent.TurnFinished(outcome));
    return new Step.Stop(TurnState.start(conversation), outcome);
  }

  private Step.Stop send(List<ContentBlock> content, Cancellation cancellation) {
    List<ContentBlock> blocks = new ArrayList<>();
    if (first && !parts.firstReminder().isEmpty()) {
      blocks.add(new ContentBlock.Text(parts.firstReminder()));
    }
    first = false;
    blocks.addAll(content);
    Message message = Message.user(blocks);
    parts.beforePrompt().accept(message);
    parts.events().accept(new AgentEvent.UserAppended(message, AgentEvent.Origin.PROMPT));
    running = true;
    try {
      Step.Stop stop = parts.loop().run(TurnState.start(conversation.plus(message)), cancellation);
      conversation = stop.end().conversation();
      return stop;
    } finally {
      running = false;
    }
  }

  /** Whether the last thing said waits for an answer that never came. */
  public boolean awaitsAnswer() {
    List<Message> messages = conversation.messages();
    return !messages.isEmpty() && messages.getLast().role() == Role.USER;
  }

  /** Asks the model once more for the answer that failed; nothing is said anew. */
  public Step.Stop again(Cancellation cancellation) {
    Step.Stop stop = parts.loop().run(TurnState.start(conversation), cancellation);
    conversation = stop.end().conversation();
    parts.hooks().afterTurn(stop.outcome());
    return stop;
  }

  /** Adds something that the model finds before the next prompt; asks it nothing. */
  public void addContext(List<ContentBlock> content) {
    Message message = Message.user(content);
    parts.events().accept(new AgentEvent.UserAppended(message, AgentEvent.Origin.CONTEXT));
    conversation = conversation.plus(message);
  }

  /** Goes on from another conversation, such as an earlier state of this one. */
  public void goOnFrom(Conversation other) {
    conversation = other;
    first = isUnanswered(other);
  }

  /** What is said at the beginning has to be said again as long as no answer rests on it. */
  private static boolean isUnanswered(Conversation conversation) {
    return conversation.messages().stream().noneMatch(it -> it.role() == Role.ASSISTANT);
  }

  @Override
  public void close() {
    close("other");
  }

  /**
   * Ends it.
   *
   * @param reason for hooks: clear, resume, prompt_input_exit or other
   */
  public void close(String reason) {
    try {
      parts.hooks().beforeClose(reason);
    } finally {
      parts.close().run();
    }
  }
}
