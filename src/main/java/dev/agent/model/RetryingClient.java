package dev.agent.model;

import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.model.ModelException.Kind;
import dev.agent.runtime.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Tries again what may succeed a little later: opening a stream and everything up to its first
 * content, so that nothing which was shown is ever taken back here. What breaks later is for the
 * loop to decide. After three overloads in a row a fallback model takes over for the rest of the
 * session. Thread-safe.
 */
public final class RetryingClient implements ModelClient {
  private static final Duration BASE_DELAY = Duration.ofMillis(500);
  private static final Duration MAX_DELAY = Duration.ofSeconds(32);
  private static final int OVERLOADS_BEFORE_FALLBACK = 3;
  private static final int TRIES_WITHOUT_A_DATE = 3;

  private final ModelClient client;
  private final Policy policy;
  private final Listener listener;
  private final Pause pause;
  private final DoubleSupplier random;
  private volatile boolean fellBack;

  /**
   * How often and how long.
   *
   * @param maxRetries further attempts after the first
   * @param longestWait a demanded wait above this fails at once, naming the time
   * @param fallback the model that takes over on overload
   */
  public record Policy(int maxRetries, Duration longestWait, Optional<ModelInfo> fallback) {
    public static final int DEFAULT_RETRIES = 10;
    public static final Duration DEFAULT_LONGEST_WAIT = Duration.ofSeconds(120);
  }

  /** Hears of retries. Returns at once. */
  public interface Listener {
    void retrying(int attempt, int maxAttempts, Duration delay, ModelException failure);

    void fellBack(String from, String to);
  }

  /** Waits; tests let time fly. */
  @FunctionalInterface
  public interface Pause {
    /**
     * @throws InterruptedException when cancelled meanwhile
     */
    void sleep(Duration duration, Cancellation cancellation) throws InterruptedException;
  }

  /**
   * @param random uniform in [0, 1)
   */
  public RetryingClient(
      ModelClient client, Policy policy, Listener listener, Pause pause, DoubleSupplier random) {
    this.client = client;
    this.policy = policy;
    this.listener = listener;
    this.pause = pause;
    this.random = random;
  }

  /** Sleeps for real. */
  public static void sleep(Duration duration, Cancellation cancellation)
      throws InterruptedException {
    Thread self = Thread.currentThread();
    try (var _ = cancellation.onCancel(self::interrupt)) {
      cancellation.check();
      Thread.sleep(duration);
    } finally {
      if (cancellation.isCancelled()) {
        Thread.interrupted();
      }
    }
    cancellation.check();
  }

  @Override
  public ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    ModelRequest current = fellBack ? fallback(request) : request;
    int overloads = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        return primed(client.open(current, cancellation));
      } catch (ModelException e) {
        overloads = e.kind() == Kind.OVERLOADED ? overloads + 1 : 0;
        if (overloads >= OVERLOADS_BEFORE_FALLBACK && policy.fallback().isPresent() && !fellBack) {
          fellBack = true;
          current = fallback(request);
          listener.fellBack(request.model(), current.model());
          overloads = 0;
        }
        Duration delay = delay(e, attempt).orElseThrow(() -> e);
        listener.retrying(attempt, policy.maxRetries(), delay, e);
        pause.sleep(delay, cancellation);
      }
    }
  }

  /** How long to wait; empty when another try makes no sense. */
  private Optional<Duration> delay(ModelException e, int attempt) throws ModelException {
    boolean retryable = e.shouldRetry().orElse(e.kind().isTransient());
    if (!retryable || attempt > policy.maxRetries()) {
      return Optional.empty();
    }
    if (e.retryAfter().isPresent()) {
      Duration asked = e.retryAfter().get();
      if (asked.compareTo(policy.longestWait()) > 0) {
        throw new ModelException(
            e.kind(),
            e.getMessage()
                + " The service asks to wait "
                + asked.toSeconds()
                + " seconds, longer than the limit of "
                + policy.longestWait().toSeconds()
                + ".",
            e.status(),
            e.errorType(),
            e.requestId(),
            e.retryAfter(),
            Optional.of(false),
            e);
      }
      return Optional.of(asked);
    }
    if (e.kind() == Kind.RATE_LIMITED && attempt >= TRIES_WITHOUT_A_DATE) {
      return Optional.empty(); // without a date it is most likely a spending limit
    }
    double factor =
        Math.min(MAX_DELAY.toMillis(), BASE_DELAY.toMillis() * Math.pow(2, attempt - 1));
    return Optional.of(Duration.ofMillis((long) (factor * (1 - random.getAsDouble() * 0.25))));
  }

  /**
   * The request for the other model. Its thinking is its own: signatures of one model mean nothing
   * to another.
   */
  private ModelRequest fallback(ModelRequest request) {
    ModelInfo model = policy.fallback().orElseThrow();
    List<Message> messages = new ArrayList<>(request.messages().size());
    for (Message message : request.messages()) {
      List<ContentBlock> kept =
          message.content().stream()
              .filter(
                  block ->
                      !(block instanceof ContentBlock.Thinking
                          || block instanceof ContentBlock.RedactedThinking))
              .toList();
      messages.add(
          kept.size() == message.content().size()
              ? message
              : new Message(
                  message.role(),
                  kept.isEmpty() ? List.of(new ContentBlock.Text("(thinking)")) : kept));
    }
    int tokens = Math.min(request.maxTokens(), model.maxOutput());
    ModelRequest.Thinking thinking =
        switch (model.thinking()) {
          case ADAPTIVE ->
              request.thinking() instanceof ModelRequest.Thinking.Adaptive
                  ? request.thinking()
                  : new ModelRequest.Thinking.Adaptive("omitted");
          case BUDGET, NONE -> new ModelRequest.Thinking.Unset();
        };
    ModelRequest switched = request.withModel(model.id(), tokens, thinking).withMessages(messages);
    return model.effort().isEmpty() ? switched.withEffort(Optional.empty()) : switched;
  }

  /**
   * Reads on until the first content, so that what fails before can still be tried again unseen.
   */
  private static ModelStream primed(ModelStream stream)
      throws ModelException, InterruptedException {
    List<StreamEvent> early = new ArrayList<>();
    boolean whole = false;
    try {
      while (stream.hasNext()) {
        StreamEvent event = stream.next();
        early.add(event);
        if (event instanceof StreamEvent.TextDelta
            || event instanceof StreamEvent.ThinkingDelta
            || event instanceof StreamEvent.InputDelta
            || event instanceof StreamEvent.BlockCompleted
            || event instanceof StreamEvent.Completed) {
          break;
        }
      }
      whole = true;
    } finally {
      if (!whole) {
        stream.close();
      }
    }
    return new Replayed(early, stream);
  }

  /** The events that were read ahead, then the rest. */
  private static final class Replayed implements ModelStream {
    private final List<StreamEvent> early;
    private final ModelStream rest;
    private int next;

    Replayed(List<StreamEvent> early, ModelStream rest) {
      this.early = early;
      this.rest = rest;
    }

    @Override
    public boolean hasNext() {
      return next < early.size() || rest.hasNext();
    }

    @Override
    public StreamEvent next() throws ModelException, InterruptedException {
      return next < early.size() ? early.get(next++) : rest.next();
    }

    @Override
    public void close() {
      rest.close();
    }
  }
}
