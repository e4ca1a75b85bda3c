package dev.agent.mode.interactive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What Ctrl+C means: it drops the draft, else it interrupts the work, else it asks for a second one
 * within two seconds and then leaves. Owned by one thread.
 */
public final class ExitKeys {
  /** How long a second Ctrl+C counts as one. */
  public static final Duration WINDOW = Duration.ofSeconds(2);

  private final InstantSource time;
  private Instant last = Instant.MIN;

  public ExitKeys(InstantSource time) {
    this.time = time;
  }

  /** What to do. */
  public enum Meaning {
    DROP_DRAFT,
    INTERRUPT,
    WARN,
    EXIT
  }

  /** Ctrl+C was pressed. */
  public Meaning pressed(boolean hasDraft, boolean working) {
    Instant now = time.instant();
    boolean again = last.isAfter(now.minus(WINDOW));
    last = now;
    if (again) {
      return Meaning.EXIT;
    }
    return hasDraft ? Meaning.DROP_DRAFT : working ? Meaning.INTERRUPT : Meaning.WARN;
  }
}
