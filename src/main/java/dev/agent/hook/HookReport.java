package dev.agent.hook;

import java.util.List;

/** What one hook came to. */
public record HookReport(Handler handler, List<HookOutcome> outcomes) {
  public HookReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether nothing was wrong with it. */
  boolean succeeded() {
    return outcomes.stream().noneMatch(HookOutcome.Failed.class::isInstance);
  }
}
