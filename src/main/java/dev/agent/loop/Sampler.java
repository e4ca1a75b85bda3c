package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.Usage;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.runtime.Cancellation;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pulls one answer from the model, tells what arrives and hands each call to the executor the
 * moment its block is whole.
 */
final class Sampler {
  private final ModelClient client;
  private final Consumer<AgentEvent> events;

  Sampler(ModelClient client, Consumer<AgentEvent> events) {
    this.client = client;
    this.events = events;
  }

  /**
   * What an answer came to. {@code partial} holds the whole blocks of an answer that broke off, and
   * its open text.
   */
  sealed interface Sample {
    /** The answer is whole. */
    record Whole(ModelReply reply) implements Sample {}

    /** It broke off; {@code failure} says how. */
    record Broken(Partial partial, ModelException failure) implements Sample {}

    /** The person stopped it. */
    record Stopped(Partial partial) implements Sample {}
  }

  /**
   * What had arrived.
   *
   * @param blocks whole blocks by their place in the answer
   * @param openText text of a block that was not whole yet
   */
  record Partial(
      String messageId,
      String model,
      Map<Integer, ContentBlock> blocks,
      String openText,
      Usage usage) {}

  /** Blocks until the answer is whole, broke off or was stopped. */
  Sample sample(ModelRequest request, ToolExecutor executor, Cancellation cancellation) {
    Progress progress = new Progress(request.model());
    try (ModelStream stream = client.open(request, cancellation)) {
      while (stream.hasNext()) {
        ModelReply reply = progress.take(stream.next(), executor, events);
        if (reply != null) {
          return new Sample.Whole(reply);
        }
      }
      return new Sample.Broken(
          progress.partial(),
          new ModelException(
              ModelException.Kind.INCOMPLETE, "The answer ended without its end mark."));
    } catch (ModelException e) {
      return cancellation.isCancelled()
          ? new Sample.Stopped(progress.partial())
          : new Sample.Broken(progress.partial(), e);
    } catch (InterruptedException e) {
      return new Sample.Stopped(progress.partial());
    }
  }

  /** The answer so far. */
  private static final class Progress {
    private final Map<Integer, ContentBlock> blocks = new TreeMap<>();
    private final StringBuilder openText = new StringBuilder();
    private String messageId = "";
    private String model;
    private Usage usage = Usage.ZERO;

    Progress(String model) {
      this.model = model;
    }

    @Nullable ModelReply take(
        StreamEvent event, ToolExecutor executor, Consumer<AgentEvent> events) {
      switch (event) {
        case StreamEvent.Started(String id, String by, Usage first) -> {
          messageId = id;
          model = by;
          usage = first;
        }
        case StreamEvent.BlockStarted _ -> openText.setLength(0);
        case StreamEvent.TextDelta(int index, String text) -> {
          openText.append(text);
          events.accept(new AgentEvent.TextDelta(index, text));
        }
        case StreamEvent.ThinkingDelta(int index, String text) ->
            events.accept(new AgentEvent.ThinkingDelta(index, text));
        case StreamEvent.InputDelta _ -> {}
        case StreamEvent.BlockCompleted(int index, ContentBlock block) -> {
          openText.setLength(0);
          blocks.put(index, block);
          events.accept(new AgentEvent.BlockCompleted(messageId, model, block));
          if (block instanceof ContentBlock.ToolUse use) {
            executor.submit(use);
          }
        }
        case StreamEvent.UsageUpdated(Usage now) -> {
          usage = now;
          events.accept(new AgentEvent.UsageUpdated(now));
        }
        case StreamEvent.Raw(String json) -> events.accept(new AgentEvent.RawEvent(json));
        case StreamEvent.Completed(ModelReply reply) -> {
          return reply;
        }
      }
      return null;
    }

    Partial partial() {
      return new Partial(messageId, model, blocks, openText.toString(), usage);
    }
  }
}
