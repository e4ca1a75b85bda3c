package dev.agent.context;

import dev.agent.message.Conversation;
import dev.agent.model.ModelException;
import dev.agent.runtime.Cancellation;
import java.util.Optional;

/** A way to make a conversation shorter. */
public interface CompactionStrategy {
  /**
   * A shorter conversation that can be gone on with; empty when this way can't make it shorter.
   * Blocks where a model is asked. The given conversation is not changed.
   *
   * @throws ModelException when a model had to be asked and gave no answer
   * @throws InterruptedException when cancelled
   */
  Optional<Compaction> compact(Conversation conversation, Budget budget, Cancellation cancellation)
      throws ModelException, InterruptedException;
}
