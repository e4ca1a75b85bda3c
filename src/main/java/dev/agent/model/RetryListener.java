package dev.agent.model;

import java.time.Duration;

/**
 * Hears what happens behind a request that takes longer than one try. Called on the requesting
 * thread; must return at once.
 */
public interface RetryListener {
  /** Nobody listens. */
  RetryListener SILENT =
      new RetryListener() {
        @Override
        public void onRetry(int attempt, int max, Duration delay, ModelException failure) {}

        @Override
        public void onFallback(String from, String to, ModelException failure) {}
      };

  /**
   * A try failed; the next begins after the delay.
   *
   * @param attempt which retry this will be, from 1
   * @param max how many retries there are at most for this failure
   */
  void onRetry(int attempt, int max, Duration delay, ModelException failure);

  /** From now on another model answers, because the first one is overloaded. Said once. */
  void onFallback(String from, String to, ModelException failure);
}
