package dev.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of the environment that must not get into recordings and transcripts. */
final class Secrets {
  private static final int MIN_LENGTH = 8;

  private Secrets() {}

  static List<String> of(Map<String, String> environment) {
    List<String> secrets = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          String upper = name.toUpperCase(Locale.ROOT);
          boolean secret =
              upper.contains("API_KEY")
                  || upper.contains("TOKEN")
                  || upper.contains("SECRET")
                  || upper.contains("PASSWORD");
          if (secret && value.length() >= MIN_LENGTH) {
            secrets.add(value);
          }
        });
    return List.copyOf(secrets);
  }
}
