package dev.agent.model;

import dev.agent.runtime.Cancellation;

/**
 * A service that answers requests with streams. Thread-safe; several streams may be open at once.
 */
public interface ModelClient {
  /**
   * Sends the request and returns when the answer starts. Blocks; stop it through the cancellation.
   *
   * @throws ModelException when no answer could be started
   * @throws InterruptedException when cancelled
   */
  ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException;
}
