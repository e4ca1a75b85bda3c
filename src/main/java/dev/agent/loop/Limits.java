package dev.agent.loop;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What bounds a run.
 *
 * @param maxTurns model requests in one run
 * @param maxBudget dollars for the whole session; empty = no bound
 * @param asksOnLoop whether a person can be asked when the run goes in circles; else it stops
 */
public record Limits(int maxTurns, Optional<BigDecimal> maxBudget, boolean asksOnLoop) {
  /** A bound that only a run out of control reaches. */
  public static final int DEFAULT_MAX_TURNS = 1_000;
}
