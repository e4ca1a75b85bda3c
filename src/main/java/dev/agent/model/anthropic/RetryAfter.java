package dev.agent.model.anthropic;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/**
 * How long the service asks to wait: {@code retry-after-ms}, else {@code retry-after} as seconds
 * with a fraction or as a date.
 */
final class RetryAfter {
  private RetryAfter() {}

  /** Empty when there is none, or none that makes sense (the past, nonsense, more than 24 days). */
  static Optional<Duration> read(Headers headers, InstantSource clock) {
    Optional<Duration> millis = number(headers.get("retry-after-ms"), 1);
    if (millis.isPresent()) {
      return millis;
    }
    String value = headers.get("retry-after");
    Optional<Duration> seconds = number(value, 1000);
    if (seconds.isPresent() || value == null) {
      return seconds;
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      return sensible(Duration.between(clock.instant(), date.toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> number(
      @org.jspecify.annotations.Nullable String text, int millisEach) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      double value = Double.parseDouble(text.strip()) * millisEach;
      return Double.isFinite(value) && value <= Integer.MAX_VALUE
          ? sensible(Duration.ofNanos((long) (value * 1e6)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> sensible(Duration wait) {
    return wait.isPositive() && wait.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0
        ? Optional.of(wait)
        : Optional.empty();
  }
}
