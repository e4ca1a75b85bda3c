package dev.agent.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.replay.Exchange;
import dev.agent.mode.replay.ReplayServer;
import dev.agent.mode.replay.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A Messages API on loopback for tests: answers from a list or by a function, keeps the requests,
 * and checks each of them against the API's rules. Give {@link #url()} as base URL. End every test
 * with {@link #assertRulesKept()}. Thread-safe.
 *
 * <pre>{@code
 * try (ModelServer server = ModelServer.start()) {
 *   server.reply(Reply.toolUse("toolu_1", "Read", input)).reply(Reply.text("done"));
 *   … run the client …
 *   server.assertRulesKept();
 * }
 * }</pre>
 */
public final class ModelServer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ReplayServer server;
  private final BlockingQueue<Exchange> arrivals = new LinkedBlockingQueue<>();
  // Guarded by this:
  private final Queue<Function<Exchange, Reply>> replies = new ArrayDeque<>();
  private Function<Exchange, Reply> otherwise =
      exchange ->
          new Reply.Failure(
              400,
              "invalid_request_error",
              "The test has no reply for request " + exchange.number() + ".",
              Map.of("x-should-retry", "false"));

  private ModelServer(FakeClock clock) throws IOException {
    server = new ReplayServer(0, this::answer, clock, arrivals::add);
  }

  /** A server on a free port, without replies. */
  public static ModelServer start() {
    return start(new FakeClock());
  }

  /** The same with a clock of the test's for the prompt cache. */
  public static ModelServer start(FakeClock clock) {
    try {
      return new ModelServer(clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base URL. */
  public String url() {
    return server.url();
  }

  /** Queues a reply; each is used once, in order. */
  public ModelServer reply(Reply reply) {
    return replyBy(_ -> reply);
  }

  /** Queues a message of these blocks, see {@link Reply#textBlock} and {@link Reply#toolUse}. */
  public ModelServer reply(ObjectNode... blocks) {
    return reply(Reply.of(blocks));
  }

  /** Queues a reply that depends on its request. */
  public synchronized ModelServer replyBy(Function<Exchange, Reply> reply) {
    replies.add(reply);
    return this;
  }

  /** Answers every request for which no reply is queued; the function may block. */
  public synchronized ModelServer respond(Function<Exchange, Reply> responder) {
    otherwise = responder;
    return this;
  }

  private Reply answer(Exchange exchange) {
    Function<Exchange, Reply> reply;
    synchronized (this) {
      Function<Exchange, Reply> next = replies.poll();
      reply = next == null ? otherwise : next;
    }
    return reply.apply(exchange);
  }

  /** All requests so far: body, headers, time of arrival. */
  public List<Exchange> requests() {
    return server.requests();
  }

  /** How many replies were not asked for. */
  public synchronized int repliesLeft() {
    return replies.size();
  }

  /**
   * The next request that has not been awaited yet.
   *
   * @throws AssertionError when none comes within a minute
   */
  public Exchange awaitRequest() throws InterruptedException {
    Exchange exchange = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (exchange == null) {
      throw new AssertionError("no request came; so far " + requests().size());
    }
    return exchange;
  }

  /** Rules of the API that requests broke, one sentence each. */
  public List<String> violations() {
    return server.violations();
  }

  /** Where a session did not continue the prefix of its last request, one sentence each. */
  public List<String> prefixChanges() {
    return server.prefixChanges();
  }

  /** Counts of requests, faults, violations and cached tokens, as {@code GET /_stats} has them. */
  public ObjectNode stats() {
    return server.stats();
  }

  /**
   * Fails when a request broke a rule.
   *
   * @throws AssertionError naming them all
   */
  public void assertRulesKept() {
    if (!violations().isEmpty()) {
      throw new AssertionError("requests broke rules: " + String.join("\n", violations()));
    }
  }

  /**
   * Fails when a request broke a rule or did not continue its session's prefix.
   *
   * @throws AssertionError naming them all
   */
  public void assertPrefixStable() {
    assertRulesKept();
    if (!prefixChanges().isEmpty()) {
      throw new AssertionError("prefixes changed: " + String.join("\n", prefixChanges()));
    }
  }

  /** A call as a block, its input given as JSON text. */
  public static ObjectNode call(String id, String tool, String inputJson) {
    try {
      return Reply.toolUse(id, tool, (ObjectNode) Json.parse(inputJson));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds a stream open before one block until {@link #release} is called. */
  public static final class Hold implements Reply.Gate {
    private final int block;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /**
     * @param block index of the block that is held back
     */
    public Hold(int block) {
      this.block = block;
    }

    @Override
    public void await(int index) throws InterruptedException {
      if (index == block) {
        reached.countDown();
        released.await();
      }
    }

    /** Waits until everything before the block has been sent. */
    public void awaitReached() throws InterruptedException {
      if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the stream never came to block " + block);
      }
    }

    /** Lets the stream go on. */
    public void release() {
      released.countDown();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
