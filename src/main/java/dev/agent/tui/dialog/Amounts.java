package dev.agent.tui.dialog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers in a few characters. */
final class Amounts {
  private Amounts() {}

  /** How long ago something was, in its largest unit. */
  static String age(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.toMinutes() < 1) {
      return "now";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + "m ago";
    }
    if (age.toDays() < 1) {
      return age.toHours() + "h ago";
    }
    return age.toDays() < 14 ? age.toDays() + "d ago" : age.toDays() / 7 + "w ago";
  }

  /** Tokens as 900, 200k, 1M. */
  static String tokens(long tokens) {
    if (tokens < 1_000) {
      return Long.toString(tokens);
    }
    boolean millions = tokens >= 1_000_000;
    BigDecimal amount =
        BigDecimal.valueOf(tokens)
            .divide(
                BigDecimal.valueOf(millions ? 1_000_000 : 1_000),
                millions || tokens < 10_000 ? 1 : 0,
                RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return amount.toPlainString() + (millions ? "M" : "k");
  }

  /** Dollars with two digits, or as they are where they have more to say. */
  static String dollars(BigDecimal dollars) {
    return "$"
        + (dollars.stripTrailingZeros().scale() <= 0
            ? dollars.setScale(0, RoundingMode.HALF_UP).toPlainString()
            : String.format(Locale.ROOT, "%.2f", dollars));
  }

  /** A number with its noun. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
