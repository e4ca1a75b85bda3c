package dev.agent.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.message.Usage;
import java.math.BigDecimal;

/** US dollars per million tokens of each kind. */
public record Price(
    BigDecimal input,
    BigDecimal cacheWrite5m,
    BigDecimal cacheWrite1h,
    BigDecimal cacheRead,
    BigDecimal output) {

  /**
   * Reads a price; cache prices that are missing follow the usual factors of the input price (write
   * 1.25 and 2, read 0.1).
   *
   * @throws IllegalArgumentException when input or output is missing, negative or no number
   */
  public static Price of(JsonNode node) {
    BigDecimal input = number(node, "input", null);
    return new Price(
        input,
        number(node, "cacheWrite5m", input.multiply(new BigDecimal("1.25"))),
        number(node, "cacheWrite1h", input.multiply(BigDecimal.TWO)),
        number(node, "cacheRead", input.multiply(new BigDecimal("0.1"))),
        number(node, "output", null));
  }

  private static BigDecimal number(
      JsonNode node, String name, @org.jspecify.annotations.Nullable BigDecimal otherwise) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      if (otherwise == null) {
        throw new IllegalArgumentException(
            "a price needs \"" + name + "\" in dollars per million tokens");
      }
      return otherwise;
    }
    if (!value.isNumber() || value.decimalValue().signum() < 0) {
      throw new IllegalArgumentException(
          "\"" + name + "\" must be a number of dollars, but was " + value);
    }
    return value.decimalValue();
  }

  /** The exact cost in dollars. */
  public BigDecimal of(Usage usage) {
    return input
        .multiply(BigDecimal.valueOf(usage.inputTokens()))
        .add(cacheWrite5m.multiply(BigDecimal.valueOf(usage.cacheWrite5mTokens())))
        .add(cacheWrite1h.multiply(BigDecimal.valueOf(usage.cacheWrite1hTokens())))
        .add(cacheRead.multiply(BigDecimal.valueOf(usage.cacheReadTokens())))
        .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
        .movePointLeft(6);
  }
}
