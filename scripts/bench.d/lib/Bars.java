import java.util.Arrays;
import java.util.Locale;

/** Prints a figure, what it is beside, their ratio and the bar that it must keep. */
final class Bars {
  private static int missed;

  private Bars() {}

  static void head() {
    System.out.printf("%-58s %11s %11s %9s %7s%n", "", "ours", "beside", "judged", "bar");
  }

  /** Our figure alone. */
  static void atMost(String name, double ours, double bar) {
    line(name, ours, Double.NaN, ours, bar);
  }

  /** Our figure over another one. */
  static void ratio(String name, double ours, double beside, double bar) {
    line(name, ours, beside, beside == 0 ? (ours == 0 ? 0 : 1e9) : ours / beside, bar);
  }

  /** A figure that nobody judges. */
  static void told(String name, double ours) {
    line(name, ours, Double.NaN, Double.NaN, Double.NaN);
  }

  private static void line(String name, double ours, double beside, double judged, double bar) {
    boolean kept = Double.isNaN(bar) || judged <= bar;
    missed += kept ? 0 : 1;
    System.out.printf(
        Locale.ROOT,
        "%-58s %11s %11s %9s %7s %s%n",
        name,
        number(ours),
        number(beside),
        number(judged),
        Double.isNaN(bar) ? "" : bar == Math.rint(bar) ? String.valueOf((long) bar) : "" + bar,
        Double.isNaN(bar) ? "" : kept ? "kept" : "MISSED");
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? ""
        : String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
  }

  static int missed() {
    return missed;
  }

  static double median(double... values) {
    return quantile(values, 0.5);
  }

  /** The value that so large a part of all does not exceed. */
  static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, (int) Math.ceil(part * sorted.length) - 1)];
  }
}
