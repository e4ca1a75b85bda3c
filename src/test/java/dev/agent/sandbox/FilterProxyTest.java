package dev.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.sandbox.SandboxFixture.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter between a sandbox and the network, against a server on this machine. */
class FilterProxyTest {
  @TempDir Path dir;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private ServerSocket server;

  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      byte[] buffer = new byte[64 * 1024];
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        return; // a tunnel that was cut before anything went through it
      }
      String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
      // A body may come in a piece of its own.
      while (text.startsWith("POST") && text.endsWith("\r\n\r\n") && count > 0) {
        count = socket.getInputStream().read(buffer);
        text += new String(buffer, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
      }
      heard.add(text);
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      heard.add(e.toString());
    }
  }

  private SandboxSettings settings(String more) {
    String json =
        "{\"sandbox\": {\"enabled\": true, \"network\": {\"allowedDomains\": [\"good.test:PORT\","
            + " \"*.wide.test:PORT\", \"127.0.0.1:PORT\", \"rebound.test:PORT\"],"
            + " \"deniedDomains\": [\"bad.wide.test\"], \"allowPrivate\": [\"good.test\","
            + " \"a.wide.test\", \"bad.wide.test\"]"
            + more
            + "}}}";
    return SandboxSettings.of(
        SandboxFixture.settings(json.replace("PORT", "" + server.getLocalPort()), dir), dir);
  }

  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    if (host.equals("nowhere.wide.test")) {
      throw new UnknownHostException("no such host");
    }
    return List.of(InetAddress.getLoopbackAddress());
  }

  private String ask(String text) throws IOException {
    try (FilterProxy proxy = new FilterProxy(settings(""), FilterProxyTest::resolve)) {
      return ask(proxy, text.replace("PORT", "" + server.getLocalPort()));
    }
  }

  private static String ask(FilterProxy proxy, String text) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(proxy.directory().resolve("proxy")))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
      return rest(channel);
    }
  }

  private static String rest(SocketChannel channel) throws IOException {
    StringBuilder all = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (channel.read(buffer.clear()) >= 0) {
      all.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://good.test:PORT/x?y HTTP/1.1\r\nHost: good.test:PORT\r\n\r\n",
        "GET http://GOOD.test:PORT/x?y HTTP/1.1\r\nHost: good.test:PORT\r\n\r\n",
        "GET http://good.test.:PORT/x?y HTTP/1.1\r\nhost: good.test\r\n\r\n",
        "GET http://a.wide.test:PORT/x?y HTTP/1.1\r\nHost: a.wide.test:PORT\r\n\r\n"
      })
  void a_host_of_the_list_is_asked(String request) throws IOException {
    assertThat(ask(request)).endsWith("\r\n\r\nhi");
    assertThat(heard).singleElement().asString().startsWith("GET /x?y HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://evil.test:PORT/ HTTP/1.1\r\nHost: evil.test:PORT\r\n\r\n",
        "GET http://good.test.evil.test:PORT/ HTTP/1.1\r\nHost: good.test.evil.test:PORT\r\n\r\n",
        "GET http://xgood.test:PORT/ HTTP/1.1\r\nHost: xgood.test:PORT\r\n\r\n",
        "GET http://wide.test:PORT/ HTTP/1.1\r\nHost: wide.test:PORT\r\n\r\n",
        "GET http://xwide.test:PORT/ HTTP/1.1\r\nHost: xwide.test:PORT\r\n\r\n",
        "GET http://bad.wide.test:PORT/ HTTP/1.1\r\nHost: bad.wide.test:PORT\r\n\r\n",
        "GET http://good.test:1/ HTTP/1.1\r\nHost: good.test:1\r\n\r\n",
        "GET http://good.test:PORT/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
        "GET http://good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\nHost: evil.test\r\n\r\n",
        "GET http://good.test:PORT/ HTTP/1.1\r\nHost : evil.test\r\nHost: good.test\r\n\r\n",
        "GET http://good.test:PORT/ HTTP/1.1\r\n\r\n",
        "GET http://good.test@evil.test:PORT/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
        "GET http://user@good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\n\r\n",
        "GET http://good.test:PORT\\@evil.test/ HTTP/1.1\r\nHost: good.test:PORT\r\n\r\n",
        "GET https://good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: good.test:PORT\r\n\r\n",
        "GET http://127.0.0.1:PORT/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "GET http://[::1]:PORT/ HTTP/1.1\r\nHost: [::1]:PORT\r\n\r\n",
        "GET http://2130706433:PORT/ HTTP/1.1\r\nHost: 2130706433:PORT\r\n\r\n",
        "GET http://rebound.test:PORT/ HTTP/1.1\r\nHost: rebound.test:PORT\r\n\r\n",
        "POST http://good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\nTransfer-Encoding:"
            + " chunked\r\n\r\n0\r\n\r\n",
        "POST http://good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\nContent-Length:"
            + " 1\r\nContent-Length: 2\r\n\r\nab",
        "POST http://good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\nContent-Length:"
            + " -1\r\n\r\nab",
        "GET http://good.test:PORT/ HTTP/1.1\nHost: good.test:PORT\r\n\r\n",
        "GET http://good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\n X: y\r\n\r\n",
        "CONNECT evil.test:PORT HTTP/1.1\r\n\r\n",
        "CONNECT 127.0.0.1:PORT HTTP/1.1\r\n\r\n",
        "CONNECT [::ffff:127.0.0.1]:PORT HTTP/1.1\r\n\r\n",
        "CONNECT 0x7f000001:PORT HTTP/1.1\r\n\r\n",
        "CONNECT 127.1:PORT HTTP/1.1\r\n\r\n",
        "CONNECT localhost:PORT HTTP/1.1\r\n\r\n",
        "CONNECT good.test:PORT HTTP/1.1\r\nHost: evil.test:PORT\r\n\r\n",
        "CONNECT good.test HTTP/1.1\r\n\r\n",
        "CONNECT good.test:0 HTTP/1.1\r\n\r\n",
        "CONNECT good.test:99999 HTTP/1.1\r\n\r\n",
        "CONNECT rebound.test:PORT HTTP/1.1\r\n\r\n",
        "CONNECT good.test:PORT:PORT HTTP/1.1\r\n\r\n",
        "\r\n\r\n",
        "SSH-2.0-client\r\n\r\n"
      })
  void what_is_not_on_the_list_or_can_be_read_in_two_ways_reaches_nobody(String request)
      throws IOException {
    assertThat(ask(request)).startsWith("HTTP/1.1 4").contains("agent sandbox: ");
    assertThat(heard).isEmpty();
  }

  @Test
  void nothing_after_the_body_is_passed_on() throws IOException {
    String answer =
        ask(
            "POST http://good.test:PORT/ HTTP/1.1\r\nHost: good.test:PORT\r\nContent-Length:"
                + " 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: evil.test\r\n\r\n");
    assertThat(answer).endsWith("hi");
    assertThat(heard).singleElement().asString().endsWith("abc").doesNotContain("evil.test");
  }

  /** A first message of TLS 1.2 that names a host. */
  static byte[] hello(Optional<String> name) {
    ByteBuffer extensions = ByteBuffer.allocate(512);
    name.ifPresent(
        host -> {
          byte[] bytes = host.getBytes(StandardCharsets.US_ASCII);
          extensions.putShort((short) 0).putShort((short) (bytes.length + 5));
          extensions.putShort((short) (bytes.length + 3)).put((byte) 0);
          extensions.putShort((short) bytes.length).put(bytes);
        });
    extensions.putShort((short) 23).putShort((short) 0);
    int length = 2 + 32 + 1 + 2 + 2 + 1 + 1 + 2 + extensions.position();
    ByteBuffer hello = ByteBuffer.allocate(5 + 4 + length);
    hello.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + length));
    hello.put((byte) 1).put((byte) 0).putShort((short) length).putShort((short) 0x0303);
    hello.put(new byte[32]).put((byte) 0).putShort((short) 2).putShort((short) 0x1301);
    hello.put((byte) 1).put((byte) 0).putShort((short) extensions.position());
    hello.put(extensions.array(), 0, extensions.position());
    return hello.array();
  }

  @ParameterizedTest
  @CsvSource({
    "good.test, true",
    "GOOD.test, true",
    "evil.test, false",
    "good.test.evil.test, false",
    "'', false"
  })
  void a_tunnel_carries_tls_to_its_own_host_only(String name, boolean passes) throws IOException {
    try (FilterProxy proxy = new FilterProxy(settings(""), FilterProxyTest::resolve);
        SocketChannel channel =
            SocketChannel.open(UnixDomainSocketAddress.of(proxy.directory().resolve("proxy")))) {
      String connect = "CONNECT good.test:" + server.getLocalPort() + " HTTP/1.1\r\n\r\n";
      channel.write(ByteBuffer.wrap(connect.getBytes(StandardCharsets.US_ASCII)));
      byte[] hello = hello(Optional.of(name).filter(it -> !it.isEmpty()));
      for (int i = 0; i < hello.length; i += 7) { // in pieces, as networks may
        channel.write(ByteBuffer.wrap(hello, i, Math.min(7, hello.length - i)));
      }
      String answer = rest(channel);
      assertThat(answer).startsWith("HTTP/1.1 200");
      assertThat(answer.endsWith("hi")).isEqualTo(passes);
      assertThat(heard).hasSize(passes ? 1 : 0);
      assertThat(proxy.refusals()).hasSize(passes ? 0 : 1);
    }
  }

  @Test
  void a_first_message_that_is_cut_anywhere_names_nobody() {
    byte[] hello = hello(Optional.of("good.test"));
    assertThat(ClientHello.serverName(hello, hello.length)).contains("good.test");
    for (int i = 5; i < hello.length - 4; i++) {
      assertThat(ClientHello.serverName(hello, i).filter(name -> !name.equals("good.test")))
          .isEmpty();
    }
  }

  @Test
  void refusals_are_told_once() throws IOException {
    try (FilterProxy proxy = new FilterProxy(settings(""), FilterProxyTest::resolve)) {
      ask(proxy, "CONNECT evil.test:443 HTTP/1.1\r\n\r\n");
      ask(proxy, "CONNECT evil.test:443 HTTP/1.1\r\n\r\n");
      assertThat(proxy.refusals())
          .containsExactly(
              "The sandbox refused a connection: evil.test is not in"
                  + " sandbox.network.allowedDomains.");
      assertThat(proxy.refusals()).isEmpty();
    }
  }

  @Test
  void commands_reach_the_list_through_it_and_nothing_else() throws Exception {
    SandboxFixture.requireSandbox(dir);
    SandboxFixture fixture = new SandboxFixture();
    int port = server.getLocalPort();
    String json =
        "{\"sandbox\": {\"enabled\": true, \"network\": {\"allowedDomains\": [\"localhost:"
            + port
            + "\"], \"allowPrivate\": [\"localhost\"]}}}";
    try (fixture;
        Confinement confinement = fixture.confinement(json, false)) {
      Ran ran =
          fixture.run(
              confinement,
              "ask() { exec 3<>/dev/tcp/127.0.0.1/3128; printf 'GET http://%s/ HTTP/1.1\\r\\nHost:"
                  + " %s\\r\\n\\r\\n' $1 $1 >&3; cat <&3; }; ask localhost:"
                  + port
                  + "; ask evil.test; (echo > /dev/tcp/127.0.0.1/"
                  + port
                  + ") 2>/dev/null || echo no way; echo $https_proxy");
      assertThat(ran.output())
          .contains("hi")
          .contains("evil.test is not in")
          .endsWith("no way\nhttp://127.0.0.1:3128\n");
      assertThat(confinement.refusals()).singleElement().asString().contains("evil.test");
    }
  }

  @Test
  void the_relay_in_perl_does_the_same() throws Exception {
    SandboxFixture.requireSandbox(dir);
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")));
    Path script = dir.resolve("relay.pl");
    try (var text = FilterProxy.class.getResourceAsStream("relay.pl")) {
      Files.write(script, text.readAllBytes());
    }
    try (FilterProxy proxy = new FilterProxy(settings(""), FilterProxyTest::resolve)) {
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      Process relay =
          new ProcessBuilder(
                  "/usr/bin/perl",
                  script.toString(),
                  "" + port,
                  proxy.directory().resolve("proxy").toString())
              .inheritIO()
              .start();
      try {
        Socket socket = null;
        while (socket == null) {
          try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
          } catch (IOException e) {
            Thread.sleep(5);
          }
        }
        try (Socket open = socket) {
          String host = "good.test:" + server.getLocalPort();
          String request = "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
          open.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
          assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
              .endsWith("hi");
        }
      } finally {
        relay.descendants().forEach(ProcessHandle::destroyForcibly);
        relay.destroyForcibly();
      }
    }
  }
}
