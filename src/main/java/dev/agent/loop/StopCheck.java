package dev.agent.loop;

import dev.agent.message.Conversation;

/** Asked when the model would stop: may send it back to work. Runs on the loop's thread. */
@FunctionalInterface
public interface StopCheck {
  /**
   * @param objections how often a stop was objected to in this run
   */
  Answer beforeStop(Conversation conversation, int objections) throws InterruptedException;

  /** The answer. */
  sealed interface Answer {
    /** Nothing against it. */
    record Agree() implements Answer {}

    /** Go on; the text goes to the model. */
    record GoOn(String text) implements Answer {}

    /** Stop, but for this reason. */
    record End(Outcome outcome) implements Answer {}
  }
}
