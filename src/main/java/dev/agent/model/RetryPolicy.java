package dev.agent.model;

import dev.agent.runtime.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * When a failed try is repeated, and after how long.
 *
 * @param maxRetries tries after the first one
 * @param maxRetriesWithoutReset the same for a rate limit whose end the service does not tell: it
 *     may be a spending cap
 * @param maxWait the longest wait asked for by the service that is borne; longer ones fail at once
 * @param giveUpAfterOverloads so many overloads in a row end it, because another model stands by; 0
 *     = none does
 */
public record RetryPolicy(
    int maxRetries, int maxRetriesWithoutReset, Duration maxWait, int giveUpAfterOverloads) {
  /** Ten retries, two for a limit without an end, waits of up to two minutes, no second model. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(10, 2, Duration.ofMinutes(2), 0);

  /** Overloads in a row after which a second model takes over, if there is one. */
  public static final int OVERLOADS_BEFORE_FALLBACK = 3;

  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 32_000;
  private static final double JITTER = 0.25;

  /** What to do after a failure. */
  public sealed interface Verdict {
    /** Try again after the delay; {@code max} retries are allowed for this kind of failure. */
    record Again(Duration delay, int max) implements Verdict {}

    /** Pass the failure on. */
    record GiveUp() implements Verdict {}

    /** Pass the failure on, because the service asks for a longer wait than is borne. */
    record TooLong(Duration time) implements Verdict {}
  }

  /**
   * The default with {@code CLAUDE_CODE_MAX_RETRIES}.
   *
   * @throws UserError when the variable is no number from 0 to 1000
   */
  public static RetryPolicy from(Map<String, String> environment) {
    String text = environment.getOrDefault("CLAUDE_CODE_MAX_RETRIES", "").strip();
    if (text.isEmpty()) {
      return DEFAULT;
    }
    int retries = -1;
    try {
      retries = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      // Told below, with all other numbers that are out of range.
    }
    if (retries < 0 || retries > 1000) {
      throw new UserError(
          "CLAUDE_CODE_MAX_RETRIES is \"" + text + "\", which is no number from 0 to 1000.",
          "Set it to digits only, or unset it.");
    }
    return DEFAULT.withMaxRetries(retries);
  }

  /** The same with another count. */
  public RetryPolicy withMaxRetries(int retries) {
    return new RetryPolicy(
        retries, Math.min(retries, maxRetriesWithoutReset), maxWait, giveUpAfterOverloads);
  }

  /** The same with another bound on waits. */
  public RetryPolicy withMaxWait(Duration wait) {
    return new RetryPolicy(maxRetries, maxRetriesWithoutReset, wait, giveUpAfterOverloads);
  }

  /** The same for a model behind which another one stands by. */
  public RetryPolicy withFallback() {
    return new RetryPolicy(maxRetries, maxRetriesWithoutReset, maxWait, OVERLOADS_BEFORE_FALLBACK);
  }

  /**
   * Judges a failure.
   *
   * @param retries how many were made before it
   * @param overloads how many overloads in a row this failure completes
   * @param random from 0 to below 1
   */
  public Verdict judge(ModelException failure, int retries, int overloads, double random) {
    boolean refused =
        failure.kind() == ModelException.Kind.AUTHENTICATION
            || failure.kind() == ModelException.Kind.PERMISSION;
    if (refused || !failure.shouldRetry().orElse(failure.kind().isTransient())) {
      return new Verdict.GiveUp();
    }
    if (giveUpAfterOverloads > 0 && overloads >= giveUpAfterOverloads) {
      return new Verdict.GiveUp();
    }
    Optional<Duration> asked = failure.retryAfter();
    boolean endless = failure.kind() == ModelException.Kind.RATE_LIMITED && asked.isEmpty();
    int max = endless ? Math.min(maxRetries, maxRetriesWithoutReset) : maxRetries;
    if (retries >= max) {
      return new Verdict.GiveUp();
    }
    if (asked.isPresent() && asked.get().compareTo(maxWait) > 0) {
      return new Verdict.TooLong(asked.get());
    }
    return new Verdict.Again(asked.orElseGet(() -> backoff(retries, random)), max);
  }

  /**
   * Half a second, doubled each time up to 32 s, less up to a quarter, so that many clients don't
   * come back together.
   */
  private static Duration backoff(int retries, double random) {
    long full = retries >= 6 ? LONGEST_MILLIS : FIRST_MILLIS << retries;
    return Duration.ofMillis(Math.round(full * (1 - random * JITTER)));
  }
}
