package dev.agent.mode.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A Messages API over HTTP/1.1 on loopback. Written on sockets, because the faults it plays (cut,
 * stalled and reset connections, torn events) need the bytes in hand. Thread-safe; one virtual
 * thread per connection, at most 256 of them.
 */
public final class ReplayServer implements AutoCloseable {
  /** What the service takes; longer bodies are answered with 413. */
  static final int MAX_BODY = 32 * 1024 * 1024;

  private static final int MAX_READ = 2 * MAX_BODY;
  private static final int MAX_CONNECTIONS = 256;

  /** Bodies kept for {@link #requests()}; the oldest go first. */
  private static final long MAX_KEPT_BYTES = 64L * 1024 * 1024;

  private static final int MAX_REMARKS = 1_000;

  private final ServerSocket socket;
  private final Function<Exchange, Reply> responder;
  private final Consumer<Exchange> observer;
  private final Catalog catalog = Catalog.load(Json.object());
  private final RequestRules rules = new RequestRules(catalog);
  private final CacheAccounting cache;
  private final PrefixWatch prefixes = new PrefixWatch();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  // Guarded by this:
  private final Deque<Exchange> kept = new ArrayDeque<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> prefixChanges = new ArrayList<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private long keptBytes;
  private int count;
  private int broken;
  private int changed;

  /**
   * Starts a server whose cache lives by the clock of the machine's uptime.
   *
   * @param port 0 = any that is free
   * @param responder thread-safe; may block to hold an answer back
   * @throws IOException when the port can't be had
   */
  public ReplayServer(int port, Function<Exchange, Reply> responder) throws IOException {
    this(port, responder, uptime(), _ -> {});
  }

  /**
   * Starts a server.
   *
   * @param time decides when entries of the prompt cache expire
   * @param observer hears of each request before it is answered; returns at once
   * @throws IOException when the port can't be had
   */
  public ReplayServer(
      int port,
      Function<Exchange, Reply> responder,
      InstantSource time,
      Consumer<Exchange> observer)
      throws IOException {
    this.responder = responder;
    this.observer = observer;
    this.cache = new CacheAccounting(catalog, time);
    this.socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    } catch (IOException | IllegalArgumentException e) {
      socket.close();
      throw new IOException(e.getMessage(), e);
    }
    Thread.ofPlatform().daemon().name("replay-server").start(this::accept);
  }

  private static InstantSource uptime() {
    return () -> java.time.Instant.EPOCH.plusNanos(System.nanoTime());
  }

  /** The address to use as base URL. */
  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** The latest requests for messages, oldest first; all of them unless they are very large. */
  public synchronized List<Exchange> requests() {
    return List.copyOf(kept);
  }

  /** What was wrong with them, one sentence each; at most 1,000. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** Where a session did not continue its last request's prefix, one sentence each. */
  public synchronized List<String> prefixChanges() {
    return List.copyOf(prefixChanges);
  }

  /** Counts of requests, faults, violations and cached tokens. */
  public synchronized ObjectNode stats() {
    ObjectNode node = Json.object();
    node.put("requests", count);
    node.put("violations", broken);
    node.put("prefix_changes", changed);
    ObjectNode played = node.putObject("faults");
    faults.forEach(played::put);
    node.set("cache", cache.stats());
    ArrayNode list = node.putArray("violation_list");
    violations.forEach(list::add);
    ArrayNode changes = node.putArray("prefix_change_list");
    prefixChanges.forEach(changes::add);
    return node;
  }

  private synchronized void played(String fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        if (open.size() >= MAX_CONNECTIONS) {
          connection.close();
          continue;
        }
        open.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
        if (socket.isClosed()) {
          return;
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 16 * 1024);
      boolean goOn = true;
      while (goOn) {
        goOn = one(connection, in, out);
      }
    } catch (IOException e) {
      // The client went away, or this server closes; both are their right.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
    }
  }

  private boolean one(Socket connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    Wire.Head head;
    byte[] body;
    long arrived;
    try {
      head = Wire.head(in);
      if (head == null) {
        return false;
      }
      arrived = System.nanoTime();
      if ("100-continue".equalsIgnoreCase(head.headers().getOrDefault("expect", ""))) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
      body = Wire.body(in, head.headers(), MAX_READ);
    } catch (Wire.BadRequest e) {
      json(
          out,
          400,
          Answers.error("invalid_request_error", String.valueOf(e.getMessage())),
          Map.of());
      return false;
    }
    boolean goOn =
        (head.path().equals("/v1/messages") && head.method().equals("POST"))
            ? message(connection, out, head.headers(), body, arrived)
            : other(out, head, body);
    return goOn && !head.wantsClose();
  }

  private boolean other(OutputStream out, Wire.Head head, byte[] body) throws IOException {
    String path = head.path();
    if (head.method().equals("HEAD")) {
      Wire.writeHead(out, 200, "text/plain", Map.of("content-length", "0"));
      out.flush();
    } else if (path.equals("/_stats")) {
      json(out, 200, Json.write(stats()), Map.of());
    } else if (path.equals("/v1/messages/count_tokens")) {
      json(out, 200, "{\"input_tokens\":" + (body.length + 3) / 4 + "}", Map.of());
    } else if (path.equals("/v1/models") || path.startsWith("/v1/models/")) {
      String id = path.equals("/v1/models") ? "" : path.substring("/v1/models/".length());
      String answer = Answers.models(catalog, id);
      if (answer.isEmpty()) {
        json(out, 404, Answers.error("not_found_error", "model: " + id), Map.of());
      } else {
        json(out, 200, answer, Map.of());
      }
    } else {
      json(
          out,
          404,
          Answers.error("not_found_error", "no such address: " + head.method() + " " + path),
          Map.of());
    }
    return true;
  }

  private boolean message(
      Socket connection, OutputStream out, Map<String, String> headers, byte[] body, long arrived)
      throws IOException, InterruptedException {
    ObjectNode request;
    try {
      if (!(Json.STRICT.readTree(body) instanceof ObjectNode object)) {
        json(
            out,
            400,
            Answers.error("invalid_request_error", "The request body must be a JSON object."),
            Map.of());
        return true;
      }
      request = object;
    } catch (JsonProcessingException e) {
      json(
          out,
          400,
          Answers.error(
              "invalid_request_error",
              "The request body is not valid JSON: " + e.getOriginalMessage()),
          Map.of());
      return true;
    }
    Exchange exchange = keep(arrived, headers, request, body.length);
    Map<String, String> id = Map.of("request-id", "req_" + exchange.number());
    observer.accept(exchange);
    if (body.length > MAX_BODY) {
      violated(exchange, List.of("Request exceeds the maximum size of 32 MB"));
      json(out, 413, Answers.error("request_too_large", "Request exceeds the maximum size"), id);
      return true;
    }
    List<String> found = rules.checkAll(request, headers);
    if (!found.isEmpty()) {
      violated(exchange, found);
      json(out, 400, Answers.error("invalid_request_error", found.getFirst()), id);
      return true;
    }
    changed(prefixes.changes(exchange));
    return answer(connection, out, exchange, responder.apply(exchange), id);
  }

  private synchronized Exchange keep(
      long arrived, Map<String, String> headers, ObjectNode request, int bytes) {
    Exchange exchange = new Exchange(++count, arrived, Map.copyOf(headers), request, bytes);
    kept.add(exchange);
    keptBytes += bytes;
    while (keptBytes > MAX_KEPT_BYTES && kept.size() > 1) {
      keptBytes -= kept.remove().bodyBytes();
    }
    return exchange;
  }

  private synchronized void violated(Exchange exchange, List<String> found) {
    broken += found.size();
    for (String each : found) {
      if (violations.size() < MAX_REMARKS) {
        violations.add("request " + exchange.number() + ": " + each);
      }
    }
  }

  private synchronized void changed(List<String> found) {
    changed += found.size();
    for (String each : found) {
      if (prefixChanges.size() < MAX_REMARKS) {
        prefixChanges.add(each);
      }
    }
  }

  private boolean answer(
      Socket connection,
      OutputStream out,
      Exchange exchange,
      Reply reply,
      Map<String, String> requestId)
      throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Failure(int status, String type, String text, Map<String, String> more) -> {
        played("status " + status);
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(requestId);
        json(out, status, Answers.error(type, text), all);
        return true;
      }
      case Reply.Recorded recorded -> {
        if (recorded.status() == 200) {
          cache.account(exchange);
        }
        recorded(out, recorded);
        return false;
      }
      case Reply.Message message -> {
        Usage usage = message.usage().orElseGet(() -> usage(message, cache.account(exchange)));
        String model = exchange.body().path("model").asText();
        String id = "msg_" + exchange.number();
        rules.sent(exchange.body(), message.blocks());
        if (!exchange.body().path("stream").asBoolean(false)) {
          json(out, 200, Answers.message(message, id, model, usage), requestId);
          return true;
        }
        Map<String, String> headers = new LinkedHashMap<>(requestId);
        headers.put("transfer-encoding", "chunked");
        Wire.writeHead(out, 200, "text/event-stream", headers);
        out.flush();
        switch (new StreamedReply(out, message, this::played)
            .send(SseMessage.events(message, id, model, usage))) {
          case COMPLETE -> {
            Wire.lastChunk(out);
            return true;
          }
          case CLOSE -> {
            return false;
          }
          case RESET -> {
            connection.setSoLinger(true, 0);
            return false;
          }
        }
        return false;
      }
    }
  }

  private static Usage usage(Reply.Message message, Usage input) {
    long output = message.output();
    if (output <= 0) {
      long chars = 0;
      for (JsonNode block : message.blocks()) {
        chars += block.toString().length();
      }
      output = Math.max(1, chars / 4);
    }
    return new Usage(
        input.inputTokens(),
        output,
        input.cacheReadTokens(),
        input.cacheWrite5mTokens(),
        input.cacheWrite1hTokens(),
        0,
        0);
  }

  private void recorded(OutputStream out, Reply.Recorded recorded)
      throws IOException, InterruptedException {
    String type = recorded.headers().getOrDefault("content-type", "text/event-stream");
    Map<String, String> headers = new LinkedHashMap<>();
    recorded
        .headers()
        .forEach(
            (name, value) -> {
              if (name.equals("request-id")
                  || name.startsWith("retry-after")
                  || name.startsWith("anthropic-ratelimit-")
                  || name.equals("x-should-retry")) {
                headers.put(name, value);
              }
            });
    headers.put("transfer-encoding", "chunked");
    headers.put("connection", "close");
    if (recorded.status() >= 400) {
      played("status " + recorded.status());
    }
    Wire.writeHead(out, recorded.status(), type, headers);
    out.flush();
    for (Reply.Piece piece : recorded.pieces()) {
      if (piece.delayMillis() > 0) {
        Thread.sleep(piece.delayMillis());
      }
      if (piece.bytes().length > 0) {
        Wire.chunk(out, piece.bytes(), 0, piece.bytes().length);
        out.flush();
      }
    }
    if (recorded.complete()) {
      Wire.lastChunk(out);
    } else {
      played("drop");
    }
  }

  private static void json(OutputStream out, int status, String body, Map<String, String> headers)
      throws IOException {
    Wire.respond(out, status, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Ends at once: no connection lives on, held answers are given up. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is going away in any case.
    }
    threads.shutdownNow();
    for (Socket connection : new ArrayList<>(open)) {
      try {
        connection.close();
      } catch (IOException e) {
        // As above.
      }
    }
  }
}
