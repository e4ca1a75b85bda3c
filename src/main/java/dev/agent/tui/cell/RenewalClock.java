package dev.agent.tui.cell;

/**
 * When ids are packed anew: before they run out, and now and then, so that what is gone from the
 * screen leaves the memory. Not thread-safe.
 */
final class RenewalClock {
  private static final long PERIOD = 5L * 60 * 1_000_000_000;

  private boolean isTimeKnown;
  private long renewedAt;

  /** Whether they are due; then they count as packed anew at this time, in nanoseconds. */
  boolean isDue(Pools pools, long nanos) {
    if (!isTimeKnown) {
      isTimeKnown = true;
      renewedAt = nanos;
    }
    boolean due = pools.isNearlyFull() || (nanos - renewedAt >= PERIOD && !pools.isFresh());
    if (due) {
      renewedAt = nanos;
    }
    return due;
  }
}
