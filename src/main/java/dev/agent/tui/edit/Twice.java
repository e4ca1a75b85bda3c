package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import java.util.Optional;

/** What has to be done twice, and was done once. Times are those of a clock in nanoseconds. */
final class Twice {
  /** It must be done again within this time. */
  static final long LIMIT = 2_000_000_000;

  private Optional<Action> armed = Optional.empty();
  private long since;

  /** It was done once. */
  void arm(Action action, long now) {
    armed = Optional.of(action);
    since = now;
  }

  /** Something else was done. */
  void disarm() {
    armed = Optional.empty();
  }

  /** What would be done twice now. */
  Optional<Action> armed(long now) {
    return now - since < LIMIT ? armed : Optional.empty();
  }
}
