package dev.agent.model.anthropic;

import dev.agent.model.ModelException;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One answer on its way. Events are parsed on the reader's thread as it asks for them. */
final class AnthropicStream implements ModelStream {
  private final Call call;
  private final Response response;
  private final Cancellation cancellation;
  private final Cancellation.Registration registration;
  private final Failures failures;
  private final ServiceOptions.Timeouts timeouts;
  private final Optional<Recorder.Exchange> recording;
  private final String requestId;
  private final WatchedInput input;
  private final SseReader reader;
  private final BlockAccumulator accumulator;
  private final ReentrantLock reading = new ReentrantLock();
  private final ArrayDeque<StreamEvent> ready = new ArrayDeque<>();
  private @Nullable ModelException failure;
  private boolean completed;
  private volatile boolean closed;

  AnthropicStream(
      Call call,
      Response response,
      boolean rawEvents,
      Cancellation cancellation,
      Cancellation.Registration registration,
      Failures failures,
      ServiceOptions.Timeouts timeouts,
      Optional<Recorder.Exchange> recording) {
    this.call = call;
    this.response = response;
    this.cancellation = cancellation;
    this.registration = registration;
    this.failures = failures;
    this.timeouts = timeouts;
    this.recording = recording;
    String id = response.header("request-id");
    this.requestId = id == null ? "" : id;
    response
        .body()
        .source()
        .timeout()
        .timeout(timeouts.idle().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    this.input = new WatchedInput(response.body().byteStream(), timeouts.content(), recording);
    this.reader = new SseReader(input);
    this.accumulator = new BlockAccumulator(rawEvents, requestId);
  }

  @Override
  public boolean hasNext() {
    return !completed;
  }

  @Override
  public StreamEvent next() throws ModelException, InterruptedException {
    if (completed) {
      throw new NoSuchElementException("the answer is complete");
    }
    if (failure != null) {
      throw failure;
    }
    cancellation.check();
    while (ready.isEmpty()) {
      fill();
    }
    StreamEvent event = ready.remove();
    if (event instanceof StreamEvent.Completed) {
      completed = true;
      recording.ifPresent(Recorder.Exchange::end);
      release();
    }
    return event;
  }

  private void fill() throws ModelException, InterruptedException {
    reading.lock();
    try {
      read();
    } finally {
      reading.unlock();
      if (closed) {
        releaseUnlessRead();
      }
    }
  }

  private void read() throws ModelException, InterruptedException {
    try {
      SseReader.Event event = reader.next();
      if (event == null) {
        throw accumulator.atEnd(reader.foreignText());
      }
      accumulator.accept(event, ready::add);
      if (accumulator.madeProgress()) {
        input.contentCame();
      }
    } catch (StreamFault e) {
      throw fail(failures.fault(e, requestId));
    } catch (WatchedInput.NoContent e) {
      throw fail(failures.stalled("content", timeouts.content(), requestId));
    } catch (IOException e) {
      endIfStopped();
      throw fail(
          e instanceof SocketTimeoutException
              ? failures.stalled("byte", timeouts.idle(), requestId)
              : failures.broken(e, requestId));
    }
  }

  /**
   * An interrupted or cancelled reader sees its socket break; that is no failure of the service.
   */
  private void endIfStopped() throws InterruptedException {
    if (closed || cancellation.isCancelled() || Thread.interrupted()) {
      close();
      throw new InterruptedException("the answer was cancelled");
    }
  }

  private ModelException fail(ModelException e) {
    failure = e;
    recording.ifPresent(it -> it.fault(String.valueOf(e.getMessage())));
    close();
    return e;
  }

  /** After a whole answer the connection goes back to the pool. */
  private void release() {
    registration.close();
    response.close();
  }

  @Override
  public void close() {
    if (closed || completed) {
      return;
    }
    closed = true;
    registration.close();
    // Breaks the socket at once, also under a reader that is blocked in it; closing the body alone
    // would wait for the rest.
    call.cancel();
    releaseUnlessRead();
  }

  /**
   * Gives the body back, or leaves it to the reader that is in it: a body must not be closed under
   * a reader, and one never closed is reported as a leak.
   */
  private void releaseUnlessRead() {
    if (reading.tryLock()) {
      try {
        recording.ifPresent(it -> it.fault("cancelled"));
        response.close();
      } finally {
        reading.unlock();
      }
    }
  }
}
