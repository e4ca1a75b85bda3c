package dev.agent.model;

import dev.agent.message.Usage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a session has used and what it cost, per model and in all. Thread-safe. */
public final class Ledger {
  private final Map<String, Line> lines = new LinkedHashMap<>();

  /**
   * One model's share.
   *
   * @param cost dollars of the priced requests
   * @param priced false when some request had no known price, so that {@code cost} is too low
   */
  public record Line(ModelInfo model, Usage usage, BigDecimal cost, boolean priced, int requests) {}

  /**
   * Adds the usage of one response and returns what it cost; empty when the model has no known
   * price.
   */
  public synchronized Optional<BigDecimal> add(ModelInfo model, Usage usage) {
    Optional<BigDecimal> cost = model.cost(usage);
    Line before =
        lines.getOrDefault(model.id(), new Line(model, Usage.ZERO, BigDecimal.ZERO, true, 0));
    lines.put(
        model.id(),
        new Line(
            model,
            before.usage().plus(usage),
            before.cost().add(cost.orElse(BigDecimal.ZERO)),
            before.priced() && cost.isPresent(),
            before.requests() + 1));
    return cost;
  }

  /** Per model, in order of first use. */
  public synchronized Map<String, Line> lines() {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(lines));
  }

  /** All usage. */
  public synchronized Usage usage() {
    Usage sum = Usage.ZERO;
    for (Line line : lines.values()) {
      sum = sum.plus(line.usage());
    }
    return sum;
  }

  /** All dollars that are known. */
  public synchronized BigDecimal cost() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Line line : lines.values()) {
      sum = sum.add(line.cost());
    }
    return sum;
  }

  /** Whether every request had a known price. */
  public synchronized boolean isPriced() {
    return lines.values().stream().allMatch(Line::priced);
  }
}
