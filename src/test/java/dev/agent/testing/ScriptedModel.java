package dev.agent.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.runtime.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A model in memory that answers from a list, for tests of the loop; the wire is tested against a
 * real server elsewhere.
 */
public final class ScriptedModel implements ModelClient {
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();

  /** One thing that happens while an answer is read. */
  public sealed interface Happening {
    /** A whole block arrives. */
    record Block(ContentBlock block) implements Happening {}

    /** Some text arrives whose block never ends. */
    record OpenText(String text) implements Happening {}

    /** The reader of the stream runs this. */
    record Do(Action action) implements Happening {}

    /** The stream fails. */
    record Fail(ModelException failure) implements Happening {}
  }

  /** Something to do while the stream is read. */
  public interface Action {
    void run() throws InterruptedException;
  }

  private record Answer(List<Happening> happenings, String stopReason) {}

  /** Queues an answer. */
  public ScriptedModel answer(String stopReason, Happening... happenings) {
    answers.add(new Answer(List.of(happenings), stopReason));
    return this;
  }

  /** Queues an answer of one text. */
  public ScriptedModel says(String text) {
    return answer("end_turn", new Happening.Block(new ContentBlock.Text(text)));
  }

  /** Queues an answer of calls. */
  public ScriptedModel calls(ContentBlock.ToolUse... uses) {
    List<Happening> all = new ArrayList<>();
    for (ContentBlock.ToolUse use : uses) {
      all.add(new Happening.Block(use));
    }
    return answer("tool_use", all.toArray(Happening[]::new));
  }

  /** A call with an {@code id} input. */
  public static ContentBlock.ToolUse call(String toolUseId, String name) {
    ObjectNode input = Json.object().put("id", toolUseId);
    return new ContentBlock.ToolUse(toolUseId, name, input);
  }

  public List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    cancellation.check();
    requests.add(request);
    Answer answer = answers.poll();
    if (answer == null) {
      throw new ModelException(ModelException.Kind.INVALID_REQUEST, "the script is at its end");
    }
    return new Stream(request.model(), answer, cancellation, requests.size());
  }

  private static final class Stream implements ModelStream {
    private final Answer answer;
    private final Cancellation cancellation;
    private final Queue<Object> steps = new ArrayDeque<>();
    private boolean ended;

    Stream(String model, Answer answer, Cancellation cancellation, int number) {
      this.answer = answer;
      this.cancellation = cancellation;
      Usage usage = new Usage(100, 10, 0, 0, 0, 0, 0);
      steps.add(new StreamEvent.Started("msg_" + number, model, usage));
      List<ContentBlock> content = new ArrayList<>();
      int index = 0;
      for (Happening happening : answer.happenings()) {
        switch (happening) {
          case Happening.Block(ContentBlock block) -> {
            content.add(block);
            steps.add(new StreamEvent.BlockStarted(index, "block", ""));
            if (block instanceof ContentBlock.Text(String text, _)) {
              steps.add(new StreamEvent.TextDelta(index, text));
            }
            steps.add(new StreamEvent.BlockCompleted(index++, block));
          }
          case Happening.OpenText(String text) -> {
            steps.add(new StreamEvent.BlockStarted(index, "text", ""));
            steps.add(new StreamEvent.TextDelta(index, text));
          }
          default -> steps.add(happening);
        }
      }
      steps.add(
          new StreamEvent.Completed(
              new ModelReply(
                  "msg_" + number,
                  model,
                  Message.assistant(content),
                  answer.stopReason(),
                  usage,
                  Map.of(),
                  "req_" + number)));
    }

    @Override
    public boolean hasNext() {
      return !ended;
    }

    @Override
    public StreamEvent next() throws ModelException, InterruptedException {
      while (true) {
        cancellation.check();
        switch (steps.remove()) {
          case Happening.Do(Action action) -> action.run();
          case Happening.Fail(ModelException failure) -> throw failure;
          case StreamEvent event -> {
            ended = event instanceof StreamEvent.Completed;
            return event;
          }
          default -> throw new IllegalStateException();
        }
      }
    }

    @Override
    public void close() {}
  }
}
