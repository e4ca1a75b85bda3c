package dev.agent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.model.ModelException.Kind;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries in virtual time. */
@Timeout(120)
final class RetryingClientTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

  /** A run of the client with what it did. */
  private static final class Run {
    final List<Duration> waits = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final FakeClient service;
    final RetryingClient client;

    Run(RetryPolicy policy, double random, List<FakeClient.Play> script) {
      service = new FakeClient(script);
      RetryListener listener =
          new RetryListener() {
            @Override
            public void onRetry(int attempt, int max, Duration delay, ModelException failure) {
              told.add(attempt + "/" + max + " " + delay.toMillis() + " " + failure.kind());
            }

            @Override
            public void onFallback(String from, String to, ModelException failure) {
              throw new AssertionError("no fallback here");
            }
          };
      client =
          new RetryingClient(
              service, policy, (time, _) -> waits.add(time), () -> random, CLOCK, listener);
    }

    /** The answer's text as shown. */
    String answer() throws ModelException, InterruptedException {
      StringBuilder shown = new StringBuilder();
      try (ModelStream stream = client.open(FakeClient.request(), Cancellation.root())) {
        while (stream.hasNext()) {
          if (stream.next() instanceof StreamEvent.TextDelta(_, String text)) {
            shown.append(text);
          }
        }
      }
      return shown.toString();
    }
  }

  private static List<FakeClient.Play> script(int failures, ModelException failure) {
    List<FakeClient.Play> plays =
        new ArrayList<>(Collections.nCopies(failures, FakeClient.Play.fails(failure)));
    plays.add(FakeClient.Play.good());
    return plays;
  }

  @Test
  void delaysDoubleUpToThirtyTwoSeconds() throws Exception {
    Run run = new Run(RetryPolicy.DEFAULT, 0, script(10, FakeClient.failure(Kind.SERVER)));

    assertThat(run.answer()).isEqualTo("answer 11");

    assertThat(run.waits.stream().map(Duration::toMillis))
        .containsExactly(
            500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 32_000L, 32_000L, 32_000L, 32_000L);
    assertThat(run.told).hasSize(10).startsWith("1/10 500 SERVER").endsWith("10/10 32000 SERVER");
  }

  @Test
  void jitterTakesUpToAQuarterOff() throws Exception {
    Run run = new Run(RetryPolicy.DEFAULT, 0.999, script(8, FakeClient.failure(Kind.NETWORK)));

    run.answer();

    assertThat(run.waits.getFirst().toMillis()).isBetween(375L, 376L);
    assertThat(run.waits.getLast().toMillis()).isBetween(24_000L, 24_010L);
  }

  @Test
  void theEleventhFailureIsPassedOnAndSaysHowOften() {
    Run run = new Run(RetryPolicy.DEFAULT, 0, script(11, FakeClient.failure(Kind.SERVER)));

    assertThatThrownBy(run::answer)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("It failed.")
        .hasMessageContaining("11 times");

    assertThat(run.waits).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyPassingFailuresAreRepeated(Kind kind) throws Exception {
    Run run = new Run(RetryPolicy.DEFAULT, 0, script(1, FakeClient.failure(kind)));
    Set<Kind> passing =
        EnumSet.of(
            Kind.OVERLOADED,
            Kind.RATE_LIMITED,
            Kind.SERVER,
            Kind.NETWORK,
            Kind.INCOMPLETE,
            Kind.STALLED,
            Kind.MALFORMED);

    if (passing.contains(kind)) {
      assertThat(run.answer()).isEqualTo("answer 2");
    } else {
      assertThatThrownBy(run::answer).isInstanceOf(ModelException.class).hasMessage("It failed.");
      assertThat(run.service.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theServiceMayForbidARetry(Kind kind) {
    Run run =
        new Run(
            RetryPolicy.DEFAULT,
            0,
            script(1, FakeClient.failure(kind, Optional.empty(), Optional.of(false))));

    assertThatThrownBy(run::answer).isInstanceOf(ModelException.class);

    assertThat(run.service.requests).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theServiceMayAskForARetryButNeverOfARefusedKey(Kind kind) throws Exception {
    Run run =
        new Run(
            RetryPolicy.DEFAULT,
            0,
            script(1, FakeClient.failure(kind, Optional.empty(), Optional.of(true))));

    if (kind == Kind.AUTHENTICATION || kind == Kind.PERMISSION) {
      assertThatThrownBy(run::answer).isInstanceOf(ModelException.class);
      assertThat(run.service.requests).hasSize(1);
    } else {
      assertThat(run.answer()).isEqualTo("answer 2");
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "750", "1500", "60000", "120000"})
  void theServicesOwnWaitIsKeptExactly(long millis) throws Exception {
    Run run =
        new Run(
            RetryPolicy.DEFAULT,
            0.5,
            script(
                3,
                FakeClient.failure(
                    Kind.RATE_LIMITED, Optional.of(Duration.ofMillis(millis)), Optional.empty())));

    run.answer();

    assertThat(run.waits)
        .containsExactly(
            Duration.ofMillis(millis), Duration.ofMillis(millis), Duration.ofMillis(millis));
  }

  @Test
  void aLongerWaitFailsAtOnceAndNamesTheEnd() {
    Run run =
        new Run(
            RetryPolicy.DEFAULT,
            0,
            script(
                1,
                FakeClient.failure(
                    Kind.RATE_LIMITED, Optional.of(Duration.ofHours(12)), Optional.empty())));

    assertThatThrownBy(run::answer)
        .isInstanceOfSatisfying(
            ModelException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofHours(12)))
        .hasMessageContaining("12 h 0 min")
        .hasMessageContaining("2026-11-21T00:00:00Z")
        .hasMessageContaining("2 min");

    assertThat(run.waits).isEmpty();
    assertThat(run.service.requests).hasSize(1);
  }

  @Test
  void theLongestWaitIsASetting() throws Exception {
    Run run =
        new Run(
            RetryPolicy.DEFAULT.withMaxWait(Duration.ofHours(13)),
            0,
            script(
                1,
                FakeClient.failure(
                    Kind.RATE_LIMITED, Optional.of(Duration.ofHours(12)), Optional.empty())));

    run.answer();

    assertThat(run.waits).containsExactly(Duration.ofHours(12));
  }

  @Test
  void aRateLimitWithoutAnEndIsGivenUpAfterThreeTries() {
    Run run = new Run(RetryPolicy.DEFAULT, 0, script(9, FakeClient.failure(Kind.RATE_LIMITED)));

    assertThatThrownBy(run::answer)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("3 times");

    assertThat(run.told).containsExactly("1/2 500 RATE_LIMITED", "2/2 1000 RATE_LIMITED");
  }

  @Test
  void aStreamThatBreaksBeforeContentIsRepeatedAndShowsNothingOfTheFirst() throws Exception {
    for (int before = 0; before <= FakeClient.CONTENT_AT; before++) {
      Run run =
          new Run(
              RetryPolicy.DEFAULT,
              0,
              List.of(
                  FakeClient.Play.breaks(FakeClient.failure(Kind.INCOMPLETE), before),
                  FakeClient.Play.good()));

      assertThat(run.answer()).isEqualTo("answer 2");
      assertThat(run.service.open).isZero();
    }
  }

  @Test
  void aStreamThatBreaksAfterContentIsPassedOn() {
    for (int before = FakeClient.CONTENT_AT + 1; before < 6; before++) {
      Run run =
          new Run(
              RetryPolicy.DEFAULT,
              0,
              List.of(
                  FakeClient.Play.breaks(FakeClient.failure(Kind.INCOMPLETE), before),
                  FakeClient.Play.good()));

      assertThatThrownBy(run::answer).isInstanceOf(ModelException.class).hasMessage("It failed.");
      assertThat(run.service.requests).hasSize(1);
      assertThat(run.service.open).isZero();
    }
  }

  @Test
  void eventsReadAheadKeepTheirOrder() throws Exception {
    Run run = new Run(RetryPolicy.DEFAULT, 0, List.of(FakeClient.Play.good()));
    List<StreamEvent> events = new ArrayList<>();

    try (ModelStream stream = run.client.open(FakeClient.request(), Cancellation.root())) {
      while (stream.hasNext()) {
        events.add(stream.next());
      }
    }

    assertThat(events).isEqualTo(FakeClient.events("answer 1"));
  }

  @Test
  void cancellingEndsARealWait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    Cancellation cancellation = Cancellation.root();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onRetry(int attempt, int max, Duration delay, ModelException failure) {
            waiting.countDown();
          }

          @Override
          public void onFallback(String from, String to, ModelException failure) {}
        };
    FakeClient service =
        new FakeClient(
            script(
                1,
                FakeClient.failure(
                    Kind.RATE_LIMITED, Optional.of(Duration.ofSeconds(100)), Optional.empty())));
    RetryingClient client =
        new RetryingClient(service, RetryPolicy.DEFAULT, Pause.real(), () -> 0, CLOCK, listener);
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                client.open(FakeClient.request(), cancellation);
              } catch (Exception e) {
                ended.complete(e);
              }
            });
    waiting.await();

    cancellation.cancel(Cancellation.Reason.INTERRUPTED);

    assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(service.requests).hasSize(1);
  }

  @Test
  void aRealPauseEndsByItself() throws Exception {
    long start = System.nanoTime();

    Pause.real().await(Duration.ofMillis(20), Cancellation.root());

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3", " 1000 "})
  void theCountComesFromTheEnvironment(String text) {
    assertThat(RetryPolicy.from(Map.of("CLAUDE_CODE_MAX_RETRIES", text)).maxRetries())
        .isEqualTo(Integer.parseInt(text.strip()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1001", "many", "1.5", "99999999999"})
  void aCountThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> RetryPolicy.from(Map.of("CLAUDE_CODE_MAX_RETRIES", text)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(text);
  }

  @Test
  void withoutTheVariableThereAreTenRetries() {
    assertThat(RetryPolicy.from(Map.of())).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(RetryPolicy.from(Map.of("CLAUDE_CODE_MAX_RETRIES", "0")).maxRetriesWithoutReset())
        .isZero();
  }

  /** The rules once more, as a plain simulation: what the client must have done for a script. */
  private static void verify(Run run, List<FakeClient.Play> script, RetryPolicy policy) {
    int requests = 0;
    int overloads = 0;
    List<Duration> waits = new ArrayList<>();
    String expected = "";
    for (FakeClient.Play play : script) {
      requests++;
      ModelException failure = play.failure();
      if (failure == null) {
        expected = "answer " + requests;
        break;
      }
      if (play.eventsBefore() > FakeClient.CONTENT_AT) {
        expected = "broken";
        break;
      }
      int retries = requests - 1;
      overloads = failure.kind() == Kind.OVERLOADED ? overloads + 1 : 0;
      boolean endless = failure.kind() == Kind.RATE_LIMITED && failure.retryAfter().isEmpty();
      boolean allowed =
          failure.kind() != Kind.AUTHENTICATION
              && failure.kind() != Kind.PERMISSION
              && failure.shouldRetry().orElse(failure.kind().isTransient())
              && retries < (endless ? 2 : policy.maxRetries())
              && failure.retryAfter().map(it -> it.compareTo(policy.maxWait()) <= 0).orElse(true)
              && !(policy.giveUpAfterOverloads() > 0 && overloads >= policy.giveUpAfterOverloads());
      if (!allowed) {
        expected = "failed";
        break;
      }
      waits.add(
          failure
              .retryAfter()
              .orElse(Duration.ofMillis(Math.min(500L << Math.min(retries, 10), 32_000))));
    }
    String outcome;
    try {
      outcome = run.answer();
    } catch (ModelException e) {
      outcome = expected.equals("broken") ? "broken" : "failed";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(outcome).isEqualTo(expected);
    assertThat(run.service.requests).hasSize(requests);
    assertThat(run.waits).isEqualTo(waits);
    assertThat(run.told).hasSize(waits.size());
    assertThat(run.service.open).isZero();
  }

  @Test
  void tenThousandRandomScriptsGoAsTheRulesSay() {
    int answered = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      RetryPolicy policy = RetryPolicy.DEFAULT.withMaxRetries(2 + random.nextInt(9));
      policy = random.nextInt(4) == 0 ? policy.withFallback() : policy;
      List<FakeClient.Play> script = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        script.add(play(random));
      }
      Run run = new Run(policy, 0, script);

      verify(run, script, policy);

      answered += run.service.requests.size() > 1 ? 1 : 0;
    }
    assertThat(answered).isGreaterThan(1000);
  }

  private static FakeClient.Play play(Random random) {
    if (random.nextInt(5) == 0) {
      return FakeClient.Play.good();
    }
    Kind[] common = {
      Kind.OVERLOADED,
      Kind.OVERLOADED,
      Kind.RATE_LIMITED,
      Kind.SERVER,
      Kind.SERVER,
      Kind.NETWORK,
      Kind.INCOMPLETE,
      Kind.STALLED,
      Kind.MALFORMED
    };
    Kind kind =
        random.nextInt(20) == 0
            ? Kind.values()[random.nextInt(Kind.values().length)]
            : common[random.nextInt(common.length)];
    Optional<Duration> retryAfter =
        switch (random.nextInt(8)) {
          case 0 -> Optional.of(Duration.ofMillis(1 + random.nextInt(120_000)));
          case 1 ->
              random.nextInt(4) == 0 ? Optional.of(Duration.ofSeconds(121)) : Optional.empty();
          default -> Optional.empty();
        };
    Optional<Boolean> should =
        random.nextInt(25) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty();
    ModelException failure = FakeClient.failure(kind, retryAfter, should);
    return random.nextInt(3) == 0
        ? FakeClient.Play.breaks(failure, random.nextInt(6))
        : FakeClient.Play.fails(failure);
  }
}
