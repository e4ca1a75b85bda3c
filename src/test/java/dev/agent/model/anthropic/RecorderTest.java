package dev.agent.model.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agent.model.ModelException;
import dev.agent.model.ModelStream;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.net.ProxyRules;
import dev.agent.runtime.Cancellation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recordings: complete, replayable, and without secrets. */
@Timeout(120)
final class RecorderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CANARY = "sk-ant-canary-\"0123456789";

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  private List<String> types() throws Exception {
    List<String> types = new ArrayList<>();
    for (String line : lines) {
      types.add(JSON.readTree(line).path("type").asText());
    }
    return types;
  }

  private String joined() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines) {
      JsonNode node = JSON.readTree(line);
      if (node.has("text")) {
        bytes.writeBytes(node.path("text").asText().getBytes(StandardCharsets.UTF_8));
      } else if (node.has("base64")) {
        bytes.writeBytes(Base64.getDecoder().decode(node.path("base64").asText()));
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private Recorder recorder(String... secrets) {
    return new Recorder(lines::add, List.of(secrets), System::nanoTime);
  }

  private void talk(RawServer server, Recorder recorder, String prompt) throws Exception {
    ServiceOptions options =
        ServiceOptions.from(
            Map.of(
                "ANTHROPIC_BASE_URL",
                server.uri().toString(),
                "ANTHROPIC_CUSTOM_HEADERS",
                "X-Gateway-Token: " + CANARY),
            List.of(),
            Map.of(),
            "1");
    AnthropicClient client =
        new AnthropicClient(
            new HttpClients(new NetSettings(ProxyRules.NONE, List.of(), Duration.ofSeconds(5))),
            options,
            new Credentials.ApiKey(CANARY),
            Optional.of(recorder),
            InstantSource.system());
    try (ModelStream stream = client.open(Streams.request(prompt), Cancellation.root())) {
      while (stream.hasNext()) {
        stream.next();
      }
    }
  }

  @Test
  void aWholeExchangeIsRecorded() throws Exception {
    String answer = Streams.answer("Hällo 😀");
    try (RawServer server = new RawServer((_, _, _, out) -> RawServer.stream(out, answer))) {
      talk(server, recorder(), "héllo");
      talk(server, recorder(), "again");
    }

    assertThat(types())
        .startsWith("request", "response", "chunk")
        .endsWith("end")
        .doesNotContain("fault");
    JsonNode request = JSON.readTree(lines.getFirst());
    assertThat(request.path("n").asInt()).isEqualTo(1);
    assertThat(request.path("at_ms").isIntegralNumber()).isTrue();
    assertThat(request.path("method").asText()).isEqualTo("POST");
    assertThat(request.path("path").asText()).isEqualTo("/v1/messages");
    assertThat(request.path("headers").path("anthropic-version").asText()).isEqualTo("2023-06-01");
    assertThat(
            request
                .path("body")
                .path("messages")
                .path(0)
                .path("content")
                .path(0)
                .path("text")
                .asText())
        .isEqualTo("héllo");
    JsonNode response = JSON.readTree(lines.get(1));
    assertThat(response.path("status").asInt()).isEqualTo(200);
    assertThat(response.path("headers").path("request-id").asText()).isEqualTo("req_test");
    assertThat(new String(joined().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
        .isEqualTo(answer + answer);
  }

  @Test
  void exchangesAreNumbered() throws Exception {
    Recorder recorder = recorder();
    try (RawServer server =
        new RawServer((_, _, _, out) -> RawServer.stream(out, Streams.answer("x")))) {
      talk(server, recorder, "a");
      talk(server, recorder, "b");
    }

    assertThat(JSON.readTree(lines.getFirst()).path("n").asInt()).isEqualTo(1);
    assertThat(JSON.readTree(lines.getLast()).path("n").asInt()).isEqualTo(2);
  }

  @Test
  void noSecretIsInARecordingWhereverItStands() throws Exception {
    String once = CANARY.replace("\"", "\\\"");
    String escaped = once + " " + once.replace("\\", "\\\\").replace("\"", "\\\"");
    try (RawServer server =
        new RawServer(
            (_, number, _, out) -> {
              RawServer.streamHead(out, "set-cookie: session=other-canary-1", "x-echo: " + CANARY);
              for (byte one :
                  Streams.answer("you said " + escaped + " and env-canary-22")
                      .getBytes(StandardCharsets.UTF_8)) {
                RawServer.chunk(out, new byte[] {one});
              }
              RawServer.end(out);
            })) {
      talk(
          server,
          new Recorder(lines::add, List.of("env-canary-22", "abc"), System::nanoTime),
          "my key is " + CANARY + ", env-canary-22, abc");
    }

    assertThat(String.join("\n", lines))
        .doesNotContain("canary")
        .contains("[redacted]")
        .contains("abc");
    for (String line : lines) {
      JSON.readTree(line);
    }
  }

  @Test
  void anErrorAndABreakAreRecorded() throws Exception {
    Recorder recorder = recorder();
    try (RawServer server =
        new RawServer(
            (_, number, socket, out) -> {
              if (number == 0) {
                RawServer.plain(out, 529, "{\"type\":\"error\"}", "retry-after: 3");
              } else {
                RawServer.streamHead(out);
                RawServer.chunk(out, Streams.START);
                socket.close();
              }
            })) {
      for (int i = 0; i < 2; i++) {
        try {
          talk(server, recorder, "x");
        } catch (ModelException e) {
          assertThat(e).isNotNull();
        }
      }
    }

    assertThat(types())
        .containsExactly(
            "request", "response", "chunk", "end", "request", "response", "chunk", "fault");
    assertThat(JSON.readTree(lines.get(1)).path("headers").path("retry-after").asText())
        .isEqualTo("3");
    assertThat(JSON.readTree(lines.getLast()).path("message").asText()).isNotBlank();
  }

  @Test
  void bytesThatAreNoTextAreKeptAsBase64() throws Exception {
    Recorder.Exchange exchange = recorder().begin("/v1/messages", Headers.of(), "{}");
    byte[] bytes = {'a', (byte) 0xFF, '\n', 'b'};

    exchange.chunk(bytes, 0, bytes.length);
    exchange.end();
    exchange.fault("late");

    assertThat(types()).containsExactly("request", "chunk", "chunk", "end");
    assertThat(joined()).isEqualTo("a\u00FF\nb");
  }

  @Test
  void nothingPrintsAKey() {
    Credentials.KeyCommand helper =
        new Credentials.KeyCommand(() -> CANARY, Duration.ofMinutes(1), System::nanoTime);

    assertThat(
            new Credentials.ApiKey(CANARY) + " " + new Credentials.AuthToken(CANARY) + " " + helper)
        .doesNotContain("canary");
  }
}
