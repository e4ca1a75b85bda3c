package dev.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of the environment that must not get into recordings and transcripts. */
final class Secrets {
  /** Shorter values would be masked where they stand by chance. */
  private static final int MIN_LENGTH = 8;

  private static final List<String> SAYING_SO =
      List.of("API_KEY", "APIKEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL");

  private Secrets() {}

  static List<String> of(Map<String, String> environment) {
    List<String> secrets = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (isSecret(name.toUpperCase(Locale.ROOT)) && value.length() >= MIN_LENGTH) {
            secrets.add(value);
          }
        });
    return List.copyOf(secrets);
  }

  private static boolean isSecret(String name) {
    return name.endsWith("_KEY") || SAYING_SO.stream().anyMatch(name::contains);
  }
}
