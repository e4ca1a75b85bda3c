package dev.agent.model;

import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.runtime.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service that plays one step of a script per request. */
final class FakeClient implements ModelClient {
  /** What a request meets: nothing wrong, a failure to open, or a failure after so many events. */
  record Play(@Nullable ModelException failure, int eventsBefore) {
    static Play good() {
      return new Play(null, 0);
    }

    static Play fails(ModelException failure) {
      return new Play(failure, -1);
    }

    static Play breaks(ModelException failure, int eventsBefore) {
      return new Play(failure, eventsBefore);
    }
  }

  static final int CONTENT_AT = 2;

  private final Iterator<Play> script;
  final List<ModelRequest> requests = new ArrayList<>();
  int open;

  FakeClient(List<Play> script) {
    this.script = script.iterator();
  }

  @Override
  public ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    cancellation.check();
    requests.add(request);
    Play play = script.next();
    if (play.failure() != null && play.eventsBefore() < 0) {
      throw play.failure();
    }
    open++;
    int number = requests.size();
    return new ModelStream() {
      private final List<StreamEvent> events = events("answer " + number);
      private int position;
      private boolean closed;

      @Override
      public boolean hasNext() {
        return position < events.size();
      }

      @Override
      public StreamEvent next() throws ModelException, InterruptedException {
        cancellation.check();
        if (play.failure() != null && position == play.eventsBefore()) {
          throw play.failure();
        }
        StreamEvent event = events.get(position++);
        if (!hasNext()) {
          close();
        }
        return event;
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          open--;
        }
      }
    };
  }

  /** Two events without content, then content. */
  static List<StreamEvent> events(String text) {
    ContentBlock block = new ContentBlock.Text(text);
    ModelReply reply =
        new ModelReply(
            "msg", "m", Message.assistant(List.of(block)), "end_turn", Usage.ZERO, Map.of(), "");
    return List.of(
        new StreamEvent.Started("msg", "m", Usage.ZERO),
        new StreamEvent.BlockStarted(0, "text", ""),
        new StreamEvent.TextDelta(0, text),
        new StreamEvent.BlockCompleted(0, block),
        new StreamEvent.UsageUpdated(Usage.ZERO),
        new StreamEvent.Completed(reply));
  }

  static ModelException failure(ModelException.Kind kind) {
    return failure(kind, Optional.empty(), Optional.empty());
  }

  static ModelException failure(
      ModelException.Kind kind, Optional<Duration> retryAfter, Optional<Boolean> shouldRetry) {
    return new ModelException(kind, "It failed.", 0, "", "", retryAfter, shouldRetry, null);
  }

  static ModelRequest request() {
    return request("m", List.of(Message.user("hi")));
  }

  static ModelRequest request(String model, List<Message> messages) {
    return new ModelRequest(
        model,
        1000,
        List.of(),
        List.of(),
        messages,
        List.of(),
        new ModelRequest.Thinking.Unset(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
