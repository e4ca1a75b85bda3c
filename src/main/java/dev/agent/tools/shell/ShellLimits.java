package dev.agent.tools.shell;

import java.time.Duration;
import java.util.Map;

/**
 * Bounds of commands.
 *
 * @param usual time limit unless the call names one
 * @param longest the largest limit that a call may name
 * @param windowBytes how much of the output the model gets: its beginning and its end
 */
public record ShellLimits(Duration usual, Duration longest, int windowBytes) {
  private static final int MAX_WINDOW = 1024 * 1024;

  /**
   * The limits from {@code BASH_DEFAULT_TIMEOUT_MS} (120000), {@code BASH_MAX_TIMEOUT_MS} (600000)
   * and {@code BASH_MAX_OUTPUT_LENGTH} (30000); nonsense is passed over.
   */
  public static ShellLimits of(Map<String, String> environment) {
    long longest = number(environment, "BASH_MAX_TIMEOUT_MS", 600_000);
    long usual = Math.min(longest, number(environment, "BASH_DEFAULT_TIMEOUT_MS", 120_000));
    return new ShellLimits(
        Duration.ofMillis(usual),
        Duration.ofMillis(longest),
        (int) Math.min(MAX_WINDOW, number(environment, "BASH_MAX_OUTPUT_LENGTH", 30_000)));
  }

  private static long number(Map<String, String> environment, String name, long otherwise) {
    try {
      long value = Long.parseLong(environment.getOrDefault(name, "").strip());
      return value > 0 ? value : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
