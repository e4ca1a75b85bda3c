package dev.agent.model;

import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.runtime.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A second model for when another one is overloaded: after that, every request for that one goes to
 * the second, while one that the person chooses instead is asked itself. Thread-safe.
 *
 * <p>The clients behind it are {@link RetryingClient}s: that of the first model with a policy
 * {@linkplain RetryPolicy#withFallback() that knows of the second one}.
 */
public final class FallbackClient implements ModelClient {
  private final ModelClient first;
  private final ModelClient second;
  private final String secondModel;
  private final UnaryOperator<ModelRequest> fit;
  private final RetryListener listener;
  private final Set<String> overloaded = ConcurrentHashMap.newKeySet();

  /**
   * @param secondModel its id
   * @param fit makes a request that already names the second model fit its limits: maximum output,
   *     way of thinking, effort
   */
  public FallbackClient(
      ModelClient first,
      ModelClient second,
      String secondModel,
      UnaryOperator<ModelRequest> fit,
      RetryListener listener) {
    this.first = first;
    this.second = second;
    this.secondModel = secondModel;
    this.fit = fit;
    this.listener = listener;
  }

  @Override
  public ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    if (request.model().equals(secondModel)) {
      return second.open(request, cancellation);
    }
    if (!overloaded.contains(request.model())) {
      try {
        return first.open(request, cancellation);
      } catch (ModelException failure) {
        if (failure.kind() != ModelException.Kind.OVERLOADED) {
          throw failure;
        }
        announce(request.model(), failure);
      }
    }
    return second.open(fit.apply(forOtherModel(request, secondModel)), cancellation);
  }

  private void announce(String from, ModelException failure) {
    if (overloaded.add(from)) {
      listener.onFallback(from, secondModel, failure);
    }
  }

  /**
   * The request for another model: without thinking blocks, since their signatures bind them to the
   * model that made them. A message that held nothing else goes, and cache marks move to the block
   * before. In the middle of a tool loop a thinking budget is given up, because there it would need
   * the blocks that are gone.
   */
  public static ModelRequest forOtherModel(ModelRequest request, String model) {
    List<Message> messages = new ArrayList<>(request.messages().size());
    List<ModelRequest.BlockPosition> marks = new ArrayList<>();
    for (int number = 0; number < request.messages().size(); number++) {
      Message message = request.messages().get(number);
      List<ContentBlock> kept = new ArrayList<>(message.content().size());
      boolean marked = false;
      for (int block = 0; block < message.content().size(); block++) {
        ContentBlock content = message.content().get(block);
        boolean dropped = message.role() == Role.ASSISTANT && isThinking(content);
        if (!dropped) {
          kept.add(content);
        }
        if (request.isMarked(number, block)) {
          marked = true;
          if (!kept.isEmpty()) {
            marks.add(new ModelRequest.BlockPosition(messages.size(), kept.size() - 1));
          }
        }
      }
      if (!kept.isEmpty()) {
        messages.add(new Message(message.role(), kept));
      } else if (marked && !messages.isEmpty()) {
        marks.add(
            new ModelRequest.BlockPosition(
                messages.size() - 1, messages.getLast().content().size() - 1));
      }
    }
    ModelRequest.Thinking thinking =
        request.thinking() instanceof ModelRequest.Thinking.Budget && endsInToolLoop(messages)
            ? new ModelRequest.Thinking.Unset()
            : request.thinking();
    return new ModelRequest(
        model,
        request.maxTokens(),
        request.tools(),
        request.system(),
        messages,
        marks,
        thinking,
        request.effort(),
        request.outputSchema(),
        request.rawEvents(),
        request.noCalls());
  }

  private static boolean endsInToolLoop(List<Message> messages) {
    if (messages.isEmpty()) {
      return false;
    }
    for (ContentBlock block : messages.getLast().content()) {
      if (block instanceof ContentBlock.ToolResult) {
        return true;
      }
    }
    return false;
  }

  private static boolean isThinking(ContentBlock block) {
    return block instanceof ContentBlock.Thinking || block instanceof ContentBlock.RedactedThinking;
  }
}
