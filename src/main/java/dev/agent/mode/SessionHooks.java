package dev.agent.mode;

import dev.agent.loop.Outcome;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import java.util.List;
import java.util.Optional;

/** What others have to say around a session's prompts. Called by the session's thread; blocks. */
public interface SessionHooks {
  /** Nobody has anything to say. */
  SessionHooks NONE = new SessionHooks() {};

  /**
   * Before a prompt is sent; the first one begins the session.
   *
   * @throws InterruptedException when cancelled
   */
  default Answer beforePrompt(List<ContentBlock> prompt, Cancellation cancellation)
      throws InterruptedException {
    return new Answer.Send(List.of(), List.of());
  }

  /**
   * Before a question is sent that does not join the conversation: neither does what is said to it
   * here. May be called by any thread.
   *
   * @throws InterruptedException when cancelled
   */
  default Answer beforeAside(String question, Cancellation cancellation)
      throws InterruptedException {
    return new Answer.Send(List.of(), List.of());
  }

  /** After a turn, however it ended. */
  default void afterTurn(Outcome outcome) {}

  /**
   * The person is waited for, or nobody does anything. Returns at once; may be called by any
   * thread.
   */
  default void notify(Notification notification) {}

  /**
   * Before a conversation is made shorter; why it shall not be, if somebody objects.
   *
   * @param trigger manual or auto
   * @param instructions what the person said about it; empty when nothing
   * @throws InterruptedException when cancelled
   */
  default Optional<String> beforeCompaction(
      String trigger, String instructions, Cancellation cancellation) throws InterruptedException {
    return Optional.empty();
  }

  /** After a conversation was made shorter. */
  default void afterCompaction(String trigger, String summary) {}

  /**
   * Takes a session over that has begun without it.
   *
   * @param turn of the prompt that runs now, or ran last
   */
  default void joins(Cancellation turn) {}

  /**
   * Before the session closes.
   *
   * @param reason clear, resume, prompt_input_exit or other
   */
  default void beforeClose(String reason) {}

  /**
   * Something that a person who looks elsewhere may want to know.
   *
   * @param type permission_prompt or idle_prompt
   */
  record Notification(String type, String message, String title) {}

  /** What becomes of a prompt. */
  sealed interface Answer {
    /** It is sent, with more around it. */
    record Send(List<ContentBlock> inFront, List<ContentBlock> behind) implements Answer {
      public Send {
        inFront = List.copyOf(inFront);
        behind = List.copyOf(behind);
      }
    }

    /** It is not sent; the person is told why. */
    record Reject(String reason) implements Answer {}
  }
}
