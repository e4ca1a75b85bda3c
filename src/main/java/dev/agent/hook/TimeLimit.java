package dev.agent.hook;

import dev.agent.runtime.Cancellation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A cancellation that also fires when a time limit passes. Close it when the work is done. */
public final class TimeLimit implements AutoCloseable {
  private final Cancellation cancellation;
  private final Thread timer;

  public TimeLimit(Cancellation parent, Duration limit) {
    Cancellation own = parent.child();
    this.cancellation = own;
    this.timer =
        Thread.ofVirtual()
            .name("hook-limit")
            .start(
                () -> {
                  try {
                    TimeUnit.NANOSECONDS.sleep(limit.toNanos());
                    own.cancel(Cancellation.Reason.TIMED_OUT);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // the work was done in time
                  }
                });
  }

  /** Hand this to the work. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Whether the limit is what ended it. */
  public boolean passed() {
    return cancellation.reason().filter(Cancellation.Reason.TIMED_OUT::equals).isPresent();
  }

  @Override
  public void close() {
    timer.interrupt();
    cancellation.detach();
  }
}
