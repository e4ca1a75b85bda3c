package dev.agent.tui.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them: short, and the same everywhere on the screen. */
public final class Amounts {
  private Amounts() {}

  /** {@code 940}, {@code 1.2k}, {@code 41k}, {@code 1.3M}. */
  public static String tokens(long count) {
    if (count < 1_000) {
      return Long.toString(count);
    }
    if (count < 999_500) {
      return count < 9_950 ? tenths((count + 50) / 100) + "k" : Math.round(count / 1e3) + "k";
    }
    return tenths((count + 50_000) / 100_000) + "M";
  }

  /** By hand: it stands in each frame while an answer streams in. */
  private static String tenths(long count) {
    return count / 10 + "." + count % 10;
  }

  /** {@code 18s}, {@code 1m 12s}, {@code 2h 05m}. */
  static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + "m " + String.format(Locale.ROOT, "%02ds", seconds % 60);
    }
    return seconds / 3_600 + "h " + String.format(Locale.ROOT, "%02dm", seconds / 60 % 60);
  }

  /** {@code $0.12}; a cost too small for cents has four places. */
  public static String cost(BigDecimal dollars) {
    boolean tiny = dollars.signum() > 0 && dollars.compareTo(new BigDecimal("0.01")) < 0;
    return "$" + dollars.setScale(tiny ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }

  /** {@code 812 bytes}, {@code 12.3 KB}, {@code 4.0 MB}. */
  static String bytes(long count) {
    if (count < 1_024) {
      return count + (count == 1 ? " byte" : " bytes");
    }
    return count < 1_024 * 1_024
        ? String.format(Locale.ROOT, "%.1f KB", count / 1_024.0)
        : String.format(Locale.ROOT, "%.1f MB", count / 1_048_576.0);
  }

  static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
