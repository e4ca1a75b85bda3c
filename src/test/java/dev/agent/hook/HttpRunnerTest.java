package dev.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HttpRunnerTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    answer("/fine", 200, "{}");
    answer("/text", 200, "fine");
    answer("/gone", 410, "{\"decision\":\"block\"}");
    answer("/huge", 200, "{" + " ".repeat(2_000_000) + "}");
    server.createContext(
        "/elsewhere",
        exchange -> {
          asked.incrementAndGet();
          exchange.getResponseHeaders().add("Location", "/fine");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/silent",
        _ -> {
          try {
            closing.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    server.stop(0);
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          asked.incrementAndGet();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private HookAnswer ask(String url, Duration limit, String... allowed)
      throws InterruptedException {
    HttpRunner runner =
        new HttpRunner(
            new HttpClients(NetSettings.from(Map.of(), List.of())),
            new AddressGuard(List.of(allowed)::contains),
            Map::of,
            _ -> List.of(InetAddress.getLoopbackAddress()));
    Handler.Action.Http action = new Handler.Action.Http(url, Map.of(), List.of());
    Handler handler =
        new Handler(
            HookEvent.STOP,
            HookMatcher.of("").orElseThrow(),
            Optional.empty(),
            action,
            Optional.empty(),
            false,
            false,
            false,
            "test");
    return runner.run(
        action,
        new HookRun(handler, "{}", Path.of("/"), Map.of(), limit, () -> {}, Cancellation.root()));
  }

  private HookAnswer ask(String path) throws InterruptedException {
    return ask(
        "http://hooks.example:" + server.getAddress().getPort() + path,
        Duration.ofSeconds(20),
        "hooks.example");
  }

  @Test
  void aNameThatLeadsToThisMachineIsNotAskedUnlessItIsListed() throws Exception {
    String url = "http://hooks.example:" + server.getAddress().getPort() + "/fine";
    assertThat(ask(url, Duration.ofSeconds(20))).isInstanceOf(HookAnswer.Failure.class);
    assertThat(asked).hasValue(0);
    assertThat(ask("/fine")).isEqualTo(new HookAnswer.Replied("{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1",
        "http://2130706433",
        "http://127.1",
        "http://[::ffff:127.0.0.1]",
        "http://localhost",
        "http://169.254.169.254",
        "http://metadata.internal",
        "ftp://x",
        "x"
      })
  void addressesThatAreNotPublicAreNotAsked(String url) throws Exception {
    assertThat(ask(url, Duration.ofSeconds(20))).isInstanceOf(HookAnswer.Failure.class);
  }

  @Test
  void whatIsNoGoodAnswerIsAFailure() throws Exception {
    assertThat(ask("/gone")).isEqualTo(new HookAnswer.Failure("answered with status 410"));
    assertThat(ask("/elsewhere")).isEqualTo(new HookAnswer.Failure("answered with status 302"));
    assertThat(ask("/huge")).isEqualTo(new HookAnswer.Failure("answered with more than 1 MB"));
    assertThat(asked).hasValue(3);
    assertThat(AnswerReader.read(HookEvent.STOP, "Stop", "u", ask("/text")))
        .singleElement()
        .isInstanceOf(HookOutcome.Failed.class);
  }

  @Test
  void anAddressThatIsSilentCostsItsTimeLimit() throws Exception {
    assertThat(
            ask(
                "http://hooks.example:" + server.getAddress().getPort() + "/silent",
                Duration.ofMillis(200),
                "hooks.example"))
        .isInstanceOf(HookAnswer.Failure.class);
  }
}
