package dev.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client factory against real sockets. */
@Timeout(120)
final class HttpClientsTest {
  private static HttpClients clients(Map<String, String> environment) {
    return new HttpClients(NetSettings.from(environment, List.of()));
  }

  private static String get(OkHttpClient client, String url) throws IOException {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code() + " " + response.body().string();
    }
  }

  @Test
  void oneClientPerSchemeAndOnePool() {
    HttpClients clients = clients(Map.of());

    assertThat(clients.forScheme("http")).isSameAs(clients.forScheme("HTTP"));
    assertThat(clients.forScheme("https"))
        .isSameAs(clients.forScheme("https"))
        .isNotSameAs(clients.forScheme("http"));
    assertThat(clients.forScheme("https").connectionPool())
        .isSameAs(clients.forScheme("http").connectionPool());
    assertThat(clients.forScheme("https").callTimeoutMillis()).isZero();
    assertThat(clients.forScheme("https").connectTimeoutMillis()).isEqualTo(10_000);
    assertThat(clients.forScheme("https").followRedirects()).isFalse();
  }

  /** A proxy that notes what it is asked; the address behind it does not exist. */
  private static final class Proxy implements AutoCloseable {
    final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    final List<String> heads = new CopyOnWriteArrayList<>();

    Proxy() throws IOException {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!server.isClosed()) {
                  try (Socket socket = server.accept()) {
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                      int one = socket.getInputStream().read();
                      if (one < 0) {
                        break;
                      }
                      head.append((char) one);
                    }
                    heads.add(head.toString());
                    String status = head.indexOf("CONNECT") == 0 ? "502 No" : "200 OK";
                    socket
                        .getOutputStream()
                        .write(
                            ("HTTP/1.1 " + status + "\r\ncontent-length: 5\r\n\r\nproxy")
                                .getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                  } catch (IOException e) {
                    return;
                  }
                }
              });
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Test
  void plainRequestsGoThroughTheProxyWithItsPasswordAtOnce() throws Exception {
    try (Proxy proxy = new Proxy()) {
      HttpClients clients =
          clients(
              Map.of("HTTP_PROXY", "http://me:secret@127.0.0.1:" + proxy.server.getLocalPort()));

      assertThat(get(clients.forScheme("http"), "http://nowhere.invalid/x")).isEqualTo("200 proxy");

      assertThat(proxy.heads).hasSize(1);
      assertThat(proxy.heads.getFirst())
          .startsWith("GET http://nowhere.invalid/x HTTP/1.1")
          .contains("Proxy-Authorization: Basic bWU6c2VjcmV0");
    }
  }

  @Test
  void secureRequestsAskTheProxyToConnect() throws Exception {
    try (Proxy proxy = new Proxy()) {
      HttpClients clients =
          clients(
              Map.of("HTTPS_PROXY", "http://me:secret@127.0.0.1:" + proxy.server.getLocalPort()));

      assertThatThrownBy(() -> get(clients.forScheme("https"), "https://nowhere.invalid/x"))
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("secret");

      assertThat(proxy.heads.getFirst())
          .startsWith("CONNECT nowhere.invalid:443")
          .contains("Proxy-Authorization: Basic bWU6c2VjcmV0");
    }
  }

  @Test
  void loopbackIsReachedDirectlyDespiteAProxyAndWithoutItsPassword() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> seen = new CopyOnWriteArrayList<>();
    server.createContext(
        "/",
        exchange -> {
          seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      HttpClients clients = clients(Map.of("HTTP_PROXY", "http://me:secret@127.0.0.1:1"));

      assertThat(
              get(
                  clients.forScheme("http"),
                  "http://127.0.0.1:" + server.getAddress().getPort() + "/"))
          .isEqualTo("204 ");

      assertThat(seen).containsExactly("null");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void preconnectToNowhereIsQuietAndCancellable() throws Exception {
    HttpClients clients = clients(Map.of());
    Cancellation cancelled = Cancellation.root();
    cancelled.cancel(Cancellation.Reason.INTERRUPTED);

    clients.preconnect(URI.create("http://127.0.0.1:1"));
    clients.awaitPreconnect(URI.create("http://127.0.0.1:1"), Cancellation.root());

    clients.awaitPreconnect(URI.create("http://127.0.0.1:2"), cancelled);
    assertThat(clients.forScheme("http").connectionPool().connectionCount()).isZero();
  }

  /** A TLS server with a certificate of its own making. */
  private static HttpsServer secureServer(Path directory) throws Exception {
    Path store = directory.resolve("store.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "a",
        "-keystore",
        store.toString(),
        "-file",
        directory.resolve("ca.pem").toString());
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", "changeit", "-noprompt"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aCertificateOfOnesOwnIsTrustedOnlyWhenNamed(@TempDir Path directory) throws Exception {
    HttpsServer server = secureServer(directory);
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
      Path bundle = directory.resolve("bundle.pem");
      String pem = Files.readString(directory.resolve("ca.pem"));
      Files.writeString(
          bundle, "# a comment, ä\n" + pem + "\nsubject: x\n\n" + pem.replace("\n", "\r\n"));

      assertThatThrownBy(() -> get(clients(Map.of()).forScheme("https"), url))
          .isInstanceOf(SSLException.class);
      HttpClients trusting = clients(Map.of("NODE_EXTRA_CA_CERTS", bundle.toString()));
      trusting.preconnect(URI.create(url));
      trusting.awaitPreconnect(URI.create(url), Cancellation.root());
      assertThat(get(trusting.forScheme("https"), url)).isEqualTo("200 ok");
      assertThat(trusting.forScheme("https").connectionPool().connectionCount()).isEqualTo(1);
      assertThat(get(clients(Map.of("SSL_CERT_FILE", bundle.toString())).forScheme("https"), url))
          .isEqualTo("200 ok");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void extraCertificatesDontReplaceTheSystemsOwn(@TempDir Path directory) throws Exception {
    HttpsServer server = secureServer(directory);
    server.stop(0);

    int all =
        ExtraTrust.load(List.of(directory.resolve("ca.pem"))).manager().getAcceptedIssuers().length;

    assertThat(all).isGreaterThan(50);
  }

  @Test
  void aBadCertificateFileIsNamed(@TempDir Path directory) throws Exception {
    Path missing = directory.resolve("missing.pem");
    Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing here");
    Path broken =
        Files.writeString(
            directory.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Path cut = Files.writeString(directory.resolve("cut.pem"), "-----BEGIN CERTIFICATE-----\nMIIB");

    for (Path file : List.of(missing, empty, broken, cut, directory)) {
      HttpClients clients =
          new HttpClients(new NetSettings(ProxyRules.NONE, List.of(file), Duration.ofSeconds(1)));

      assertThatThrownBy(() -> clients.forScheme("https"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(file.getFileName().toString());
      assertThat(clients.forScheme("http")).isNotNull();
    }
  }
}
