package dev.agent.context;

import dev.agent.message.Conversation;
import dev.agent.model.ModelInfo;

/**
 * What a conversation may be long.
 *
 * @param inputTokens the window without what is kept free for the answer
 * @param bytesPerToken for estimates
 */
public record Budget(long inputTokens, double bytesPerToken) {
  /**
   * @param outputTokens kept free for the answer
   */
  public static Budget of(ModelInfo model, int outputTokens) {
    return new Budget(
        Math.max(1, (long) model.contextWindow() - outputTokens), model.bytesPerToken());
  }

  /** About how many tokens a conversation has. */
  public long tokens(Conversation conversation) {
    return tokens(ContextUse.chars(conversation.messages()));
  }

  /** About how many tokens so many characters are. */
  public long tokens(long chars) {
    return (long) Math.ceil(chars / bytesPerToken);
  }
}
