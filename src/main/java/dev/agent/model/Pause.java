package dev.agent.model;

import dev.agent.runtime.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait between two tries; a test hands in one that only moves its clock. */
@FunctionalInterface
public interface Pause {
  /**
   * Blocks for so long, or until cancelled.
   *
   * @throws InterruptedException when cancelled
   */
  void await(Duration time, Cancellation cancellation) throws InterruptedException;

  /** Waits for real. */
  static Pause real() {
    return (time, cancellation) -> {
      CountDownLatch cancelled = new CountDownLatch(1);
      try (Cancellation.Registration _ = cancellation.onCancel(cancelled::countDown)) {
        boolean _ = cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
      }
      cancellation.check();
    };
  }
}
