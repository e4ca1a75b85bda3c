package dev.agent.tui.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What goes on now.
 *
 * @param isWorking whether a turn runs
 * @param since when the turn began
 * @param phase what it does
 * @param phaseSince since when it does that
 * @param outputTokens of this turn; estimated while an answer comes in
 * @param thought how long the last thinking took; zero when there was none
 * @param retry the failure that is waited out, if one is
 */
public record Activity(
    boolean isWorking,
    Instant since,
    Phase phase,
    Instant phaseSince,
    long outputTokens,
    Duration thought,
    Optional<Retry> retry) {
  /** Nothing goes on. */
  public static final Activity IDLE =
      new Activity(
          false, Instant.EPOCH, Phase.WAITING, Instant.EPOCH, 0, Duration.ZERO, Optional.empty());

  /** What a turn does. */
  public enum Phase {
    /** A request is on its way. */
    WAITING,
    THINKING,
    ANSWERING,
    /** Calls run. */
    TOOLS,
    /** The person has to answer a question. */
    ASKING
  }

  /**
   * A request that is tried again.
   *
   * @param status of HTTP; 0 when there was no answer
   * @param due when it goes out
   */
  public record Retry(int attempt, int maxAttempts, int status, Instant due) {}

  static Activity begun(Instant at) {
    return new Activity(true, at, Phase.WAITING, at, 0, Duration.ZERO, Optional.empty());
  }

  Activity to(Phase next, Instant at) {
    return next == phase && retry.isEmpty()
        ? this
        : new Activity(
            isWorking,
            since,
            next,
            next == phase ? phaseSince : at,
            outputTokens,
            next == Phase.WAITING ? Duration.ZERO : thought,
            Optional.empty());
  }

  /** The same while a question waits for the person. */
  public Activity asking() {
    return new Activity(
        isWorking, since, Phase.ASKING, phaseSince, outputTokens, Duration.ZERO, Optional.empty());
  }

  Activity withTokens(long tokens) {
    return new Activity(isWorking, since, phase, phaseSince, tokens, thought, retry);
  }

  Activity withThought(Duration took) {
    return new Activity(isWorking, since, phase, phaseSince, outputTokens, took, retry);
  }

  Activity withRetry(Retry next) {
    return new Activity(
        isWorking, since, phase, phaseSince, outputTokens, thought, Optional.of(next));
  }
}
