package dev.agent.model;

import dev.agent.message.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is known of a model.
 *
 * @param id as sent to the service
 * @param contextWindow tokens that fit into a request with its answer
 * @param maxOutput the most that may be asked for
 * @param defaultOutput what is asked for unless someone says otherwise
 * @param price empty = unknown: show tokens, no dollars
 * @param longPrompt another price for requests with very long prompts
 * @param effort the effort sent by default; empty = the model has no such setting
 * @param minCachePrefix tokens below which nothing is cached
 * @param bytesPerToken for estimates, until the service has counted
 * @param known whether the catalog lists it
 */
public record ModelInfo(
    String id,
    int contextWindow,
    int maxOutput,
    int defaultOutput,
    Optional<Price> price,
    Optional<LongPrompt> longPrompt,
    ThinkingStyle thinking,
    String effort,
    int minCachePrefix,
    double bytesPerToken,
    boolean known) {

  /** Which thinking setting the model takes. */
  public enum ThinkingStyle {
    /** {@code adaptive}: the model decides. */
    ADAPTIVE,
    /** {@code enabled} with a budget of tokens. */
    BUDGET,
    /** Says nothing about thinking. */
    NONE
  }

  /** A price that applies to the whole request once its input is longer than the threshold. */
  public record LongPrompt(long aboveInputTokens, Price price) {}

  /** The cost of one response in dollars; empty when the price is unknown. */
  public Optional<BigDecimal> cost(Usage usage) {
    if (longPrompt.isPresent() && usage.totalInputTokens() > longPrompt.get().aboveInputTokens()) {
      return Optional.of(longPrompt.get().price().of(usage));
    }
    return price.map(it -> it.of(usage));
  }
}
