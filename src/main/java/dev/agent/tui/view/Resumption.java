package dev.agent.tui.view;

import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.tool.Display;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Shows a conversation that goes on: all of it, or its end first and what was said before in front
 * of that. Owned by the UI thread, but for {@link #earlier}.
 */
final class Resumption {
  private final Transcript transcript;
  private final CallBlocks calls;
  private final Results results;
  private final SourceStore store;
  private final UnaryOperator<String> shownPath;
  private final TodoList todos;

  Resumption(
      Transcript transcript,
      CallBlocks calls,
      Results results,
      SourceStore store,
      UnaryOperator<String> shownPath,
      TodoList todos) {
    this.transcript = transcript;
    this.calls = calls;
    this.results = results;
    this.store = store;
    this.shownPath = shownPath;
    this.todos = todos;
  }

  /** Shows all of it. */
  void all(Conversation conversation, Instant at) {
    blocks(transcript, calls, conversation.messages(), at).ifPresent(todos::resumed);
  }

  /**
   * Shows the end of a long one, without the header; all of one that is not long.
   *
   * @return how many messages were left out; 0 when it is not long
   */
  int end(Content.Header header, Conversation conversation, Instant at) {
    List<Message> messages = conversation.messages();
    int cut = ResumedBlocks.cut(messages);
    if (cut == 0) {
      long _ = transcript.add(header, at, "");
    } else {
      transcript.reserve(1 + ResumedBlocks.most(messages.subList(0, cut)));
    }
    todos.endShown(blocks(transcript, calls, messages.subList(cut, messages.size()), at));
    return cut;
  }

  /** Makes blocks of what was said before all that is shown. Any thread. */
  Earlier earlier(Content.Header header, List<Message> messages, Instant at, PageStore pages) {
    Transcript before = new Transcript(pages);
    long _ = before.add(header, at, "");
    return new Earlier(before, blocks(before, new CallBlocks(before), messages, at));
  }

  /** Puts what was said before in front of what is shown. */
  void putInFront(Earlier earlier, Content.Header header) {
    transcript.putInFront(earlier.blocks());
    transcript.replace(transcript.firstId(), header);
    todos.earlierShown(earlier.todos());
  }

  private Optional<List<Display.Todo>> blocks(
      Transcript into, CallBlocks with, List<Message> messages, Instant at) {
    return new ResumedBlocks(into, with, results, store, shownPath)
        .add(new Conversation(messages), at);
  }
}
