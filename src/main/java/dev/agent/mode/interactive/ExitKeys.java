package dev.agent.mode.interactive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What Ctrl+C means: it drops the draft, then interrupts the work; a further one within two seconds
 * leaves, and where there is nothing to drop or to interrupt, that is said. Owned by one thread.
 */
public final class ExitKeys {
  /** How long a second Ctrl+C counts as one. */
  public static final Duration WINDOW = Duration.ofSeconds(2);

  private final InstantSource time;
  private Instant last = Instant.MIN;
  private Meaning latest = Meaning.WARN;

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
    boolean dropped = again && latest == Meaning.DROP_DRAFT;
    if (again && !(dropped && working)) {
      latest = Meaning.EXIT;
    } else {
      latest = hasDraft ? Meaning.DROP_DRAFT : working ? Meaning.INTERRUPT : Meaning.WARN;
    }
    return latest;
  }
}
