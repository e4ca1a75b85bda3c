package dev.agent.tools.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agent.message.ContentBlock;
import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on this machine, which the "user" of these tests allows by its name. */
@Timeout(120)
class WebFetchTest {
  private static final String HOST = "docs.example";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Cancellation cancellation = Cancellation.root();
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer server;
  private ExecutorService threads;
  private String base;

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.start();
    base = "http://" + HOST + ":" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void on(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          asked.add(path);
          try (exchange) {
            answer.to(exchange);
          }
        });
  }

  private void page(String path, String type, byte[] body) {
    on(
        path,
        exchange -> {
          if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
          }
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
        });
  }

  private void redirect(String path, int code, String to) {
    on(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(code, -1);
        });
  }

  private WebFetch tool(Duration limit) {
    Dns dns = _ -> List.of(InetAddress.getLoopbackAddress());
    return tool(new AddressGuard(HOST::equals), dns, limit);
  }

  private static WebFetch tool(AddressGuard guard, Dns dns, Duration limit) {
    return new WebFetch(new HttpClients(NetSettings.from(Map.of(), List.of())), guard, dns, limit);
  }

  private static ObjectNode input(String url) {
    return JsonNodeFactory.instance.objectNode().put("url", url);
  }

  private String fetch(WebFetch tool, ObjectNode input) throws Exception {
    ToolContext context =
        new ToolContext() {
          @Override
          public Cancellation cancellation() {
            return cancellation;
          }

          @Override
          public void progress(String text) {}
        };
    var result = tool.run(new ToolCall("call-1", "WebFetch", input), context);
    assertThat(result.isError()).isFalse();
    return ((ContentBlock.Text) result.forModel().getFirst()).text();
  }

  private String fetch(String path) throws Exception {
    return fetch(tool(Duration.ofSeconds(30)), input(base + path));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void pages_become_markdown_and_the_question_comes_back() throws Exception {
    page("/p", "text/html; charset=utf-8", utf8("<title>T</title><p>Hé <b>you</b></p>"));
    ObjectNode input = input(base + "/p").put("prompt", "who?");
    assertThat(fetch(tool(Duration.ofSeconds(30)), input))
        .isEqualTo("Content of " + base + "/p:\n\n# T\n\nHé **you**\n\n(You wanted to know: who?)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain; charset=ISO-8859-1     | ISO-8859-1",
        "text/plain; charset=\"windows-1252\" | windows-1252",
        "text/plain; charset=utf-16         | UTF-16",
        "text/plain                         | UTF-8",
        "text/plain; charset=nonsense       | UTF-8",
        "text/plain; charset=               | UTF-8",
        "application/json                   | UTF-8",
        "application/xhtml+xml              | UTF-8",
        "text/markdown; charset=utf-8; x=y  | UTF-8"
      })
  void characters_are_read_as_the_server_says(String type, String charset) throws Exception {
    page("/c", type, "<p>smörgåsbord</p>".getBytes(Charset.forName(charset)));
    assertThat(fetch("/c")).contains("smörgåsbord");
  }

  @Test
  void a_page_that_names_its_charset_itself_is_read_so() throws Exception {
    page(
        "/m",
        "text/html",
        "<meta charset=iso-8859-1><p>né</p>".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(fetch("/m")).contains("né");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "application/octet-stream", "video/mp4", "application/zip"})
  void what_is_no_text_is_refused_by_name(String type) {
    page("/b", type, new byte[] {1, 2, 3, 0});
    assertThatThrownBy(() -> fetch("/b"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining(type);
  }

  @Test
  void an_answer_without_a_type_is_shown_only_when_it_is_text() throws Exception {
    page("/t", "", utf8("plain words"));
    assertThat(fetch("/t")).contains("plain words");
    page("/z", "", new byte[] {1, 0, 2});
    assertThatThrownBy(() -> fetch("/z")).isInstanceOf(ToolException.class);
  }

  @Test
  void an_empty_answer_is_said() throws Exception {
    page("/e", "text/plain", new byte[0]);
    assertThat(fetch("/e")).contains("(empty)");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 429, 500, 503})
  void failures_name_the_status(int code) {
    on("/f", exchange -> exchange.sendResponseHeaders(code, -1));
    assertThatThrownBy(() -> fetch("/f")).hasMessageContaining("status " + code);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirects_on_one_host_are_followed(int code) throws Exception {
    redirect("/a", code, "/b");
    page("/b", "text/plain", utf8("arrived"));
    assertThat(fetch("/a")).startsWith("Content of " + base + "/b:").contains("arrived");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/x", "http://169.254.169.254/latest", "http://other.example/x",
        "//other.example/x", "http://docs.example:1/x", "https://docs.example/x",
        "http://[::1]/", "http:\\\\other.example\\x", "http://docs.example@other.example/"
      })
  void a_redirect_to_another_place_is_shown_and_not_followed(String to) throws Exception {
    redirect("/away", 302, to);
    assertThat(fetch("/away")).contains("leads to another place").contains("Call WebFetch again");
    assertThat(asked).containsExactly("/away");
  }

  @Test
  void a_redirect_to_no_web_address_is_an_error() {
    redirect("/file", 302, "file:///etc/passwd");
    assertThatThrownBy(() -> fetch("/file")).hasMessageContaining("no web address");
    redirect("/script", 302, "javascript:alert(1)");
    assertThatThrownBy(() -> fetch("/script")).isInstanceOf(ToolException.class);
  }

  @Test
  void a_redirect_loop_ends_after_five_hops() {
    redirect("/loop", 302, "/loop");
    assertThatThrownBy(() -> fetch("/loop")).hasMessageContaining("more than 5 times");
    assertThat(asked).hasSize(6);
  }

  @Test
  void a_compressed_bomb_is_cut_at_the_size_limit() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      byte[] megabyte = new byte[1 << 20];
      java.util.Arrays.fill(megabyte, (byte) 'a');
      for (int i = 0; i < 60; i++) {
        zip.write(megabyte);
      }
    }
    on(
        "/bomb",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, bytes.size());
          exchange.getResponseBody().write(bytes.toByteArray());
        });
    assertThat(fetch("/bomb")).hasSizeLessThan(61_000).contains("more than 10485760 bytes");
  }

  @Test
  void a_body_without_end_is_cut_at_the_size_limit() throws Exception {
    on(
        "/endless",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = utf8("x".repeat(65_536));
          try (OutputStream out = exchange.getResponseBody()) {
            while (closing.getCount() > 0) {
              out.write(piece);
            }
          } catch (IOException e) {
            // the client hung up
          }
        });
    assertThat(fetch("/endless")).contains("cut off");
  }

  @Test
  void a_server_that_never_finishes_is_left_after_the_time_limit() {
    on(
        "/slow",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          await();
        });
    assertThatThrownBy(() -> fetch(tool(Duration.ofMillis(500)), input(base + "/slow")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("could not be fetched");
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void an_interrupt_ends_a_fetch() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    on(
        "/hang",
        _ -> {
          reached.countDown();
          await();
        });
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    fetch("/hang");
                  } catch (Exception e) {
                    end.set(e);
                  }
                });
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    cancellation.cancel(Cancellation.Reason.values()[0]);
    caller.join();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_connection_that_breaks_off_is_an_error_in_words() {
    on(
        "/broken",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('x');
        });
    assertThatThrownBy(() -> fetch("/broken"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("could not be fetched");
  }

  @Test
  void a_name_that_leads_to_this_machine_is_not_asked() {
    page("/secret", "text/plain", utf8("secret"));
    AddressGuard strict = new AddressGuard(_ -> false);
    Dns rebinding = _ -> List.of(InetAddress.getLoopbackAddress());
    assertThatThrownBy(
            () -> fetch(tool(strict, rebinding, Duration.ofSeconds(60)), input(base + "/secret")))
        .hasMessageContaining("not public");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "①②⑦.⓪.⓪.①",
        "localhost"
      })
  void no_way_to_write_this_machine_reaches_it(String host) {
    page("/secret", "text/plain", utf8("secret"));
    String url = "http://" + host + ":" + server.getAddress().getPort() + "/secret";
    AddressGuard strict = new AddressGuard(_ -> false);
    assertThatThrownBy(() -> fetch(tool(strict, Dns.SYSTEM, Duration.ofSeconds(60)), input(url)))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("public addresses only");
    assertThat(asked).isEmpty();
  }

  /** A guard that is fooled before the call still holds where the connection ends. */
  @Test
  void the_address_that_was_reached_is_looked_at_again() {
    page("/secret", "text/plain", utf8("secret"));
    List<String> questions = new ArrayList<>();
    AddressGuard fooled =
        new AddressGuard(
            host -> {
              questions.add(host);
              return questions.size() <= 1; // right for the look at the literal, wrong after it
            });
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/secret";
    assertThatThrownBy(() -> fetch(tool(fooled, Dns.SYSTEM, Duration.ofSeconds(60)), input(url)))
        .hasMessageContaining("not public");
    assertThat(asked).isEmpty();
  }

  @Test
  void a_name_without_an_address_is_an_error_in_words() {
    Dns nothing =
        host -> {
          throw new UnknownHostException(host);
        };
    assertThatThrownBy(
            () ->
                fetch(
                    tool(new AddressGuard(_ -> false), nothing, Duration.ofSeconds(60)),
                    input("https://nowhere.example/")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("could not be fetched");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://exa mple.org/",
        "https:\\\\example.org\\",
        "https://example.org/\u0001",
        "javascript:alert(1)",
        "https://user@example.org/",
        "https://user:pw@example.org/",
        "data:text/plain,hi",
        "http://[::1",
        "http://example.org:99999/"
      })
  void what_is_no_plain_web_address_is_refused(String url) {
    assertThatThrownBy(() -> fetch(tool(Duration.ofSeconds(60)), input(url)))
        .isInstanceOf(ToolException.class);
    assertThat(tool(Duration.ofSeconds(60)).effect(input(url))).isEqualTo(Effect.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a?b, https://example.org:443",
    "http://example.org/, https://example.org:443",
    "http://example.org:8080/, http://example.org:8080",
    "http://docs.example/, http://docs.example:80",
    "https://EXAMPLE.org/, https://example.org:443",
    "https://[2606:4700::1]/, https://[2606:4700::1]:443",
    "https://bücher.example/, https://xn--bcher-kva.example:443"
  })
  void the_effect_names_the_place_that_will_be_asked(String url, String place) {
    assertThat(tool(Duration.ofSeconds(60)).effect(input(url)))
        .isEqualTo(Effect.fetches(URI.create(place)));
  }

  @Test
  void input_without_an_address_is_refused() {
    assertThatThrownBy(
            () -> fetch(tool(Duration.ofSeconds(60)), JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(ToolException.class);
  }
}
