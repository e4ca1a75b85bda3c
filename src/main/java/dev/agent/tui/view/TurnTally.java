package dev.agent.tui.view;

import dev.agent.message.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/** What a turn adds up to. Owned by the UI thread. */
final class TurnTally {
  private static final int CHARS_PER_TOKEN = 4;

  private Usage usage = Usage.ZERO;
  private BigDecimal cost = BigDecimal.ZERO;
  private boolean isPriced = true;
  private int answers;
  private long openOutput;
  private long openChars;

  void begin() {
    usage = Usage.ZERO;
    cost = BigDecimal.ZERO;
    isPriced = true;
    answers = 0;
    beginAnswer();
  }

  void beginAnswer() {
    openOutput = 0;
    openChars = 0;
  }

  void streamed(int chars) {
    openChars += chars;
  }

  void counted(Usage now) {
    openOutput = Math.max(openOutput, now.outputTokens());
  }

  void answered(Usage used, Optional<BigDecimal> costOfIt) {
    usage = usage.plus(used);
    cost = cost.add(costOfIt.orElse(BigDecimal.ZERO));
    isPriced &= costOfIt.isPresent();
    answers++;
    beginAnswer();
  }

  /** Tokens that came in, those of the answer in progress guessed from its length. */
  long outputTokens() {
    return usage.outputTokens() + Math.max(openOutput, openChars / CHARS_PER_TOKEN);
  }

  Usage usage() {
    return usage;
  }

  /** Empty when some model of the turn has no known price. */
  Optional<BigDecimal> cost() {
    return isPriced ? Optional.of(cost) : Optional.empty();
  }

  int answers() {
    return answers;
  }
}
