package dev.agent.mode.replay;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Puts faults in front of and into answers, by chance with a seed: the same seed gives the same
 * faults for the same order of requests. Thread-safe.
 */
public final class Faults implements Function<Exchange, Reply> {
  private final Function<Exchange, Reply> inner;
  private final Random random;
  private final double rate;
  private int inARow;

  /**
   * @param rate share of requests that get a fault, 0 to 1
   */
  public Faults(Function<Exchange, Reply> inner, long seed, double rate) {
    this.inner = inner;
    this.random = new Random(seed);
    this.rate = rate;
  }

  @Override
  public synchronized Reply apply(Exchange exchange) {
    if (random.nextDouble() >= rate || inARow >= 4) {
      inARow = 0;
      return inner.apply(exchange);
    }
    inARow++;
    return switch (random.nextInt(7)) {
      case 0 ->
          new Reply.Failure(
              429, "rate_limit_error", "played by chance", Map.of("retry-after-ms", "20"));
      case 1 -> Reply.failure(529, "overloaded_error");
      case 2 -> Reply.failure(500, "api_error");
      case 3 -> broken(exchange, new Reply.Fault.Drop(random.nextInt(12)));
      case 4 -> broken(exchange, new Reply.Fault.Stall(random.nextInt(12), 1_500));
      case 5 -> broken(exchange, new Reply.Fault.Malformed(1 + random.nextInt(10)));
      default ->
          broken(
              exchange,
              new Reply.Fault.ErrorEvent(
                  random.nextInt(12), random.nextBoolean() ? "overloaded_error" : "api_error"));
    };
  }

  /**
   * A piece of the true answer, so that the client has shown something; the true answer itself
   * stays for the next try.
   */
  private Reply broken(Exchange exchange, Reply.Fault fault) {
    return Reply.text("A piece of an answer that breaks off in the middle " + exchange.number())
        .with(fault);
  }
}
