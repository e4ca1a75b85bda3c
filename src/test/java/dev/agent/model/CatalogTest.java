package dev.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Usage;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
  private final Catalog catalog = Catalog.load(Json.object());

  @ParameterizedTest
  @CsvSource({
    "opus, claude-opus-5-5",
    "OPUS, claude-opus-5-5",
    "best, claude-opus-5-5",
    "sonnet, claude-sonnet-5-5",
    "haiku, claude-haiku-5-5",
    "fable, claude-fable-5-2",
    "opusplan, claude-sonnet-5-5",
    "claude-opus-4-8, claude-opus-4-8",
    "' sonnet ', claude-sonnet-5-5"
  })
  void namesThatPeopleTypeAreResolved(String typed, String id) {
    assertThat(catalog.resolve(typed).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "us.anthropic.claude-opus-4-6-v1, claude-opus-4-6",
    "anthropic.claude-sonnet-4-5-20250929-v1:0, claude-sonnet-4-5",
    "claude-sonnet-4-5@20250929, claude-sonnet-4-5",
    "claude-haiku-4-5-20251001, claude-haiku-4-5",
    "anthropic/claude-opus-5.5, claude-opus-5-5",
    "global.anthropic.claude-fable-5-1, claude-fable-5-1"
  })
  void formsOfCloudsHaveThePriceOfTheirModelAndKeepTheirName(String form, String id) {
    ModelInfo info = catalog.resolve(form);
    assertThat(info.id()).isEqualTo(form);
    assertThat(info.price()).isEqualTo(catalog.resolve(id).price()).isPresent();
  }

  @Test
  void anUnknownModelHasNoPriceAndCautiousLimits() {
    ModelInfo info = catalog.resolve("qwen3-coder:30b");
    assertThat(info.known()).isFalse();
    assertThat(info.id()).isEqualTo("qwen3-coder:30b");
    assertThat(info.contextWindow()).isEqualTo(200_000);
    assertThat(info.cost(new Usage(1, 1, 0, 0, 0, 0, 0))).isEmpty();
  }

  @Test
  void theSuffixAsksForAMillionTokensAndIsNotSent() {
    ModelInfo info = catalog.resolve("claude-sonnet-4-6[1m]");
    assertThat(info.id()).isEqualTo("claude-sonnet-4-6");
    assertThat(info.contextWindow()).isEqualTo(1_000_000);
    assertThat(catalog.resolve("claude-sonnet-4-6").contextWindow()).isEqualTo(200_000);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-opus-5-5, 1000000, 0, 0, 0, 0, 4",
    "claude-opus-5-5, 0, 1000000, 0, 0, 0, 20",
    "claude-opus-5-5, 0, 0, 1000000, 0, 0, 0.2",
    "claude-opus-5-5, 0, 0, 0, 1000000, 0, 5",
    "claude-opus-5-5, 0, 0, 0, 0, 1000000, 8",
    "claude-sonnet-5-5, 1000, 2000, 30000, 400, 0, 0.026000",
    "claude-haiku-5-5, 100000, 0, 0, 0, 0, 0.01",
    "claude-haiku-5-5, 100001, 0, 0, 0, 0, 0.0500005",
    "claude-haiku-5-5, 1, 1000000, 100000, 0, 0, 2.5050005"
  })
  void costsAreExact(
      String id,
      long input,
      long output,
      long read,
      long write5m,
      long write1h,
      BigDecimal dollars) {
    BigDecimal cost =
        catalog
            .resolve(id)
            .cost(new Usage(input, output, read, write5m, write1h, 0, 0))
            .orElseThrow();
    assertThat(cost).isEqualByComparingTo(dollars);
  }

  @Test
  void overridesChangeOneModelAndKeepTheRestOfIt() {
    ObjectNode overrides = Json.object();
    overrides.putObject("claude-opus-5-5").put("input", 1).put("output", 2);
    overrides
        .putObject("local")
        .put("input", 0)
        .put("output", 0)
        .put("contextWindow", 65_536)
        .put("maxOutput", 8_000);
    Catalog changed = Catalog.load(overrides);
    assertThat(changed.resolve("opus").price().orElseThrow().input()).isEqualByComparingTo("1");
    assertThat(changed.resolve("opus").price().orElseThrow().cacheRead())
        .isEqualByComparingTo("0.1");
    assertThat(changed.resolve("opus").contextWindow()).isEqualTo(1_000_000);
    assertThat(changed.resolve("local").contextWindow()).isEqualTo(65_536);
    assertThat(changed.resolve("local").defaultOutput()).isEqualTo(8_000);
    assertThat(changed.problems()).isEmpty();
  }

  @Test
  void badOverridesAreReportedAndTakeNothingElseWithThem() {
    ObjectNode overrides = Json.object();
    overrides.putObject("claude-opus-5-5").put("input", "cheap").put("output", 2);
    overrides.put("claude-haiku-5-5", 3);
    overrides.putObject("local").put("contextWindow", -1);
    overrides.putObject("fine").put("input", 1).put("output", 1);
    Catalog changed = Catalog.load(overrides);
    assertThat(changed.problems()).hasSize(3);
    assertThat(changed.resolve("opus").price().orElseThrow().input()).isEqualByComparingTo("4");
    assertThat(changed.resolve("fine").price()).isPresent();
  }

  @Test
  void theLedgerAddsUpPerModelAndKnowsWhenAPriceIsMissing() {
    Ledger ledger = new Ledger();
    ledger.add(catalog.resolve("opus"), new Usage(1_000_000, 0, 0, 0, 0, 0, 0));
    ledger.add(catalog.resolve("opus"), new Usage(0, 1_000_000, 0, 0, 0, 0, 0));
    assertThat(ledger.cost()).isEqualByComparingTo("24");
    assertThat(ledger.isPriced()).isTrue();
    ledger.add(catalog.resolve("local"), new Usage(5, 5, 0, 0, 0, 0, 0));
    assertThat(ledger.isPriced()).isFalse();
    assertThat(ledger.lines().keySet()).containsExactly("claude-opus-5-5", "local");
    assertThat(ledger.usage().inputTokens()).isEqualTo(1_000_005);
  }
}
