package dev.agent.mode.print;

import java.math.RoundingMode;
import java.util.Locale;

/** One line that sums a turn up: turns, tokens, cache, dollars. */
final class CostLine {
  private CostLine() {}

  static String of(TurnResult result) {
    var usage = result.usage();
    long total = usage.totalInputTokens();
    long read = total == 0 ? 0 : Math.round(100.0 * usage.cacheReadTokens() / total);
    String cost =
        result.ledger().isPriced()
            ? "$" + result.ledger().cost().setScale(4, RoundingMode.HALF_UP)
            : "unpriced";
    return result.turns()
        + (result.turns() == 1 ? " turn · " : " turns · ")
        + tokens(total)
        + " input ("
        + read
        + "% from cache) + "
        + tokens(usage.outputTokens())
        + " output · "
        + cost
        + " · session "
        + result.sessionId();
  }

  static String tokens(long count) {
    return count < 1_000
        ? String.valueOf(count)
        : String.format(Locale.ROOT, "%.1fk", count / 1000.0);
  }
}
