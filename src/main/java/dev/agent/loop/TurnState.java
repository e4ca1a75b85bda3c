package dev.agent.loop;

import dev.agent.message.Conversation;
import dev.agent.message.Message;

/**
 * Where a run stands: one value, replaced as a whole.
 *
 * @param step model requests answered so far in this run
 * @param used recoveries spent
 * @param because why the loop goes round once more
 */
public record TurnState(Conversation conversation, int step, Used used, Because because) {

  /** Before the first request. */
  public static TurnState start(Conversation conversation) {
    return new TurnState(conversation, 0, Used.NONE, Because.PROMPT);
  }

  /** Why the loop goes round. */
  public enum Because {
    PROMPT,
    TOOL_RESULTS,
    PAUSE_TURN,
    OUTPUT_LIMIT_RAISED,
    OUTPUT_CONTINUED,
    STREAM_RESTARTED,
    MEDIA_STRIPPED,
    STOP_OBJECTION
  }

  /**
   * Recoveries spent since the last whole answer without one.
   *
   * @param raisedOutput whether the answer is asked for with the model's own maximum
   * @param continuations how often the model was told to go on
   * @param restarts how often a broken stream was started over
   * @param pauses rounds of {@code pause_turn}
   * @param strippedMedia whether pictures were taken out
   * @param objections how often a stop was objected to
   */
  public record Used(
      boolean raisedOutput,
      int continuations,
      int restarts,
      int pauses,
      boolean strippedMedia,
      int objections) {
    public static final Used NONE = new Used(false, 0, 0, 0, false, 0);

    Used withRaisedOutput() {
      return new Used(true, continuations, restarts, pauses, strippedMedia, objections);
    }

    Used withContinuation() {
      return new Used(raisedOutput, continuations + 1, restarts, pauses, strippedMedia, objections);
    }

    Used withRestart() {
      return new Used(raisedOutput, continuations, restarts + 1, pauses, strippedMedia, objections);
    }

    Used withPause() {
      return new Used(raisedOutput, continuations, restarts, pauses + 1, strippedMedia, objections);
    }

    Used withStrippedMedia() {
      return new Used(raisedOutput, continuations, restarts, pauses, true, objections);
    }

    Used withObjection() {
      return new Used(raisedOutput, continuations, restarts, pauses, strippedMedia, objections + 1);
    }
  }

  TurnState with(Message message, Used nowUsed, Because why) {
    return new TurnState(conversation.plus(message), step + 1, nowUsed, why);
  }

  TurnState again(Used nowUsed, Because why) {
    return new TurnState(conversation, step, nowUsed, why);
  }
}
