package dev.agent.loop;

import dev.agent.model.ModelException;
import dev.agent.runtime.Cancellation;
import java.util.Optional;

/**
 * A way back from a failed request. Tried in the order of {@link Recoveries}; the first that offers
 * a state wins.
 */
public interface Recovery {
  /**
   * The state to go on from; empty when this way does not fit or was used up.
   *
   * @throws InterruptedException when cancelled while it waits
   */
  Optional<TurnState> recover(ModelException failure, TurnState state, Cancellation cancellation)
      throws InterruptedException;
}
