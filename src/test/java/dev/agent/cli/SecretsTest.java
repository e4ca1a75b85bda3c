package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ANTHROPIC_API_KEY",
        "GH_TOKEN",
        "aws_secret_access_key",
        "DB_PASSWORD",
        "MYSQL_PASSWD",
        "STRIPE_KEY",
        "SOME_APIKEY",
        "GOOGLE_CREDENTIALS",
      })
  void namesThatSaySoHoldSecrets(String name) {
    assertThat(Secrets.of(Map.of(name, "12345678"))).containsExactly("12345678");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME", "KEYBOARD_LAYOUT", "GIT_AUTHOR_NAME", "XAUTHORITY"})
  void othersDoNot(String name) {
    assertThat(Secrets.of(Map.of(name, "12345678"))).isEmpty();
  }

  @Test
  void shortValuesWouldBeMaskedByChance() {
    assertThat(Secrets.of(Map.of("GH_TOKEN", "1234567"))).isEmpty();
  }
}
