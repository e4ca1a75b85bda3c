package dev.agent.model.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.model.ModelException;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.net.ProxyRules;
import dev.agent.runtime.Cancellation;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against real sockets that behave and misbehave. */
@Timeout(60)
final class AnthropicClientTest {
  private static final String KEY = "sk-ant-canary-0123456789";

  private static HttpClients clients() {
    return new HttpClients(new NetSettings(ProxyRules.NONE, List.of(), Duration.ofSeconds(5)));
  }

  private static ServiceOptions options(URI base) {
    return ServiceOptions.from(Map.of("ANTHROPIC_BASE_URL", base.toString()), List.of(), Map.of(), "1.2.3");
  }

  private static AnthropicClient client(RawServer server) {
    return client(server, ServiceOptions.Timeouts.DEFAULT);
  }

  private static AnthropicClient client(RawServer server, ServiceOptions.Timeouts timeouts) {
    return new AnthropicClient(
        clients(), options(server.uri()).withTimeouts(timeouts), new Credentials.ApiKey(KEY), Optional.empty(), InstantSource.system());
  }

  private static List<StreamEvent> all(ModelStream stream) throws Exception {
    List<StreamEvent> events = new ArrayList<>();
    try (stream) {
      while (stream.hasNext()) {
        events.add(stream.next());
      }
    }
    return events;
  }

  private static ModelReply reply(AnthropicClient client) throws Exception {
    List<StreamEvent> events = all(client.open(Streams.request("hi"), Cancellation.root()));
    return ((StreamEvent.Completed) events.getLast()).reply();
  }

  private static ModelException failure(AnthropicClient client) {
    try {
      all(client.open(Streams.request("hi"), Cancellation.root()));
    } catch (ModelException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no failure");
  }

  @Test
  void anAnswerArrivesOverARealSocket() throws Exception {
    try (RawServer server = new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      ModelReply reply = reply(client(server));

      assertThat(reply.message().text()).isEqualTo("Hello");
      assertThat(reply.stopReason()).isEqualTo("end_turn");
      assertThat(reply.requestId()).isEqualTo("req_test");
      RawServer.Received request = server.received().getFirst();
      assertThat(request.line()).isEqualTo("POST /v1/messages HTTP/1.1");
      assertThat(request.headers())
          .containsEntry("x-api-key", KEY)
          .containsEntry("anthropic-version", "2023-06-01")
          .containsEntry("user-agent", "agent/1.2.3")
          .doesNotContainKeys("authorization", "anthropic-beta", "transfer-encoding");
      assertThat(request.headers().get("content-type")).startsWith("application/json");
      assertThat(request.text())
          .isEqualTo("{\"model\":\"claude-test\",\"max_tokens\":1000,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]}");
    }
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    try (RawServer server = new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      AnthropicClient client = client(server);

      for (int i = 0; i < 5; i++) {
        reply(client);
      }

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void preconnectOpensTheConnectionThatTheRequestUsesAndSendsNothing() throws Exception {
    try (RawServer server = new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      HttpClients clients = clients();
      AnthropicClient client = new AnthropicClient(clients, options(server.uri()), new Credentials.None(), Optional.empty(), InstantSource.system());

      client.preconnect();
      clients.awaitPreconnect(server.uri(), Cancellation.root());
      while (server.connections() == 0) {
        Thread.onSpinWait();
      }
      assertThat(server.received()).isEmpty();
      reply(client);

      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.received()).hasSize(1);
    }
  }
}
