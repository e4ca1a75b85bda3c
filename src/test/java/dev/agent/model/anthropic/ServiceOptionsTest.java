package dev.agent.model.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.runtime.UserError;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that say where the service is, and who pays. */
final class ServiceOptionsTest {
  private static ServiceOptions from(Map<String, String> environment) {
    return ServiceOptions.from(environment, List.of("beta-1"), Map.of(), "9");
  }

  @ParameterizedTest
  @CsvSource({
    "'',https://api.anthropic.com", "' ',https://api.anthropic.com",
        "http://localhost:8080,http://localhost:8080", "https://x.example/,https://x.example",
    "https://x.example//,https://x.example", "https://x.example/v1/,https://x.example",
        "https://x.example/a/b/,https://x.example/a/b", "HTTP://[::1]:80,HTTP://[::1]:80"
  })
  void theAddressIsTakenAsItIsMeant(String given, String expected) {
    assertThat(from(Map.of("ANTHROPIC_BASE_URL", given)).baseUrl()).isEqualTo(URI.create(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8080",
        "ftp://x",
        "https://",
        "x y",
        "https://user:hunter2@x",
        "https://x?key=hunter2",
        "https://x#hunter2",
        "/v1",
        "https://x:99999"
      })
  void anAddressThatIsNoneIsRefusedWithoutShowingIt(String given) {
    assertThatThrownBy(() -> from(Map.of("ANTHROPIC_BASE_URL", given)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ANTHROPIC_BASE_URL")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void betasCanBeAddedAndSwitchedOff() {
    assertThat(from(Map.of()).betas()).containsExactly("beta-1");
    assertThat(from(Map.of("ANTHROPIC_BETAS", "b2, beta-1 ,,b3")).betas())
        .containsExactly("beta-1", "b2", "b3");
    assertThat(
            from(Map.of("ANTHROPIC_BETAS", "b2", "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS", "1"))
                .betas())
        .isEmpty();
    assertThat(from(Map.of("CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS", "0")).betas()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no colon here", ": value", "bad name: x", "X-A: \u0007hunter2", "X-A: hünter2"})
  void aHeaderThatCantBeSentIsRefusedWithoutShowingIt(String line) {
    assertThatThrownBy(() -> from(Map.of("ANTHROPIC_CUSTOM_HEADERS", line)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ANTHROPIC_CUSTOM_HEADERS")
        .hasMessageNotContaining("nter2");
  }

  @Test
  void aKeyWithALineBreakInsideIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> new Credentials.ApiKey("sk-hunter2\nsk-other"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("API key")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> new Credentials.AuthToken("hünter2"))
        .isInstanceOf(UserError.class)
        .hasMessageNotContaining("nter2");
  }

  @Test
  void theTimeToTheFirstByteCanBeSet() {
    assertThat(from(Map.of("API_TIMEOUT_MS", "600000")).timeouts().firstByte())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(from(Map.of("API_TIMEOUT_MS", "600000")).timeouts().idle())
        .isEqualTo(Duration.ofSeconds(90));
    assertThatThrownBy(() -> from(Map.of("API_TIMEOUT_MS", "10s")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("10s");
    assertThatThrownBy(() -> from(Map.of("API_TIMEOUT_MS", "0"))).isInstanceOf(UserError.class);
  }

  @Test
  void aTokenWinsOverAKeyAndBothOverTheHelper() {
    Optional<KeySource> helper = Optional.of(() -> "k");
    assertThat(
            Credentials.from(
                Map.of("ANTHROPIC_AUTH_TOKEN", "t", "ANTHROPIC_API_KEY", "k"),
                helper,
                System::nanoTime))
        .isEqualTo(new Credentials.AuthToken("t"));
    assertThat(
            Credentials.from(
                Map.of("ANTHROPIC_AUTH_TOKEN", " ", "ANTHROPIC_API_KEY", "k"),
                helper,
                System::nanoTime))
        .isEqualTo(new Credentials.ApiKey("k"));
    assertThat(Credentials.from(Map.of(), helper, System::nanoTime))
        .isInstanceOf(Credentials.KeyCommand.class);
    assertThatThrownBy(() -> Credentials.from(Map.of(), Optional.empty(), System::nanoTime))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ANTHROPIC_API_KEY")
        .hasMessageContaining("apiKeyHelper");
  }

  @Test
  void aHelpersKeyIsUsedUntilItIsOld() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    AtomicLong now = new AtomicLong();
    Credentials helper =
        Credentials.from(
            Map.of("CLAUDE_CODE_API_KEY_HELPER_TTL_MS", "1000"),
            Optional.of(() -> "key" + runs.incrementAndGet()),
            now::get);

    assertThat(helper.headers().get("x-api-key")).isEqualTo("key1");
    now.set(999_999_999L);
    assertThat(helper.headers().get("x-api-key")).isEqualTo("key1");
    now.set(1_000_000_000L);
    assertThat(helper.headers().get("authorization")).isEqualTo("Bearer key2");
    assertThat(helper.refresh()).isTrue();
    assertThat(helper.headers().get("x-api-key")).isEqualTo("key3");
  }

  @Test
  void aHelperThatPrintsNothingIsAnError() {
    Credentials helper =
        new Credentials.KeyCommand(() -> " \n", Duration.ofMinutes(1), System::nanoTime);

    assertThatThrownBy(helper::headers)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("apiKeyHelper");
  }
}
