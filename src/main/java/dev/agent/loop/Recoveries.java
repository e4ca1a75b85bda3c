package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.model.ModelException;
import dev.agent.runtime.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways back from failed requests, in the order in which they are tried. */
public final class Recoveries {
  /** A stream that breaks so often is not worth another try. */
  static final int MAX_RESTARTS = 10;

  private Recoveries() {}

  /** All of them, first to last. */
  public static List<Recovery> all() {
    return List.of(Recoveries::restartStream, Recoveries::stripMedia);
  }

  /**
   * An answer that broke off after something of it was shown is asked for once more; failures
   * before that were already retried by the client. The partial answer is not part of the
   * conversation, so nothing has to be undone.
   */
  private static Optional<TurnState> restartStream(
      ModelException failure, TurnState state, Cancellation cancellation) {
    boolean brokeOff =
        switch (failure.kind()) {
          case INCOMPLETE, STALLED, MALFORMED, NETWORK, OVERLOADED, SERVER ->
              failure.status() == 200 || failure.status() == 0;
          default -> false;
        };
    return brokeOff && state.used().restarts() < MAX_RESTARTS
        ? Optional.of(state.again(state.used().withRestart(), TurnState.Because.STREAM_RESTARTED))
        : Optional.empty();
  }

  /**
   * A picture or document that the service refuses would be refused forever: it is replaced by a
   * note.
   */
  private static Optional<TurnState> stripMedia(
      ModelException failure, TurnState state, Cancellation cancellation) {
    boolean aboutMedia =
        failure.kind() == ModelException.Kind.MEDIA
            || failure.kind() == ModelException.Kind.TOO_LARGE;
    if (!aboutMedia || state.used().strippedMedia()) {
      return Optional.empty();
    }
    List<Message> messages = new ArrayList<>();
    for (Message message : state.conversation().messages()) {
      messages.add(new Message(message.role(), withoutMedia(message.content())));
    }
    Conversation stripped = new Conversation(messages);
    return stripped.equals(state.conversation())
        ? Optional.empty()
        : Optional.of(
            new TurnState(
                stripped,
                state.step(),
                state.used().withStrippedMedia(),
                TurnState.Because.MEDIA_STRIPPED));
  }

  private static List<ContentBlock> withoutMedia(List<ContentBlock> blocks) {
    List<ContentBlock> out = new ArrayList<>(blocks.size());
    for (ContentBlock block : blocks) {
      switch (block) {
        case ContentBlock.Image _ ->
            out.addAll(
                MessageJson.text(
                    "[A picture stood here; the service refused it, so it was taken out.]"));
        case ContentBlock.Document _ ->
            out.addAll(
                MessageJson.text(
                    "[A document stood here; the service refused it, so it was taken out.]"));
        case ContentBlock.ToolResult(
                String id,
                List<ContentBlock> content,
                boolean isError,
                var extra) ->
            out.add(new ContentBlock.ToolResult(id, withoutMedia(content), isError, extra));
        default -> out.add(block);
      }
    }
    return out;
  }
}
