package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.settings.Places;
import dev.agent.testing.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReplayModeTest {
  private static final String SCRIPT = "replies: [{blocks: [{text: hi}]}, {blocks: [{text: ho}]}]";
  private static final String HELLO =
      "{\"model\":\"claude-opus-5-5\",\"max_tokens\":100,\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  @TempDir private Path directory;

  /** Keeps what is written and tells when a line is there. */
  private static final class Output extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch line = new CountDownLatch(1);

    @Override
    public synchronized void write(int b) {
      bytes.write(b);
      if (b == '\n') {
        line.countDown();
      }
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  private Launch.World world(OutputStream out) {
    return new Launch.World(
        Map.of(),
        directory,
        InputStream.nullInputStream(),
        out,
        OutputStream.nullOutputStream(),
        false,
        new FakeClock(),
        () -> "00000000-0000-4000-8000-000000000001",
        "1",
        "me",
        "linux",
        Places.of(Map.of(), "linux"));
  }

  private ReplayMode.Options options(String script, int port) throws IOException {
    return new ReplayMode.Options(
        Files.writeString(directory.resolve("s.yaml"), script), port, 0, 0, Optional.empty());
  }

  @Test
  void printsItsAddressServesAndPrintsItsCountsAtTheEnd() throws Exception {
    Output out = new Output();
    Cancellation cancellation = Cancellation.root();
    ReplayMode.Options options = options(SCRIPT, 0);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(() -> ReplayMode.run(options, world(out), cancellation));
    out.line.await();
    String first = out.text().strip();
    assertThat(first).matches("listening on http://127\\.0\\.0\\.1:[0-9]+");
    try (RawClient client = new RawClient(first.substring("listening on ".length()))) {
      assertThat(client.post(HELLO).body()).contains("\"hi\"");
      assertThat(client.post(HELLO.replace("user", "tool")).status()).isEqualTo(400);
    }

    cancellation.cancel(Cancellation.Reason.SHUTDOWN);

    assertThat(exit.get()).isEqualTo(ExitCode.OK);
    JsonNode stats = Json.parse(out.text().substring(first.length()));
    assertThat(stats.path("requests").asInt()).isEqualTo(2);
    assertThat(stats.path("violations").asInt()).isPositive();
    assertThat(stats.path("violation_list").path(0).asText()).startsWith("request 2: ");
    assertThat(stats.path("cache").path("requests").asInt()).isEqualTo(1);
  }

  @Test
  void aMissingFileIsNamed() {
    Path none = directory.resolve("none.yaml");

    assertThatThrownBy(
            () ->
                ReplayMode.run(
                    new ReplayMode.Options(none, 0, 0, 0, Optional.empty()),
                    world(new Output()),
                    Cancellation.root()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(none.toString())
        .hasMessageContaining("can't be read");
  }

  @Test
  void aBadScriptIsNamedBeforeAnythingIsServed() {
    Output out = new Output();

    assertThatThrownBy(() -> ReplayMode.run(options("{}", 0), world(out), Cancellation.root()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("s.yaml, line 1: ");
    assertThat(out.text()).isEmpty();
  }

  @Test
  void aPortThatIsTakenOrNoneIsNamed() throws IOException {
    try (ServerSocket taken =
        new ServerSocket(0, 1, java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      for (int port : new int[] {taken.getLocalPort(), 70_000, -1}) {
        assertThatThrownBy(
                () ->
                    ReplayMode.run(options(SCRIPT, port), world(new Output()), Cancellation.root()))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("port " + port + " can't be had");
      }
    }
  }
}
