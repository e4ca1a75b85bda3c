package dev.agent.context;

import dev.agent.message.Conversation;

/**
 * What a compaction came to.
 *
 * @param conversation what stands in the place of the old one
 * @param summary what the model is told of the part that is gone
 * @param tokensBefore estimated tokens of the messages
 * @param tokensAfter the same afterwards
 */
public record Compaction(
    Conversation conversation, String summary, long tokensBefore, long tokensAfter) {}
