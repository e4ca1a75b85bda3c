package dev.agent.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  private Figures() {}

  /** Such as {@code 812}, {@code 41.2k} or {@code 1.3M}. */
  static String tokens(long tokens) {
    if (tokens < 1_000) {
      return Long.toString(tokens);
    }
    boolean thousands = tokens < 999_950;
    double number = tokens / (thousands ? 1_000.0 : 1_000_000.0);
    return String.format(Locale.ROOT, "%.1f", number).replace(".0", "") + (thousands ? "k" : "M");
  }

  /** Such as {@code $0.41}; {@code $0.0031} where cents say too little. */
  static String dollars(BigDecimal dollars) {
    boolean small = dollars.signum() != 0 && dollars.abs().compareTo(new BigDecimal("0.1")) < 0;
    return "$" + dollars.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }

  /** Such as {@code 37%}; one digit more below ten. */
  static String percent(long part, long whole) {
    double percent = whole <= 0 ? 0 : 100.0 * part / whole;
    return percent > 0 && percent < 9.95
        ? String.format(Locale.ROOT, "%.1f%%", percent)
        : Math.round(percent) + "%";
  }

  /** Such as {@code 812 bytes}, {@code 41 KB} or {@code 1.3 GB}. */
  static String bytes(long bytes) {
    if (bytes < 1_024) {
      return bytes + " bytes";
    }
    String[] units = {"KB", "MB", "GB", "TB"};
    double number = bytes / 1_024.0;
    int unit = 0;
    while (number >= 1_023.5 && unit < units.length - 1) {
      number /= 1_024;
      unit++;
    }
    return String.format(Locale.ROOT, number < 10 ? "%.1f %s" : "%.0f %s", number, units[unit]);
  }

  /** Such as {@code 12s}, {@code 1m 12s} or {@code 3h 5m}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3_600
        ? seconds / 60 + "m " + seconds % 60 + "s"
        : seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m";
  }

  /** Such as {@code 1 file} or {@code 3 files}. */
  static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
