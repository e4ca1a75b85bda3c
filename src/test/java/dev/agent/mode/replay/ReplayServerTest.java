package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.testing.ModelServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ReplayServerTest {
  private static final String HELLO =
      "{\"model\":\"claude-opus-5-5\",\"max_tokens\":100,\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final String WHOLE = HELLO.replace("\"stream\":true", "\"stream\":false");

  private static RawClient.Answer ask(ModelServer server, String body) throws IOException {
    try (RawClient client = new RawClient(server.url())) {
      return client.post(body);
    }
  }

  @Test
  void streamsAMessageFromStartToStop() throws IOException {
    try (ModelServer server = ModelServer.start().reply(Reply.text("hi there"))) {
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.head()).contains("content-type: text/event-stream", "request-id: req_1");
      assertThat(answer.body().lines().filter(line -> line.startsWith("event: ")))
          .containsExactly(
              "event: message_start",
              "event: ping",
              "event: content_block_start",
              "event: content_block_delta",
              "event: content_block_stop",
              "event: message_delta",
              "event: message_stop");
      assertThat(answer.complete()).isTrue();
    }
  }

  @Test
  void answersInOnePieceWithoutStream() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.textBlock("one"), ModelServer.call("toolu_1", "Read", "{\"a\":1}"));
      RawClient.Answer answer = ask(server, WHOLE);

      ObjectNode message = (ObjectNode) Json.parse(answer.body());
      assertThat(message.path("stop_reason").asText()).isEqualTo("tool_use");
      assertThat(message.path("content").size()).isEqualTo(2);
      assertThat(message.path("content").path(1).path("input").toString()).isEqualTo("{\"a\":1}");
      assertThat(message.path("usage").path("input_tokens").asLong()).isPositive();
    }
  }

  @Test
  void oneConnectionServesManyRequests() throws IOException {
    try (ModelServer server = ModelServer.start().respond(e -> Reply.text("n" + e.number()));
        RawClient client = new RawClient(server.url())) {
      for (int i = 1; i <= 5; i++) {
        assertThat(client.post(HELLO).body()).contains("\"text\":\"n" + i + "\"");
      }
      assertThat(server.requests()).hasSize(5);
      assertThat(server.requests())
          .isSortedAccordingTo((a, b) -> Long.compare(a.arrivedNanos(), b.arrivedNanos()));
    }
  }

  @Test
  void chunkedRequestsAreUnderstood() throws IOException {
    try (ModelServer server = ModelServer.start().reply(Reply.text("yes"));
        RawClient client = new RawClient(server.url())) {
      int half = HELLO.length() / 2;
      RawClient.Answer answer =
          client.raw(
              "POST /v1/messages?beta=true HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + Integer.toHexString(half)
                  + "\r\n"
                  + HELLO.substring(0, half)
                  + "\r\n"
                  + Integer.toHexString(HELLO.length() - half)
                  + "\r\n"
                  + HELLO.substring(half)
                  + "\r\n0\r\n\r\n");

      assertThat(answer.body()).contains("\"text\":\"yes\"");
    }
  }

  static Stream<Arguments> smallAddresses() {
    return Stream.of(
        Arguments.of("HEAD", "/", 200, ""),
        Arguments.of("POST", "/v1/messages/count_tokens", 200, "{\"input_tokens\":3}"),
        Arguments.of("GET", "/v1/models", 200, "\"id\":\"claude-opus-5-5\""),
        Arguments.of("GET", "/v1/models?limit=1000", 200, "\"has_more\":false"),
        Arguments.of("GET", "/v1/models/opus", 200, "\"id\":\"claude-opus-5-5\""),
        Arguments.of("GET", "/v1/models/none", 404, "not_found_error"),
        Arguments.of("GET", "/_stats", 200, "\"requests\":0"),
        Arguments.of("GET", "/v1/messages", 404, "no such address"),
        Arguments.of("POST", "/v1/complete", 404, "no such address"));
  }

  @ParameterizedTest
  @MethodSource("smallAddresses")
  void otherAddressesAnswer(String method, String path, int status, String contains)
      throws IOException {
    try (ModelServer server = ModelServer.start();
        RawClient client = new RawClient(server.url())) {
      RawClient.Answer answer = client.send(method, path, "{\"a\":12345}");

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).contains(contains);
    }
  }

  static Stream<Arguments> brokenRequests() {
    return Stream.of(
        Arguments.of("GARBAGE\r\n\r\n"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nno colon\r\n\r\n"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nContent-Length: many\r\n\r\n"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nContent-Length: -5\r\n\r\n"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nContent-Length: 3\r\n\r\n{x}"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]"),
        Arguments.of("POST /v1/messages HTTP/1.1\r\nContent-Length: 13\r\n\r\n{\"a\":1,\"a\":2}"));
  }

  @ParameterizedTest
  @MethodSource("brokenRequests")
  void whatIsNoRequestGets400(String request) throws IOException {
    try (ModelServer server = ModelServer.start();
        RawClient client = new RawClient(server.url())) {
      RawClient.Answer answer = client.raw(request);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("invalid_request_error");
    }
  }

  @Test
  void aRequestThatBreaksARuleGets400AndIsRemembered() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      RawClient.Answer answer = ask(server, HELLO.replace("\"user\"", "\"assistant\""));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("first message must use the \\\"user\\\" role");
      assertThat(server.violations()).isNotEmpty().allMatch(v -> v.startsWith("request 1: "));
    }
  }

  @Test
  void withoutARepliesTheAnswerSaysSo() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      assertThat(ask(server, HELLO).body()).contains("no reply for request 1");
    }
  }

  @Test
  void dropEndsTheConnectionEarlyButInOrder() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("hi").with(new Reply.Fault.Drop(3)));
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.complete()).isFalse();
      assertThat(answer.end()).isEqualTo(RawClient.End.CLOSED);
      assertThat(answer.body()).contains("content_block_start").doesNotContain("_delta");
      assertThat(server.stats().path("faults").path("drop").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "30", "300"})
  void dropAfterBytesSendsExactlySoMany(int bytes) throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("hi").with(new Reply.Fault.DropBytes(bytes)));
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.complete()).isFalse();
      assertThat(answer.body()).hasSize(bytes);
    }
  }

  @Test
  void resetResetsTheConnection() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("hi").with(new Reply.Fault.Reset(2)));
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.complete()).isFalse();
      assertThat(answer.end()).isEqualTo(RawClient.End.RESET);
    }
  }

  @Test
  void stallKeepsStillAndThenEnds() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("hi").with(new Reply.Fault.Stall(3, 50)));
      long began = System.nanoTime();
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.complete()).isFalse();
      assertThat(System.nanoTime() - began).isGreaterThan(49_000_000);
    }
  }

  @Test
  void malformedEventStandsAmongGoodOnes() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("hi").with(new Reply.Fault.Malformed(3)));
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.complete()).isTrue();
      assertThat(answer.body()).contains("{\"type\":\"content_block_del\n\n", "message_stop");
    }
  }

  @Test
  void errorEventEndsTheStream() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("hi").with(new Reply.Fault.ErrorEvent(3, "overloaded_error")));
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.body()).contains("event: error", "overloaded_error");
      assertThat(answer.body()).doesNotContain("message_stop");
    }
  }

  @Test
  void duplicateSendsAnEventTwice() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("hi").with(new Reply.Fault.Duplicate(3)));

      assertThat(ask(server, HELLO).body().split("text_delta")).hasSize(3);
    }
  }

  @Test
  void failureCarriesStatusTypeAndHeaders() throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(
          new Reply.Failure(429, "rate_limit_error", "slow down", Map.of("retry-after", "2")));
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.head()).contains("retry-after: 2", "request-id: req_1");
      assertThat(answer.body()).contains("rate_limit_error", "slow down");
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "7", "100"})
  void chunksTearCharactersButLoseNothing(int size) throws IOException {
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("größe 日本 🎉").inChunksOf(size).inDeltasOf(2));
      RawClient.Answer answer = ask(server, HELLO);

      assertThat(answer.complete()).isTrue();
      assertThat(answer.chunks()).isGreaterThanOrEqualTo(answer.body().length() / size);
      StringBuilder text = new StringBuilder();
      for (String line : answer.body().split("\n")) {
        if (line.startsWith("data: ")) {
          text.append(Json.parse(line.substring(6)).path("delta").path("text").asText(""));
        }
      }
      assertThat(text).hasToString("größe 日本 🎉");
    }
  }

  @Test
  void aHeldStreamShowsWhatCameBefore() throws Exception {
    ModelServer.Hold hold = new ModelServer.Hold(1);
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.of(Reply.textBlock("one"), Reply.textBlock("two")).heldBy(hold));
      CompletableFuture<RawClient.Answer> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ask(server, HELLO);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(server.awaitRequest().number()).isEqualTo(1);
      hold.awaitReached();
      assertThat(answer).isNotDone();

      hold.release();

      assertThat(answer.get().body()).contains("one", "two", "message_stop");
    }
  }

  @Test
  void closeEndsHeldStreams() throws Exception {
    ModelServer.Hold hold = new ModelServer.Hold(0);
    ModelServer server = ModelServer.start().reply(Reply.text("never").heldBy(hold));
    CompletableFuture<Boolean> ended =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return !ask(server, HELLO).complete();
              } catch (IOException e) {
                return true;
              }
            });
    hold.awaitReached();

    server.close();

    assertThat(ended.get()).isTrue();
  }

  @Test
  void prefixChangesAreToldWithTheirCause() throws IOException {
    String base =
        "{\"model\":\"claude-opus-5-5\",\"max_tokens\":100,\"system\":\"SYS\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"hello\"}MORE]}";
    String more =
        ",{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}";
    try (ModelServer server = ModelServer.start().respond(_ -> Reply.text("x"))) {
      ask(server, base.replace("MORE", more));
      ask(server, base.replace("MORE", more + more));
      assertThat(server.prefixChanges()).isEmpty();
      ask(server, base.replace("MORE", more + more).replace("SYS", "SYT"));
      ask(
          server,
          base.replace("MORE", more.replace("\"a\"", "\"c\"") + more).replace("SYS", "SYT"));

      server.assertRulesKept();
      assertThat(server.prefixChanges()).hasSize(2);
      assertThat(server.prefixChanges().get(0))
          .contains("request 3: system changed since request 2");
      assertThat(server.prefixChanges().get(1)).contains("messages changed", "block 2 of 5");
    }
  }
}
