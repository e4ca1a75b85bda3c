package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.testing.FakeClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheAccountingTest {
  private static final String OPUS = "claude-opus-5-5"; // minimum 512
  private static final String HAIKU = "claude-haiku-5-5"; // minimum 4096

  private final FakeClock clock = new FakeClock();
  private final CacheAccounting cache = new CacheAccounting(Catalog.load(Json.object()), clock);

  /** Builds a request; a text in brackets is marked, e.g. {@code "[s]"}; {@code "[s]1h"} longer. */
  private static final class Request {
    private final ObjectNode body = Json.object();

    Request(String model) {
      body.put("model", model);
    }

    Request tool(String name) {
      body.withArray("tools").addObject().put("name", name).put("description", big("t" + name));
      return this;
    }

    Request system(String text) {
      add(body.withArray("system").addObject(), text);
      return this;
    }

    Request user(String... texts) {
      ObjectNode message = body.withArray("messages").addObject().put("role", "user");
      for (String text : texts) {
        add(message.withArray("content").addObject(), text);
      }
      return this;
    }

    Request with(String name, String value) {
      body.putObject(name).put("type", value);
      return this;
    }

    private static void add(ObjectNode block, String text) {
      boolean marked = text.startsWith("[");
      String name = marked ? text.substring(1, text.indexOf(']')) : text;
      block.put("type", "text").put("text", big(name));
      if (marked) {
        ObjectNode mark = block.putObject("cache_control").put("type", "ephemeral");
        if (text.endsWith("1h")) {
          mark.put("ttl", "1h");
        }
      }
    }
  }

  /** About 500 tokens. */
  private static String big(String name) {
    return name.equals("small") ? name : (name + "-").repeat(2_000 / (name.length() + 1));
  }

  private Usage account(Request request) {
    return cache.account(new Exchange(1, 0, Map.of(), request.body, 0));
  }

  private static Request base() {
    return new Request(OPUS).tool("a").system("[s]");
  }

  @Test
  void theFirstRequestWritesUpToItsLastMarkAndTheSecondReadsIt() {
    Usage first = account(base().user("[one]"));
    Usage second = account(base().user("one", "[two]"));

    assertThat(first.cacheReadTokens()).isZero();
    assertThat(first.inputTokens()).isZero();
    assertThat(second.cacheReadTokens()).isEqualTo(first.cacheWrite5mTokens());
    assertThat(second.cacheWrite5mTokens()).isBetween(490L, 530L);
    assertThat(second.inputTokens()).isZero();
    assertThat(cache.stats().path("cold_requests_after_first").asInt()).isZero();
  }

  @Test
  void withoutMarksNothingIsCached() {
    Request plain = new Request(OPUS).tool("a").system("s").user("one");
    account(plain);
    Usage second = account(plain);

    assertThat(second.cacheReadTokens() + second.cacheWrite5mTokens()).isZero();
    assertThat(second.inputTokens()).isGreaterThan(1_400);
    assertThat(cache.stats().path("cold_requests_after_first").asInt()).isEqualTo(1);
  }

  @Test
  void whatFollowsTheLastMarkIsNotCached() {
    Usage usage = account(base().user("one"));

    assertThat(usage.inputTokens()).isBetween(490L, 530L);
    assertThat(usage.cacheWrite5mTokens()).isGreaterThan(990);
  }

  @Test
  void aTopLevelMarkStandsOnTheLastBlock() {
    Request request = new Request(OPUS).tool("a").user("one").with("cache_control", "ephemeral");

    assertThat(account(request).inputTokens()).isZero();
  }

  @Test
  void belowTheModelsMinimumNothingIsCached() {
    account(new Request(HAIKU).system("[s]").user("one"));
    Usage second = account(new Request(HAIKU).system("[s]").user("one"));
    account(new Request(OPUS).tool("a").system("[s]").user("one"));
    Usage opus = account(new Request(OPUS).tool("a").system("[s]").user("one"));

    assertThat(second.cacheReadTokens()).isZero();
    assertThat(opus.cacheReadTokens()).isPositive();
  }

  @Test
  void eachModelHasItsOwnCache() {
    account(base().user("[one]"));
    Request other = new Request("claude-opus-5").tool("a").system("[s]").user("[one]");

    assertThat(account(other).cacheReadTokens()).isZero();
  }

  @Test
  void aChangedToolEmptiesEverything() {
    account(base().user("[one]"));
    Usage changed = account(new Request(OPUS).tool("b").system("[s]").user("[one]"));

    assertThat(changed.cacheReadTokens()).isZero();
  }

  @Test
  void aChangedSystemKeepsMarkedTools() {
    Request first = new Request(OPUS).tool("a").tool("b").system("[s]").user("[one]");
    ((ObjectNode) first.body.path("tools").path(1))
        .putObject("cache_control")
        .put("type", "ephemeral");
    account(first);
    Request second = new Request(OPUS).tool("a").tool("b").system("[other]").user("[one]");
    ((ObjectNode) second.body.path("tools").path(1))
        .putObject("cache_control")
        .put("type", "ephemeral");

    assertThat(account(second).cacheReadTokens()).isBetween(990L, 1_060L);
  }

  @Test
  void otherThinkingOrToolChoiceEmptiesOnlyTheMessages() {
    Usage first = account(base().user("[one]"));
    Usage second = account(base().user("[one]").with("thinking", "adaptive"));
    Usage third = account(base().user("[one]").with("tool_choice", "none"));

    assertThat(second.cacheReadTokens()).isPositive().isLessThan(first.cacheWrite5mTokens());
    assertThat(third.cacheReadTokens()).isEqualTo(second.cacheReadTokens());
  }

  @Test
  void aBreakpointLooksBackTwentyBlocks() {
    String[] nineteen = new String[20];
    java.util.Arrays.fill(nineteen, "small");
    nineteen[0] = "one";
    nineteen[19] = "[last]";
    String[] twenty = java.util.Arrays.copyOf(nineteen, 21);
    twenty[19] = "small";
    twenty[20] = "[last]";
    Usage first = account(new Request(OPUS).tool("a").user("[one]"));

    Usage near = account(new Request(OPUS).tool("a").user(nineteen));
    assertThat(near.cacheReadTokens()).isEqualTo(first.cacheWrite5mTokens());

    CacheAccounting fresh = new CacheAccounting(Catalog.load(Json.object()), clock);
    fresh.account(new Exchange(1, 0, Map.of(), new Request(OPUS).tool("a").user("[one]").body, 0));
    Usage far =
        fresh.account(
            new Exchange(2, 0, Map.of(), new Request(OPUS).tool("a").user(twenty).body, 0));
    assertThat(far.cacheReadTokens()).isZero();
  }

  @Test
  void entriesExpireAfterFiveMinutesWithoutUse() {
    account(base().user("[one]"));
    clock.advance(Duration.ofMinutes(4));
    assertThat(account(base().user("[one]")).cacheReadTokens()).isPositive();
    clock.advance(Duration.ofMinutes(4));
    assertThat(account(base().user("[one]")).cacheReadTokens()).isPositive();
    clock.advance(Duration.ofMinutes(5));
    assertThat(account(base().user("[one]")).cacheReadTokens()).isZero();
  }

  @Test
  void anHourLastsAnHourAndIsCountedApart() {
    Usage first = account(new Request(OPUS).tool("a").system("[s]1h").user("[one]"));
    clock.advance(Duration.ofMinutes(59));
    Usage second = account(new Request(OPUS).tool("a").system("[s]1h").user("[one]"));

    assertThat(first.cacheWrite1hTokens()).isPositive();
    assertThat(first.cacheWrite5mTokens()).isBetween(490L, 530L);
    assertThat(second.cacheReadTokens()).isEqualTo(first.cacheWrite1hTokens());
    clock.advance(Duration.ofMinutes(60));
    assertThat(account(new Request(OPUS).tool("a").system("[s]1h").user("[one]")).cacheReadTokens())
        .isZero();
  }

  @Test
  void movingAMarkChangesNoPrefix() {
    account(base().user("[one]"));
    Usage second = account(base().user("one", "two", "[three]"));

    assertThat(second.cacheReadTokens()).isGreaterThan(1_480);
  }

  @Test
  void everyTokenIsCountedOnce() {
    Usage first = account(base().user("[one]", "two"));
    Usage second = account(base().user("one", "[two]", "three"));
    ObjectNode stats = cache.stats();

    assertThat(stats.path("read_tokens").asLong()).isEqualTo(second.cacheReadTokens());
    assertThat(stats.path("written_tokens").asLong())
        .isEqualTo(first.cacheWrite5mTokens() + second.cacheWrite5mTokens());
    assertThat(stats.path("uncached_tokens").asLong())
        .isEqualTo(first.inputTokens() + second.inputTokens());
    assertThat(first.totalInputTokens()).isLessThan(second.totalInputTokens());
  }

  @Test
  void aLongAppendOnlySessionReadsMoreThanNineTenths() {
    for (int turn = 1; turn <= 30; turn++) {
      Request request = base();
      for (int i = 1; i <= turn; i++) {
        request.user(i == turn ? "[turn" + i + "]" : "turn" + i);
      }
      account(request);
    }

    assertThat(cache.stats().path("read_percent").asDouble()).isGreaterThan(90);
    assertThat(cache.stats().path("cold_requests_after_first").asInt()).isZero();
  }
}
