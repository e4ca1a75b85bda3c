package dev.agent.mode;

import dev.agent.loop.Outcome;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import java.util.List;

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

  /** After a turn, however it ended. */
  default void afterTurn(Outcome outcome) {}

  /** Before the session closes. */
  default void beforeClose() {}

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
