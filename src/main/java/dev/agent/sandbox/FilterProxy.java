package dev.agent.sandbox;

import dev.agent.net.AddressGuard;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The only way out of a sandbox: an HTTP proxy on a Unix socket in a directory that only we may
 * enter. Each connection is one request to one host of the list; names are resolved here, and only
 * public addresses are connected to. Through a tunnel nothing goes to another host: the first
 * message of TLS must name the same one. Thread-safe.
 */
public final class FilterProxy implements AutoCloseable {
  private static final int MAX_HEAD = 32 * 1024;
  private static final int MAX_RECORD = 5 + 16 * 1024 + 256;
  private static final int MAX_CONNECTIONS = 128;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int HEAD_MILLIS = 15_000;
  private static final int HTTPS = 443;
  private static final int FORBIDDEN = 403;
  private static final int BAD_GATEWAY = 502;

  /** Turns a name into addresses. */
  @FunctionalInterface
  interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  private final Path directory;
  private final ServerSocketChannel server;
  private final DomainList domains;
  private final AddressGuard guard;
  private final Resolver resolver;
  private final Optional<Integer> ownFilter;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final Set<String> refused = new LinkedHashSet<>();

  /**
   * Opens it.
   *
   * @throws IOException when no socket can be made
   */
  public static FilterProxy open(SandboxSettings settings) throws IOException {
    return new FilterProxy(settings, host -> List.of(InetAddress.getAllByName(host)));
  }

  FilterProxy(SandboxSettings settings, Resolver resolver) throws IOException {
    this.domains = new DomainList(settings.allowedDomains(), settings.deniedDomains());
    this.guard = new AddressGuard(settings.allowPrivate()::contains);
    this.resolver = resolver;
    this.ownFilter = settings.httpProxyPort();
    this.directory = Files.createTempDirectory("agent-"); // 0700, and short: a socket's path is
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(directory.resolve("proxy")));
    Thread.ofVirtual().name("sandbox-proxy").start(this::accept);
  }

  /** The directory that holds the socket {@code proxy}. */
  public Path directory() {
    return directory;
  }

  /** What was refused since the last time, in sentences. */
  public List<String> refusals() {
    synchronized (refused) {
      List<String> all = List.copyOf(refused);
      refused.clear();
      return all;
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        if (free.tryAcquire()) {
          Thread.ofVirtual().start(() -> serve(client));
        } else {
          client.close();
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(SocketChannel client) {
    Thread watch = Thread.ofVirtual().unstarted(() -> closeLater(client));
    try (client) {
      if (ownFilter.isPresent()) {
        try (Socket target = new Socket()) {
          target.connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), ownFilter.get()),
              CONNECT_MILLIS);
          both(client, target);
        }
        return;
      }
      watch.start();
      Head head = head(client);
      try {
        ProxyRequest request = ProxyRequest.parse(head.text());
        try (Socket target = connect(request)) {
          if (request.tunnel()) {
            tunnel(client, target, request, head.rest(), watch);
          } else {
            watch.interrupt();
            plain(client, target, request, head.rest());
          }
        }
      } catch (ProxyRequest.RefusedException e) {
        answer(client, e.status(), String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      // One side went away; so does the other.
    } finally {
      watch.interrupt();
      free.release();
    }
  }

  private static void closeLater(SocketChannel client) {
    try {
      Thread.sleep(HEAD_MILLIS);
      client.close();
    } catch (InterruptedException | IOException e) {
      // It has said what it wants.
    }
  }

  private record Head(String text, ByteBuffer rest) {}

  private static Head head(SocketChannel client) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(MAX_HEAD);
    while (in.hasRemaining()) {
      if (client.read(in) < 0) {
        throw new EOFException();
      }
      String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        int from = end + 4;
        return new Head(
            text.substring(0, end), ByteBuffer.wrap(in.array(), from, in.position() - from));
      }
    }
    throw new IOException("the head is too long");
  }

  private Socket connect(ProxyRequest request) throws ProxyRequest.RefusedException, IOException {
    Optional<String> objection =
        domains.objection(request.host(), request.port()).or(() -> guard.objection(request.host()));
    if (objection.isPresent()) {
      throw refuse(objection.get());
    }
    List<InetAddress> addresses;
    try {
      addresses = guard.filter(request.host(), resolver.resolve(request.host()));
    } catch (UnknownHostException e) {
      throw refuse(request.host() + ": " + e.getMessage());
    }
    String last = "";
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, request.port()), CONNECT_MILLIS);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = String.valueOf(e.getMessage());
      }
    }
    throw new ProxyRequest.RefusedException(BAD_GATEWAY, request.host() + ": " + last);
  }

  private ProxyRequest.RefusedException refuse(String why) {
    synchronized (refused) {
      if (refused.size() < 20) {
        refused.add("The sandbox refused a connection: " + why + ".");
      }
    }
    return new ProxyRequest.RefusedException(FORBIDDEN, why);
  }

  private static void answer(SocketChannel client, int status, String why) throws IOException {
    byte[] body = ("agent sandbox: " + why + "\n").getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " Refused\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + body.length
            + "\r\nX-Agent-Sandbox: refused\r\nConnection: close\r\n\r\n";
    write(client, ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    write(client, ByteBuffer.wrap(body));
  }

  private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private void tunnel(
      SocketChannel client, Socket target, ProxyRequest request, ByteBuffer rest, Thread watch)
      throws IOException {
    write(
        client,
        ByteBuffer.wrap("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer first = ByteBuffer.allocate(MAX_RECORD);
    first.put(rest);
    if (request.port() == HTTPS || startsHandshake(client, first)) {
      int length = -1;
      while (length < 0 || first.position() < length) {
        length = ClientHello.recordLength(first.array(), first.position());
        if (length > MAX_RECORD
            || first.position() > 0 && first.get(0) != ClientHello.HANDSHAKE
            || (length < 0 || first.position() < length) && client.read(first) < 0) {
          throw refusedTunnel(request, "it carries something else than TLS");
        }
      }
      String name =
          ClientHello.serverName(first.array(), Math.min(length, first.position()))
              .flatMap(DomainList::plain)
              .orElse("");
      if (!name.equals(request.host())) {
        throw refusedTunnel(request, "it asks for \"" + name + "\"");
      }
    }
    watch.interrupt();
    target.getOutputStream().write(first.array(), 0, first.position());
    both(client, target);
  }

  /** Waits for the first byte of a tunnel to an unusual port. */
  private static boolean startsHandshake(SocketChannel client, ByteBuffer first)
      throws IOException {
    return (first.position() > 0 || client.read(first) > 0)
        && first.get(0) == ClientHello.HANDSHAKE;
  }

  private IOException refusedTunnel(ProxyRequest request, String why) {
    return new IOException(refuse("the tunnel to " + request.host() + " was cut: " + why));
  }

  private static void plain(
      SocketChannel client, Socket target, ProxyRequest request, ByteBuffer rest)
      throws IOException {
    StringBuilder head =
        new StringBuilder(request.method() + " " + request.path() + " HTTP/1.1\r\n");
    request.headers().forEach(line -> head.append(line).append("\r\n"));
    var out = target.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    // Exactly the body and nothing after it: that could be a request to another host.
    long left = request.bodyLength();
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    int ready = (int) Math.min(left, rest.remaining());
    out.write(rest.array(), rest.arrayOffset() + rest.position(), ready);
    left -= ready;
    while (left > 0) {
      buffer.clear().limit((int) Math.min(left, buffer.capacity()));
      int count = client.read(buffer);
      if (count < 0) {
        throw new EOFException();
      }
      out.write(buffer.array(), 0, count);
      left -= count;
    }
    out.flush();
    back(target, client);
  }

  private static void back(Socket from, SocketChannel to) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    var in = from.getInputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      write(to, ByteBuffer.wrap(buffer, 0, n));
    }
  }

  private static void both(SocketChannel client, Socket target) throws IOException {
    Thread back =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    back(target, client);
                    client.shutdownOutput();
                  } catch (IOException e) {
                    closeQuietly(client, target);
                  }
                });
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    try {
      var out = target.getOutputStream();
      while (client.read(buffer.clear()) >= 0) {
        out.write(buffer.array(), 0, buffer.position());
      }
      target.shutdownOutput();
      back.join();
    } catch (IOException e) {
      closeQuietly(client, target);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(SocketChannel client, Socket target) {
    try (client;
        target) {
      return;
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(directory.resolve("proxy"));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      return; // a socket without a listener is left in the temporary directory
    }
  }
}
