package dev.agent.mode.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A Messages API over HTTP/1.1 on loopback. Written on sockets, because the faults it plays (cut,
 * stalled and reset connections, torn events) need the bytes in hand. Thread-safe; one virtual
 * thread per connection.
 */
public final class ReplayServer implements AutoCloseable {
  private static final int MAX_BODY = 64 * 1024 * 1024;

  private final ServerSocket socket;
  private final Function<Exchange, Reply> responder;
  private final RequestRules rules = new RequestRules();
  private final CacheAccounting cache = new CacheAccounting();
  private final List<Exchange> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> faults = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Starts a server.
   *
   * @param port 0 = any that is free
   * @param responder thread-safe; may block to hold an answer back
   * @throws IOException when the port can't be had
   */
  public ReplayServer(int port, Function<Exchange, Reply> responder) throws IOException {
    this.responder = responder;
    this.socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofPlatform().daemon().name("replay-server").start(this::accept);
  }

  /** The address to use as base URL. */
  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** All requests for messages so far. */
  public List<Exchange> requests() {
    return List.copyOf(requests);
  }

  /** What was wrong with them, one sentence each. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** Counts of requests, faults, violations and cached tokens. */
  public ObjectNode stats() {
    ObjectNode node = Json.object();
    node.put("requests", requests.size());
    node.put("violations", violations.size());
    ObjectNode played = node.putObject("faults");
    faults.forEach(played::put);
    node.set("cache", cache.stats());
    return node;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connection.setTcpNoDelay(true);
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 16 * 1024);
      boolean goOn = true;
      while (goOn) {
        goOn = one(connection, in, out);
      }
    } catch (IOException e) {
      // The client went away; that is its right.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
    }
  }

  private boolean one(Socket connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    String first = line(in);
    if (first == null || first.isEmpty()) {
      return false;
    }
    long arrived = System.nanoTime();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    byte[] body = body(in, headers);
    String[] parts = first.split(" ");
    String path = parts.length > 1 ? parts[1].split("\\?")[0] : "/";
    if (path.equals("/_stats")) {
      respond(out, 200, Json.write(stats()), Map.of());
      return true;
    }
    if (path.equals("/v1/messages/count_tokens")) {
      respond(out, 200, "{\"input_tokens\":" + (body.length + 3) / 4 + "}", Map.of());
      return true;
    }
    if (!path.equals("/v1/messages")) {
      respond(out, 404, error("not_found_error", "no such address: " + path), Map.of());
      return true;
    }
    return message(connection, out, headers, body, arrived);
  }

  private boolean message(
      Socket connection, OutputStream out, Map<String, String> headers, byte[] body, long arrived)
      throws IOException, InterruptedException {
    ObjectNode request;
    try {
      JsonNode node = Json.STRICT.readTree(body);
      if (!(node instanceof ObjectNode object)) {
        throw new IOException("no object");
      }
      request = object;
    } catch (JsonProcessingException e) {
      respond(
          out,
          400,
          error(
              "invalid_request_error",
              "The request body is not valid JSON: " + e.getOriginalMessage()),
          Map.of());
      return true;
    }
    Exchange exchange =
        new Exchange(count.incrementAndGet(), arrived, headers, request, body.length);
    requests.add(exchange);
    Optional<String> violation = rules.check(request);
    if (violation.isPresent()) {
      violations.add("request " + exchange.number() + ": " + violation.get());
      respond(
          out,
          400,
          error("invalid_request_error", violation.get()),
          Map.of("request-id", "req_" + exchange.number()));
      return true;
    }
    Reply reply = responder.apply(exchange);
    switch (reply) {
      case Reply.Failure(int status, String type, String text, Map<String, String> more) -> {
        faults.merge("status " + status, 1, Integer::sum);
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put("request-id", "req_" + exchange.number());
        respond(out, status, error(type, text), all);
        return true;
      }
      case Reply.Recorded recorded -> {
        recorded(out, recorded);
        return false;
      }
      case Reply.Message message -> {
        Usage input = cache.account(exchange);
        long output = message.output() > 0 ? message.output() : estimate(message);
        Usage usage =
            new Usage(
                input.inputTokens(),
                output,
                input.cacheReadTokens(),
                input.cacheWrite5mTokens(),
                input.cacheWrite1hTokens(),
                0,
                0);
        rules.sent(message.blocks());
        if (!request.path("stream").asBoolean(false)) {
          respond(
              out,
              200,
              Json.write(whole(message, exchange, usage)),
              Map.of("request-id", "req_" + exchange.number()));
          return true;
        }
        return stream(connection, out, message, exchange, usage);
      }
    }
  }

  private static long estimate(Reply.Message message) {
    long chars = 0;
    for (ObjectNode block : message.blocks()) {
      chars += block.toString().length();
    }
    return Math.max(1, chars / 4);
  }

  private static ObjectNode whole(Reply.Message message, Exchange exchange, Usage usage) {
    ObjectNode node =
        Json.object()
            .put("id", "msg_" + exchange.number())
            .put("type", "message")
            .put("role", "assistant");
    node.put("model", exchange.body().path("model").asText());
    message.blocks().forEach(node.withArray("content")::add);
    node.put("stop_reason", message.stopReason());
    node.set("usage", MessageJson.usage(usage));
    return node;
  }

  private boolean stream(
      Socket connection, OutputStream out, Reply.Message message, Exchange exchange, Usage usage)
      throws IOException, InterruptedException {
    head(
        out,
        200,
        "text/event-stream",
        Map.of("request-id", "req_" + exchange.number(), "transfer-encoding", "chunked"));
    List<SseMessage.Event> events =
        SseMessage.events(
            message, "msg_" + exchange.number(), exchange.body().path("model").asText(), usage);
    for (int i = 0; i < events.size(); i++) {
      if (fault(connection, out, message.fault(), i)) {
        return false;
      }
      if (events.get(i).beginsBlock() && message.blockDelayMillis() > 0) {
        out.flush();
        Thread.sleep(message.blockDelayMillis());
      }
      chunk(out, events.get(i).text().getBytes(StandardCharsets.UTF_8));
      if (events.get(i).beginsBlock() || message.blockDelayMillis() > 0) {
        out.flush();
      }
    }
    chunk(out, new byte[0]);
    out.flush();
    return true;
  }

  /** Plays the fault when its moment has come; true when the connection is over. */
  private boolean fault(Socket connection, OutputStream out, Reply.Fault fault, int event)
      throws IOException, InterruptedException {
    switch (fault) {
      case Reply.Fault.Drop(int after) when after == event -> {
        faults.merge("drop", 1, Integer::sum);
        out.flush();
        connection.setSoLinger(true, 0);
        connection.close();
        return true;
      }
      case Reply.Fault.Stall(int after, long millis) when after == event -> {
        faults.merge("stall", 1, Integer::sum);
        out.flush();
        Thread.sleep(millis);
        return true;
      }
      case Reply.Fault.Malformed(int after) when after == event -> {
        faults.merge("malformed", 1, Integer::sum);
        chunk(
            out,
            "event: content_block_delta\ndata: {\"type\":\"content_block_del\n\n"
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        return false;
      }
      case Reply.Fault.ErrorEvent(int after, String type) when after == event -> {
        faults.merge("error event", 1, Integer::sum);
        chunk(
            out,
            ("event: error\ndata: " + error(type, "played by the script") + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        chunk(out, new byte[0]);
        out.flush();
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private static void recorded(OutputStream out, Reply.Recorded recorded)
      throws IOException, InterruptedException {
    String type = recorded.headers().getOrDefault("content-type", "text/event-stream");
    Map<String, String> headers = new LinkedHashMap<>();
    recorded
        .headers()
        .forEach(
            (name, value) -> {
              if (name.equals("request-id") || name.startsWith("retry-after")) {
                headers.put(name, value);
              }
            });
    headers.put("transfer-encoding", "chunked");
    headers.put("connection", "close");
    head(out, recorded.status(), type, headers);
    for (Reply.Piece piece : recorded.pieces()) {
      if (piece.delayMillis() > 0) {
        out.flush();
        Thread.sleep(piece.delayMillis());
      }
      chunk(out, piece.bytes());
    }
    chunk(out, new byte[0]);
    out.flush();
  }

  private static String error(String type, String message) {
    ObjectNode node = Json.object().put("type", "error");
    node.putObject("error").put("type", type).put("message", message);
    return Json.write(node);
  }

  private static void head(OutputStream out, int status, String type, Map<String, String> headers)
      throws IOException {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 ")
            .append(status)
            .append(" X\r\ncontent-type: ")
            .append(type)
            .append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void respond(
      OutputStream out, int status, String body, Map<String, String> headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("content-length", String.valueOf(bytes.length));
    head(out, status, "application/json", all);
    out.write(bytes);
    out.flush();
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  private static @org.jspecify.annotations.Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(b);
      if (line.size() > 64 * 1024) {
        throw new IOException("a header line is too long");
      }
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        String size = line(in);
        int length = size == null ? 0 : Integer.parseInt(size.split(";")[0].strip(), 16);
        if (length == 0) {
          for (String trailer = line(in);
              trailer != null && !trailer.isEmpty();
              trailer = line(in)) {}
          return body.toByteArray();
        }
        body.write(in.readNBytes(length));
        line(in);
        if (body.size() > MAX_BODY) {
          throw new IOException("the body is too large");
        }
      }
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > MAX_BODY) {
      throw new IOException("the body is too large");
    }
    return in.readNBytes(length);
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : new ArrayList<>(open)) {
        connection.close();
      }
    } catch (IOException e) {
      // It is going away in any case.
    }
  }
}
