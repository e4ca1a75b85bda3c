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
@Timeout(120)
final class AnthropicClientTest {
  private static final String KEY = "sk-ant-canary-0123456789";

  private static HttpClients clients() {
    return new HttpClients(new NetSettings(ProxyRules.NONE, List.of(), Duration.ofSeconds(5)));
  }

  private static ServiceOptions options(URI base) {
    return ServiceOptions.from(
        Map.of("ANTHROPIC_BASE_URL", base.toString()), List.of(), Map.of(), "1.2.3");
  }

  private static AnthropicClient client(RawServer server) {
    return client(server, ServiceOptions.Timeouts.DEFAULT);
  }

  private static AnthropicClient client(RawServer server, ServiceOptions.Timeouts timeouts) {
    return new AnthropicClient(
        clients(),
        options(server.uri()).withTimeouts(timeouts),
        new Credentials.ApiKey(KEY),
        Optional.empty(),
        InstantSource.system());
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
    try (RawServer server =
        new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
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
          .isEqualTo(
              "{\"model\":\"claude-test\",\"max_tokens\":1000,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]}");
    }
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    try (RawServer server =
        new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      AnthropicClient client = client(server);

      for (int i = 0; i < 5; i++) {
        reply(client);
      }

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void preconnectOpensTheConnectionThatTheRequestUsesAndSendsNothing() throws Exception {
    try (RawServer server =
        new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      HttpClients clients = clients();
      AnthropicClient client =
          new AnthropicClient(
              clients,
              options(server.uri()),
              new Credentials.None(),
              Optional.empty(),
              InstantSource.system());

      clients.preconnect(server.uri());
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

  @Test
  void headersFollowOptionsAndCredentials() throws Exception {
    try (RawServer server =
        new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      ServiceOptions options =
          ServiceOptions.from(
                  Map.of(
                      "ANTHROPIC_BASE_URL",
                      server.uri() + "/gateway/",
                      "ANTHROPIC_CUSTOM_HEADERS",
                      "X-Team: a: b\n\nUser-Agent: mine",
                      "ANTHROPIC_BETAS",
                      "b2,b1"),
                  List.of("b1"),
                  Map.of("x-team", "settings", "x-more", "1"),
                  "1")
              .withApiVersion("2026-10-21");
      AnthropicClient client =
          new AnthropicClient(
              clients(),
              options,
              new Credentials.AuthToken(" tok-12345678 "),
              Optional.empty(),
              InstantSource.system());

      reply(client);

      RawServer.Received request = server.received().getFirst();
      assertThat(request.line()).isEqualTo("POST /gateway/v1/messages HTTP/1.1");
      assertThat(request.headers())
          .containsEntry("authorization", "Bearer tok-12345678")
          .containsEntry("x-team", "a: b")
          .containsEntry("x-more", "1")
          .containsEntry("user-agent", "mine")
          .containsEntry("anthropic-beta", "b1,b2")
          .containsEntry("anthropic-version", "2026-10-21")
          .doesNotContainKey("x-api-key");
    }
  }

  @Test
  void theHelpersKeyGoesBothWaysAndIsFetchedAgainOnceAfter401() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Credentials helper =
        new Credentials.KeyCommand(
            () -> "key-number-" + asked.incrementAndGet() + "\n",
            Duration.ofMinutes(5),
            System::nanoTime);
    try (RawServer server =
        new RawServer(
            (request, _, _, out) -> {
              if ("key-number-1".equals(request.headers().get("x-api-key"))) {
                RawServer.plain(out, 401, "{}");
              } else {
                RawServer.stream(out, Streams.answer("Hello"));
              }
            })) {
      AnthropicClient client =
          new AnthropicClient(
              clients(), options(server.uri()), helper, Optional.empty(), InstantSource.system());

      assertThat(reply(client).message().text()).isEqualTo("Hello");
      reply(client);

      assertThat(server.received()).hasSize(3);
      assertThat(server.received().get(1).headers())
          .containsEntry("x-api-key", "key-number-2")
          .containsEntry("authorization", "Bearer key-number-2");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void aKeyThatIsRefusedTwiceIsAnError() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, _, out) ->
                RawServer.plain(
                    out,
                    401,
                    "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid"
                        + " x-api-key\"}}"))) {
      Credentials helper =
          new Credentials.KeyCommand(() -> "key-number-1", Duration.ofMinutes(5), System::nanoTime);
      AnthropicClient client =
          new AnthropicClient(
              clients(), options(server.uri()), helper, Optional.empty(), InstantSource.system());

      assertThat(failure(client).kind()).isEqualTo(ModelException.Kind.AUTHENTICATION);
      assertThat(server.received()).hasSize(2);
      assertThat(failure(client(server)).kind()).isEqualTo(ModelException.Kind.AUTHENTICATION);
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void aCompressedAnswerIsRead() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(Streams.answer("Hällo").getBytes(StandardCharsets.UTF_8));
    }
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> {
              RawServer.streamHead(out, "content-encoding: gzip");
              byte[] bytes = packed.toByteArray();
              for (byte one : bytes) {
                RawServer.chunk(out, new byte[] {one});
              }
              RawServer.end(out);
            })) {
      assertThat(reply(client(server)).message().text()).isEqualTo("Hällo");
      assertThat(server.received().getFirst().headers()).containsEntry("accept-encoding", "gzip");
    }
  }

  @Test
  void everyByteInAChunkOfItsOwnGivesTheSameAnswer() throws Exception {
    byte[] bytes = Streams.answer("Hällo 😀").getBytes(StandardCharsets.UTF_8);
    try (RawServer server =
        new RawServer(
            (_, _, socket, out) -> {
              socket.setTcpNoDelay(true);
              RawServer.streamHead(out);
              for (byte one : bytes) {
                RawServer.chunk(out, new byte[] {one});
              }
              RawServer.end(out);
            })) {
      assertThat(reply(client(server)).message().text()).isEqualTo("Hällo 😀");
    }
  }

  @Test
  void aResetAtAnyPointIsANamedFailureAndNeverAShortAnswer() throws Exception {
    byte[] bytes = Streams.answer("Hello").getBytes(StandardCharsets.UTF_8);
    AtomicInteger cut = new AtomicInteger();
    try (RawServer server =
        new RawServer(
            (_, _, socket, out) -> {
              RawServer.streamHead(out);
              RawServer.chunk(out, java.util.Arrays.copyOf(bytes, cut.get()));
              if (cut.get() % 2 == 0) {
                socket.setSoLinger(true, 0);
              }
              socket.close();
            })) {
      AnthropicClient client = client(server);
      for (int at = 1; at < bytes.length - 2; at += 13) {
        cut.set(at);
        ModelException failure = failure(client);
        // A reset may overtake what was sent before it.
        assertThat(failure.kind())
            .as("cut at %d: %s", at, failure.getMessage())
            .isIn(ModelException.Kind.INCOMPLETE, ModelException.Kind.NETWORK);
      }
    }
  }

  @Test
  void aResetBeforeTheHeadersIsANetworkFailureAfterOneRequest() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, socket, _) -> {
              socket.setSoLinger(true, 0);
              socket.close();
            })) {
      ModelException failure = failure(client(server));

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.NETWORK);
      assertThat(failure).hasMessageContaining("127.0.0.1").hasMessageContaining("Check");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void halfHeadersAreANetworkFailure() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\ncontent-ty".getBytes(StandardCharsets.ISO_8859_1));
              out.flush();
              socket.close();
            })) {
      assertThat(failure(client(server)).kind()).isEqualTo(ModelException.Kind.NETWORK);
    }
  }

  @Test
  void aServerThatSpeaksNoHttpIsANetworkFailure() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, socket, out) -> {
              out.write("SSH-2.0-server\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
              out.flush();
              socket.close();
            })) {
      assertThat(failure(client(server)).kind()).isEqualTo(ModelException.Kind.NETWORK);
    }
  }

  @Test
  void nobodyListeningIsANetworkFailureThatSaysSo() throws Exception {
    RawServer server = new RawServer((_, _, _, _) -> {});
    server.close();

    ModelException failure = failure(client(server));

    assertThat(failure.kind()).isEqualTo(ModelException.Kind.NETWORK);
    assertThat(failure)
        .hasMessageContaining("refused the connection")
        .hasMessageContaining("ANTHROPIC_BASE_URL");
  }

  @Test
  void silenceBeforeTheHeadersIsAStall() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server = new RawServer((_, _, _, _) -> done.await())) {
      ModelException failure =
          failure(
              client(
                  server,
                  new ServiceOptions.Timeouts(
                      Duration.ofMillis(200), Duration.ofSeconds(60), Duration.ofSeconds(60))));

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.STALLED);
      // Where the server is slow to read, the limit is over before it has seen the request.
      assertThat(server.received()).hasSizeLessThanOrEqualTo(1);
    } finally {
      done.countDown();
    }
  }

  @Test
  void silenceAfterTheHeadersIsAStallByTheIdleLimit() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> {
              RawServer.streamHead(out);
              RawServer.chunk(out, Streams.START);
              done.await();
            })) {
      ModelException failure =
          failure(
              client(
                  server,
                  new ServiceOptions.Timeouts(
                      Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(60))));

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.STALLED);
      assertThat(failure)
          .hasMessageContaining("no byte for 200 ms")
          .hasMessageContaining("req_test");
    } finally {
      done.countDown();
    }
  }

  @Test
  void pingsForEverAreAStallByTheContentLimit() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> {
              RawServer.streamHead(out);
              RawServer.chunk(out, Streams.START + Streams.openText(0) + Streams.text(0, "x"));
              while (true) {
                RawServer.chunk(out, Streams.PING);
                Thread.sleep(10);
              }
            })) {
      ModelException failure =
          failure(
              client(
                  server,
                  new ServiceOptions.Timeouts(
                      Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(300))));

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.STALLED);
      assertThat(failure).hasMessageContaining("no content");
    }
  }

  @Test
  void anEventThatComesByteByByteForEverIsAStallToo() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> {
              RawServer.streamHead(out);
              while (true) {
                RawServer.chunk(out, "x");
                Thread.sleep(10);
              }
            })) {
      assertThat(
              failure(
                      client(
                          server,
                          new ServiceOptions.Timeouts(
                              Duration.ofSeconds(60),
                              Duration.ofSeconds(60),
                              Duration.ofMillis(300))))
                  .kind())
          .isEqualTo(ModelException.Kind.STALLED);
    }
  }

  @Test
  void cancellingEndsAWaitForHeaders() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (_, _, _, _) -> {
              arrived.countDown();
              done.await();
            })) {
      Cancellation cancellation = Cancellation.root();
      CompletableFuture<Throwable> ended =
          inBackground(() -> client(server).open(Streams.request("hi"), cancellation));
      arrived.await();

      cancellation.cancel(Cancellation.Reason.INTERRUPTED);

      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    } finally {
      done.countDown();
    }
  }

  @Test
  void cancellingOrClosingEndsAWaitForEvents() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> {
              RawServer.streamHead(out);
              RawServer.chunk(out, Streams.START);
              done.await();
            })) {
      for (boolean byCancel : new boolean[] {true, false}) {
        Cancellation cancellation = Cancellation.root();
        ModelStream stream = client(server).open(Streams.request("hi"), cancellation);
        assertThat(stream.next()).isInstanceOf(StreamEvent.Started.class);
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Throwable> ended =
            inBackground(
                () -> {
                  reading.countDown();
                  stream.next();
                });
        reading.await();

        if (byCancel) {
          cancellation.cancel(Cancellation.Reason.INTERRUPTED);
        } else {
          stream.close();
        }

        assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      }
    } finally {
      done.countDown();
    }
  }

  @Test
  void interruptingTheReaderEndsAWaitForEvents() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> {
              RawServer.streamHead(out);
              RawServer.chunk(out, Streams.START);
              done.await();
            })) {
      ModelStream stream = client(server).open(Streams.request("hi"), Cancellation.root());
      stream.next();
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      stream.next();
                      ended.complete(new AssertionError("ended"));
                    } catch (Exception e) {
                      ended.complete(e);
                    }
                  });

      reader.interrupt();

      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    } finally {
      done.countDown();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static CompletableFuture<Throwable> inBackground(Work work) {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
                ended.complete(new AssertionError("it ended without a failure"));
              } catch (Exception e) {
                ended.complete(e);
              }
            });
    return ended;
  }

  @Test
  void aCancelledRequestIsNeverSent() throws Exception {
    try (RawServer server =
        new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      Cancellation cancellation = Cancellation.root();
      cancellation.cancel(Cancellation.Reason.INTERRUPTED);

      assertThatThrownBy(() -> client(server).open(Streams.request("hi"), cancellation))
          .isInstanceOf(InterruptedException.class);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void theSameFailureIsToldAgain() throws Exception {
    try (RawServer server = new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.START))) {
      ModelStream stream = client(server).open(Streams.request("hi"), Cancellation.root());
      stream.next();

      assertThatThrownBy(stream::next)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("message_stop");
      assertThat(stream.hasNext()).isTrue();
      assertThatThrownBy(stream::next)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("message_stop");
    }
  }

  @Test
  void redirectsAreNotFollowedWithAKey() throws Exception {
    try (RawServer other =
            new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")));
        RawServer server =
            new RawServer(
                (_, _, _, out) ->
                    RawServer.plain(out, 307, "", "location: " + other.uri() + "/v1/messages"))) {
      ModelException failure = failure(client(server));

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.MALFORMED);
      assertThat(failure).hasMessageContaining("redirect (307)");
      assertThat(other.received()).isEmpty();
    }
  }

  @Test
  void statusesThatTheHttpClientWouldRepeatAreSentOnce() throws Exception {
    for (int status : new int[] {408, 503, 421, 407}) {
      try (RawServer server =
          new RawServer((_, _, _, out) -> RawServer.plain(out, status, "", "retry-after: 0"))) {
        failure(client(server));

        assertThat(server.received()).as("status %d", status).hasSize(1);
      }
    }
  }

  @Test
  void anHtmlPageWithStatus200IsNoAnswer() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, _, out) ->
                RawServer.plain(
                    out, 200, "<html><title>Login</title></html>", "content-type: text/html"))) {
      ModelException failure = failure(client(server));

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.MALFORMED);
      assertThat(failure).hasMessageContaining("HTML").hasMessageContaining("Login");
    }
  }

  @Test
  void anErrorAsJsonWithStatus200KeepsItsKind() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, _, out) ->
                RawServer.plain(
                    out,
                    200,
                    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}"))) {
      ModelException failure = failure(client(server));

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.OVERLOADED);
      assertThat(failure).hasMessageContaining("Busy");
    }
  }

  @Test
  void anErrorBodyThatNeverEndsStillTellsTheStatus() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, socket, out) -> {
              out.write(
                  "HTTP/1.1 529 Busy\r\ncontent-length: 1000\r\n\r\n{\"type\""
                      .getBytes(StandardCharsets.ISO_8859_1));
              out.flush();
              socket.close();
            })) {
      assertThat(failure(client(server)).kind()).isEqualTo(ModelException.Kind.OVERLOADED);
    }
  }

  @Test
  void aKeyThatTheServerRepeatsIsInNoMessage() throws Exception {
    String echo =
        "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"no such key"
            + " "
            + KEY
            + "\"}}";
    try (RawServer server =
        new RawServer(
            (_, number, _, out) -> {
              if (number == 0) {
                RawServer.plain(out, 401, echo);
              } else if (number == 1) {
                RawServer.stream(out, Streams.START + Streams.event(echo));
              } else {
                RawServer.stream(out, "<html>" + KEY);
              }
            })) {
      for (int i = 0; i < 3; i++) {
        ModelException failure = failure(client(server));

        java.io.StringWriter trace = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(trace));
        assertThat(trace.toString()).contains("[redacted]").doesNotContain("canary");
      }
    }
  }

  @Test
  void rawEventsComeBesideTheTypedOnes() throws Exception {
    try (RawServer server =
        new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("Hello")))) {
      var plain = Streams.request("hi");
      var request =
          new dev.agent.model.ModelRequest(
              plain.model(),
              plain.maxTokens(),
              plain.tools(),
              plain.system(),
              plain.messages(),
              plain.cacheMarks(),
              plain.thinking(),
              plain.effort(),
              plain.outputSchema(),
              true);

      List<String> order = new ArrayList<>();
      for (StreamEvent event : all(client(server).open(request, Cancellation.root()))) {
        order.add(
            event instanceof StreamEvent.Raw(String json)
                ? json.substring(9, json.indexOf('"', 9))
                : event.getClass().getSimpleName());
      }

      assertThat(order)
          .containsExactly(
              "message_start",
              "Started",
              "content_block_start",
              "BlockStarted",
              "ping",
              "content_block_delta",
              "TextDelta",
              "BlockCompleted",
              "content_block_stop",
              "message_delta",
              "UsageUpdated",
              "message_stop",
              "Completed");
    }
  }

  @Test
  void aLargeAnswerComesWhole() throws Exception {
    String line = "x".repeat(1000);
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> {
              RawServer.streamHead(out);
              RawServer.chunk(out, Streams.START + Streams.openText(0));
              byte[] delta = Streams.text(0, line).getBytes(StandardCharsets.UTF_8);
              for (int i = 0; i < 2000; i++) {
                RawServer.chunk(out, delta);
              }
              RawServer.chunk(out, Streams.close(0) + Streams.end("end_turn"));
              RawServer.end(out);
            })) {
      assertThat(reply(client(server)).message().text()).isEqualTo(line.repeat(2000));
    }
  }

  @Test
  void anAnswerThatIsAbandonedLeavesNoConnectionBehind() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (_, number, socket, out) -> {
              RawServer.streamHead(out);
              RawServer.chunk(out, Streams.START);
              if (number == 0) {
                done.await();
              }
              socket.close();
            })) {
      HttpClients clients = clients();
      AnthropicClient client =
          new AnthropicClient(
              clients,
              options(server.uri()),
              new Credentials.None(),
              Optional.empty(),
              InstantSource.system());

      try (ModelStream stream = client.open(Streams.request("hi"), Cancellation.root())) {
        stream.next();
      }
      assertThat(failure(client).kind()).isEqualTo(ModelException.Kind.INCOMPLETE);

      assertThat(clients.forScheme("http").connectionPool().connectionCount()).isZero();
    } finally {
      done.countDown();
    }
  }

  @Test
  void randomFaultsUnderRetriesGiveTheWholeAnswerOrANamedFailure() throws Exception {
    java.util.Random random = new java.util.Random(7);
    byte[] good = Streams.answer("The whole answer").getBytes(StandardCharsets.UTF_8);
    try (RawServer server =
        new RawServer(
            (_, _, socket, out) -> {
              switch (random.nextInt(8)) {
                case 0 -> RawServer.plain(out, 529, "{}", "retry-after-ms: 1");
                case 1 -> RawServer.plain(out, 500, "<html>oops</html>");
                case 2 -> socket.close();
                case 3 -> {
                  RawServer.streamHead(out);
                  RawServer.chunk(
                      out, java.util.Arrays.copyOf(good, 1 + random.nextInt(good.length - 3)));
                  socket.close();
                }
                case 4 -> RawServer.stream(out, Streams.START + "data: {broken\n\n");
                case 5 ->
                    RawServer.stream(
                        out,
                        Streams.START
                            + Streams.event(
                                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}"));
                default -> {
                  RawServer.streamHead(out);
                  RawServer.chunk(out, good);
                  RawServer.end(out);
                }
              }
            })) {
      dev.agent.model.ModelClient client =
          new dev.agent.model.RetryingClient(
              client(server),
              dev.agent.model.RetryPolicy.DEFAULT,
              (_, _) -> {},
              () -> 0,
              InstantSource.system(),
              dev.agent.model.RetryListener.SILENT);
      int whole = 0;
      for (int run = 0; run < 200; run++) {
        try {
          List<StreamEvent> events = all(client.open(Streams.request("hi"), Cancellation.root()));
          assertThat(((StreamEvent.Completed) events.getLast()).reply().message().text())
              .isEqualTo("The whole answer");
          whole++;
        } catch (ModelException e) {
          assertThat(e.kind().isTransient()).as(e.getMessage()).isTrue();
        }
      }
      assertThat(whole).isGreaterThan(150);
    }
  }

  @Test
  void aReaderThatComesBackLateStillGetsTheAnswer() throws Exception {
    try (RawServer server =
        new RawServer(
            (_, _, _, out) -> RawServer.stream(out, Streams.answer("x".repeat(100_000))))) {
      ModelStream stream =
          client(
                  server,
                  new ServiceOptions.Timeouts(
                      Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(300)))
              .open(Streams.request("hi"), Cancellation.root());
      stream.next();

      Thread.sleep(400); // longer than the service may be silent

      assertThat(all(stream).getLast()).isInstanceOf(StreamEvent.Completed.class);
    }
  }
}
