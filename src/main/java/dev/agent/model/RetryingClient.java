package dev.agent.model;

import dev.agent.runtime.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.function.DoubleSupplier;

/**
 * Repeats what fails before anything of the answer was given out: {@link #open} returns when the
 * first piece of content is there, so until then a broken stream is as good as none. What fails
 * later is passed on, for only the loop knows what has been shown and started. Thread-safe.
 */
public final class RetryingClient implements ModelClient {
  private final ModelClient client;
  private final RetryPolicy policy;
  private final Pause pause;
  private final DoubleSupplier random;
  private final InstantSource clock;
  private final RetryListener listener;

  /**
   * @param random from 0 to below 1; thread-safe when this client is used by several threads
   * @param clock to say when a long wait would end
   */
  public RetryingClient(
      ModelClient client,
      RetryPolicy policy,
      Pause pause,
      DoubleSupplier random,
      InstantSource clock,
      RetryListener listener) {
    this.client = client;
    this.policy = policy;
    this.pause = pause;
    this.random = random;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    int overloads = 0;
    for (int retries = 0; ; retries++) {
      cancellation.check();
      try {
        return begun(client.open(request, cancellation));
      } catch (ModelException failure) {
        overloads = failure.kind() == ModelException.Kind.OVERLOADED ? overloads + 1 : 0;
        switch (policy.judge(failure, retries, overloads, random.getAsDouble())) {
          case RetryPolicy.Verdict.GiveUp _ ->
              throw retries == 0 ? failure : afterTries(failure, retries + 1);
          case RetryPolicy.Verdict.TooLong tooLong -> throw tooLong(failure, tooLong.time());
          case RetryPolicy.Verdict.Again again -> {
            listener.onRetry(retries + 1, again.max(), again.delay(), failure);
            pause.await(again.delay(), cancellation);
          }
        }
      }
    }
  }

  /** Reads ahead to the first event that holds content. */
  private static ModelStream begun(ModelStream stream) throws ModelException, InterruptedException {
    ArrayDeque<StreamEvent> early = new ArrayDeque<>();
    boolean good = false;
    try {
      StreamEvent event;
      do {
        event = stream.next();
        early.add(event);
      } while (!isContent(event));
      good = true;
      return new Begun(early, stream);
    } finally {
      if (!good) {
        stream.close();
      }
    }
  }

  private static boolean isContent(StreamEvent event) {
    return switch (event) {
      case StreamEvent.TextDelta _,
          StreamEvent.ThinkingDelta _,
          StreamEvent.InputDelta _,
          StreamEvent.BlockCompleted _,
          StreamEvent.Completed _ ->
          true;
      case StreamEvent.Started _,
          StreamEvent.BlockStarted _,
          StreamEvent.UsageUpdated _,
          StreamEvent.Raw _ ->
          false;
    };
  }

  private static ModelException afterTries(ModelException failure, int tries) {
    return copy(failure, failure.getMessage() + " (Tried " + tries + " times.)");
  }

  private ModelException tooLong(ModelException failure, Duration wait) {
    Instant reset = clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS);
    return copy(
        failure,
        failure.getMessage()
            + " The service asks to wait "
            + words(wait)
            + ", until "
            + reset
            + "; that is longer than the "
            + words(policy.maxWait())
            + " that are waited by themselves.");
  }

  private static ModelException copy(ModelException failure, String message) {
    return new ModelException(
        failure.kind(),
        message,
        failure.status(),
        failure.errorType(),
        failure.requestId(),
        failure.retryAfter(),
        failure.shouldRetry(),
        failure);
  }

  private static String words(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = (seconds + 59) / 60;
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** A stream some of whose events were read ahead. */
  private static final class Begun implements ModelStream {
    private final ArrayDeque<StreamEvent> early;
    private final ModelStream rest;

    Begun(ArrayDeque<StreamEvent> early, ModelStream rest) {
      this.early = early;
      this.rest = rest;
    }

    @Override
    public boolean hasNext() {
      return !early.isEmpty() || rest.hasNext();
    }

    @Override
    public StreamEvent next() throws ModelException, InterruptedException {
      StreamEvent event = early.poll();
      return event != null ? event : rest.next();
    }

    @Override
    public void close() {
      rest.close();
    }
  }
}
