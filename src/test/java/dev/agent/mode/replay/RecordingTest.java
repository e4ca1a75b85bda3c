package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import dev.agent.testing.ModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class RecordingTest {
  private static final String HELLO =
      "{\"model\":\"claude-opus-5-5\",\"max_tokens\":100,\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  private static String line(String type, int n, long at, String more) {
    return "{\"type\":\"" + type + "\",\"n\":" + n + ",\"at_ms\":" + at + more + "}\n";
  }

  private static RawClient.Answer ask(ReplayServer server) throws IOException {
    try (RawClient client = new RawClient(server.url())) {
      return client.post(HELLO);
    }
  }

  @Test
  void whatWasRecordedComesBackByteForByte() throws IOException {
    RawClient.Answer original;
    try (ModelServer server = ModelServer.start()) {
      server.reply(Reply.text("größe 🎉"));
      try (RawClient client = new RawClient(server.url())) {
        original = client.post(HELLO);
      }
    }
    byte[] bytes = original.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder recording = new StringBuilder(line("request", 1, 0, ",\"body\":" + HELLO));
    recording.append(
        line("response", 1, 5, ",\"status\":200,\"headers\":{\"request-id\":\"req_9\"}"));
    for (int from = 0; from < bytes.length; from += 7) {
      byte[] part = java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 7));
      recording.append(
          line(
              "chunk",
              1,
              from,
              ",\"base64\":\"" + Base64.getEncoder().encodeToString(part) + "\""));
    }
    recording.append(line("end", 1, 900, ""));

    try (ReplayServer server = new ReplayServer(0, Script.parse("r", recording.toString(), 0))) {
      RawClient.Answer replayed = ask(server);
      assertThat(replayed.body()).isEqualTo(original.body());
      assertThat(replayed.head()).contains("request-id: req_9");
      assertThat(replayed.complete()).isTrue();
    }
  }

  @Test
  void aRecordedFaultCutsTheConnectionAtTheSamePlace() throws IOException {
    String recording =
        line("request", 1, 0, "")
            + line("response", 1, 1, ",\"status\":200,\"headers\":{}")
            + line("chunk", 1, 2, ",\"text\":\"event: ping\\n\"")
            + line("fault", 1, 3, ",\"message\":\"reset\"");
    try (ReplayServer server = new ReplayServer(0, Script.parse("r", recording, 0))) {
      RawClient.Answer answer = ask(server);

      assertThat(answer.body()).isEqualTo("event: ping\n");
      assertThat(answer.complete()).isFalse();
    }
  }

  @Test
  void recordedErrorsKeepStatusAndRetryAfter() throws IOException {
    String recording =
        line("request", 1, 0, "")
            + line("response", 1, 1, ",\"status\":429,\"headers\":{\"retry-after\":\"7\"}")
            + line("chunk", 1, 2, ",\"text\":\"{}\"");
    try (ReplayServer server = new ReplayServer(0, Script.parse("r", recording, 0))) {
      RawClient.Answer answer = ask(server);

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.head()).contains("retry-after: 7");
      assertThat(server.stats().path("faults").path("status 429").asInt()).isEqualTo(1);
    }
  }

  @Test
  void interleavedExchangesAreToldApart() {
    String recording =
        line("request", 1, 0, "")
            + line("request", 2, 0, "")
            + line("response", 2, 1, ",\"status\":200")
            + line("chunk", 2, 2, ",\"text\":\"two\"")
            + line("response", 1, 1, ",\"status\":200")
            + line("chunk", 1, 3, ",\"text\":\"one\"");
    List<String> texts = new ArrayList<>();
    for (Reply reply : Recording.replies("r", recording, 0)) {
      texts.add(
          new String(((Reply.Recorded) reply).pieces().getFirst().bytes(), StandardCharsets.UTF_8));
    }

    assertThat(texts).containsExactly("one", "two");
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "1,100,300", "2,50,150", "10,10,30"})
  void speedDividesThePauses(double speed, long first, long second) {
    String recording =
        line("request", 1, 1000, "")
            + line("response", 1, 1050, ",\"status\":200")
            + line("chunk", 1, 1100, ",\"text\":\"a\"")
            + line("chunk", 1, 1400, ",\"text\":\"b\"");

    Reply.Recorded reply = (Reply.Recorded) Recording.replies("r", recording, speed).getFirst();
    assertThat(reply.pieces().stream().map(Reply.Piece::delayMillis))
        .containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"chunk\",\"n\":1               | is no JSON",
        "{\"type\":\"chunk\"}                      | has no number",
        "{\"type\":\"song\",\"n\":1}               | unknown type",
        "{\"type\":\"chunk\",\"n\":1,\"base64\":\"!\"} | no base64"
      })
  void aBadLineIsNamed(String bad, String what) {
    String recording = line("request", 1, 0, "") + "\n" + bad + "\n";

    assertThatThrownBy(() -> Script.parse("wire.jsonl", recording, 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("wire.jsonl, line 3: ")
        .hasMessageContaining(what);
  }

  @Test
  void recordedAnswersAreCountedByTheCacheToo() throws IOException {
    String answer =
        line("response", 1, 1, ",\"status\":200") + line("chunk", 1, 2, ",\"text\":\"x\"");
    try (ReplayServer server =
        new ReplayServer(0, Script.parse("r", line("request", 1, 0, "") + answer, 0))) {
      ask(server);
      ObjectNode stats = server.stats();
      assertThat(stats.path("cache").path("requests").asInt()).isEqualTo(1);
      assertThat(Json.write(stats)).contains("\"requests\":1");
    }
  }
}
