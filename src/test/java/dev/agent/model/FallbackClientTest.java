package dev.agent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.model.ModelException.Kind;
import dev.agent.runtime.Cancellation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A second model behind the first. */
final class FallbackClientTest {
  private final List<String> told = new ArrayList<>();
  private final RetryListener listener =
      new RetryListener() {
        @Override
        public void onRetry(int attempt, int max, Duration delay, ModelException failure) {
          told.add("retry " + attempt);
        }

        @Override
        public void onFallback(String from, String to, ModelException failure) {
          told.add(from + " to " + to);
        }
      };

  private FallbackClient client(FakeClient service) {
    RetryingClient first =
        new RetryingClient(
            service,
            RetryPolicy.DEFAULT.withFallback(),
            (_, _) -> {},
            () -> 0,
            InstantSource.system(),
            listener);
    RetryingClient second =
        new RetryingClient(
            service, RetryPolicy.DEFAULT, (_, _) -> {}, () -> 0, InstantSource.system(), listener);
    return new FallbackClient(
        first, second, "second", it -> it.withModel(it.model(), 77, it.thinking()), listener);
  }

  private static FakeClient service(int overloads) {
    List<FakeClient.Play> plays =
        new ArrayList<>(
            Collections.nCopies(
                overloads, FakeClient.Play.fails(FakeClient.failure(Kind.OVERLOADED))));
    plays.addAll(Collections.nCopies(5, FakeClient.Play.good()));
    return new FakeClient(plays);
  }

  private static List<String> models(FakeClient service) {
    return service.requests.stream().map(it -> it.model() + " " + it.maxTokens()).toList();
  }

  @Test
  void threeOverloadsInARowBringTheSecondModelWhichStays() throws Exception {
    FakeClient service = service(3);
    FallbackClient client = client(service);

    client.open(FakeClient.request(), Cancellation.root()).close();
    client.open(FakeClient.request(), Cancellation.root()).close();

    assertThat(models(service))
        .containsExactly("m 1000", "m 1000", "m 1000", "second 77", "second 77");
    assertThat(told).containsExactly("retry 1", "retry 2", "m to second");
  }

  @Test
  void anotherModelThatIsChosenAfterwardsIsAskedItself() throws Exception {
    FakeClient service = service(3);
    FallbackClient client = client(service);
    client.open(FakeClient.request(), Cancellation.root()).close();

    client
        .open(FakeClient.request("chosen", List.of(Message.user("hi"))), Cancellation.root())
        .close();
    client.open(FakeClient.request(), Cancellation.root()).close();

    assertThat(models(service)).endsWith("second 77", "chosen 1000", "second 77");
  }

  @Test
  void twoOverloadsAreOnlyRetried() throws Exception {
    FakeClient service = service(2);

    client(service).open(FakeClient.request(), Cancellation.root()).close();

    assertThat(models(service)).containsExactly("m 1000", "m 1000", "m 1000");
    assertThat(told).containsExactly("retry 1", "retry 2");
  }

  @Test
  void anotherFailureBetweenStartsTheCountAgain() throws Exception {
    FakeClient.Play overload = FakeClient.Play.fails(FakeClient.failure(Kind.OVERLOADED));
    FakeClient.Play server = FakeClient.Play.fails(FakeClient.failure(Kind.SERVER));
    FakeClient service =
        new FakeClient(
            List.of(overload, overload, server, overload, overload, FakeClient.Play.good()));

    client(service).open(FakeClient.request(), Cancellation.root()).close();

    assertThat(told).doesNotContain("m to second");
  }

  @Test
  void otherFailuresDoNotSwitch() {
    FakeClient service =
        new FakeClient(List.of(FakeClient.Play.fails(FakeClient.failure(Kind.AUTHENTICATION))));

    assertThatThrownBy(() -> client(service).open(FakeClient.request(), Cancellation.root()))
        .isInstanceOf(ModelException.class);

    assertThat(told).isEmpty();
  }

  @Test
  void aRequestForTheSecondModelIsLeftAlone() throws Exception {
    FakeClient service = service(0);

    client(service)
        .open(FakeClient.request("second", List.of(Message.user("hi"))), Cancellation.root())
        .close();

    assertThat(models(service)).containsExactly("second 1000");
  }

  @Test
  void thinkingOfTheFirstModelIsTakenOutAndMarksMove() {
    ContentBlock think = new ContentBlock.Thinking("hm", "sig");
    ContentBlock redacted = new ContentBlock.RedactedThinking("x");
    ContentBlock use = new ContentBlock.ToolUse("t", "Read", Json.object());
    ContentBlock result = ContentBlock.ToolResult.text("t", "ok", false);
    List<Message> messages =
        List.of(
            Message.user("a"),
            Message.assistant(List.of(think)),
            Message.user("b"),
            Message.assistant(List.of(think, redacted, new ContentBlock.Text("x"), use)),
            Message.user(List.of(result)));
    List<ModelRequest.BlockPosition> marks =
        List.of(
            new ModelRequest.BlockPosition(0, 0),
            new ModelRequest.BlockPosition(3, 3),
            new ModelRequest.BlockPosition(4, 0));
    ModelRequest request =
        new ModelRequest(
            "m",
            10,
            List.of(),
            List.of(),
            messages,
            marks,
            new ModelRequest.Thinking.Budget(2000),
            Optional.of("high"),
            Optional.empty(),
            true);

    ModelRequest other = FallbackClient.forOtherModel(request, "second");

    assertThat(other.messages())
        .containsExactly(
            Message.user("a"),
            Message.user("b"),
            Message.assistant(List.of(new ContentBlock.Text("x"), use)),
            Message.user(List.of(result)));
    assertThat(other.cacheMarks())
        .containsExactlyInAnyOrder(
            new ModelRequest.BlockPosition(0, 0),
            new ModelRequest.BlockPosition(2, 1),
            new ModelRequest.BlockPosition(3, 0));
    assertThat(other.model()).isEqualTo("second");
    assertThat(other.thinking()).isEqualTo(new ModelRequest.Thinking.Unset());
    assertThat(other.effort()).contains("high");
    assertThat(other.rawEvents()).isTrue();
  }

  @Test
  void aThinkingBudgetStaysOutsideOfAToolLoop() {
    ModelRequest request =
        new ModelRequest(
            "m",
            10,
            List.of(),
            List.of(),
            List.of(Message.user("a")),
            List.of(),
            new ModelRequest.Thinking.Budget(2000),
            Optional.empty(),
            Optional.empty(),
            false);

    assertThat(FallbackClient.forOtherModel(request, "second").thinking())
        .isEqualTo(new ModelRequest.Thinking.Budget(2000));
  }
}
