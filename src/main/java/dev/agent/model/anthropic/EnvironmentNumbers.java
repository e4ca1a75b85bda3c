package dev.agent.model.anthropic;

import dev.agent.runtime.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Numbers from environment variables. */
final class EnvironmentNumbers {
  private EnvironmentNumbers() {}

  /**
   * @return empty when the variable is not set
   * @throws UserError when it holds no positive whole number of at most ten digits
   */
  static Optional<Duration> millis(Map<String, String> environment, String variable) {
    String text = environment.getOrDefault(variable, "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean digits = text.length() <= 10;
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits || Long.parseLong(text) == 0) {
      throw new UserError(
          variable + " is \"" + text + "\", which is no positive number of milliseconds.",
          "Set it to digits only, or unset it.");
    }
    return Optional.of(Duration.ofMillis(Long.parseLong(text)));
  }
}
