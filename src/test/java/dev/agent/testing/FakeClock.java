package dev.agent.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class FakeClock implements InstantSource {
  private Instant now;

  /** A clock at 2026-11-20T12:00:00Z. */
  public FakeClock() {
    this(Instant.parse("2026-11-20T12:00:00Z"));
  }

  /** A clock at this time. */
  public FakeClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves it, also back. */
  public synchronized FakeClock advance(Duration by) {
    now = now.plus(by);
    return this;
  }
}
