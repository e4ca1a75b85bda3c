package dev.agent.loop;

import dev.agent.message.Usage;
import dev.agent.model.Ledger;
import dev.agent.model.ModelInfo;
import dev.agent.model.Price;
import dev.agent.model.TokenEstimate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Keeps the ledger and holds the budget as an upper bound: the worst case of the next request (all
 * input written anew to the cache, all output used) has to fit into what is left; else its output
 * is cut down, and when not even a short answer fits, the run ends before the request.
 */
final class Spending {
  /** Below this an answer is not worth its input. */
  private static final int MIN_OUTPUT_TOKENS = 256;

  /**
   * The estimate of the input may be too low by this factor; the first request of a model has no
   * counted one to learn from.
   */
  private static final double CAUTION = 1.3;

  private final Ledger ledger;
  private final Optional<BigDecimal> limit;
  private final TokenEstimate estimate;

  Spending(Ledger ledger, Optional<BigDecimal> limit, double bytesPerToken) {
    this.ledger = ledger;
    this.limit = limit;
    this.estimate = new TokenEstimate(bytesPerToken);
  }

  /**
   * The output that the next request may ask for; empty when the budget allows none. Without a
   * budget or a price: what was wanted.
   */
  Optional<Integer> affordable(ModelInfo model, long requestChars, int wanted) {
    Optional<Price> price =
        model.longPrompt().isPresent()
                && inputTokens(requestChars) > model.longPrompt().get().aboveInputTokens()
            ? Optional.of(model.longPrompt().get().price())
            : model.price();
    if (limit.isEmpty() || price.isEmpty()) {
      return Optional.of(wanted);
    }
    BigDecimal input = price.get().of(new Usage(0, 0, 0, inputTokens(requestChars), 0, 0, 0));
    BigDecimal left = limit.get().subtract(ledger.cost()).subtract(input);
    BigDecimal perToken = price.get().output().movePointLeft(6);
    if (perToken.signum() == 0) {
      return left.signum() < 0 ? Optional.empty() : Optional.of(wanted);
    }
    BigDecimal tokens = left.divide(perToken, 0, RoundingMode.DOWN);
    int affordable = tokens.min(BigDecimal.valueOf(wanted)).intValue();
    return affordable >= Math.min(MIN_OUTPUT_TOKENS, wanted)
        ? Optional.of(affordable)
        : Optional.empty();
  }

  private long inputTokens(long chars) {
    return (long) (estimate.tokens(chars) * CAUTION);
  }

  /** Books a response. */
  Optional<BigDecimal> book(ModelInfo model, Usage usage, long requestChars) {
    estimate.observe(requestChars, usage.totalInputTokens());
    return ledger.add(model, usage);
  }

  String spent() {
    return "$" + ledger.cost().setScale(4, RoundingMode.HALF_UP);
  }

  String limitText() {
    return limit.map(it -> "$" + it.toPlainString()).orElse("");
  }
}
