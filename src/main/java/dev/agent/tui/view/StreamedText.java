package dev.agent.tui.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of the answer, or of the thinking, that streams in, and its block: which is in the
 * transcript from the first character that is not blank. Owned by the UI thread.
 */
final class StreamedText {
  private final Transcript transcript;
  private final CallBlocks calls;
  private final SourceStore store;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Open open;

  /** A block whose text still comes; its id is -1 until it is in the transcript. */
  private record Open(int index, boolean isThinking, long blockId, Instant since, int flushed) {}

  StreamedText(Transcript transcript, CallBlocks calls, SourceStore store) {
    this.transcript = transcript;
    this.calls = calls;
    this.store = store;
  }

  /** Whether this is the block that is open. */
  boolean isOpen(int index, boolean thinking) {
    return open != null && open.index == index && open.isThinking == thinking;
  }

  /** Begins another block; the one before must be closed. */
  void open(int index, boolean thinking, Instant at) {
    open = new Open(index, thinking, -1, at, 0);
  }

  /** More text of the open block. */
  void add(String more) {
    text.append(more);
  }

  /** Whether text has come since the last {@link #flush}. */
  boolean hasMore() {
    return open != null && text.length() != open.flushed;
  }

  /** Puts text that has come since the last time into its block, which the model has written. */
  void flush(String model) {
    if (open == null || !hasMore()) {
      return;
    }
    long id = open.blockId;
    String all = text.toString();
    if (id < 0 && all.isBlank()) {
      return;
    }
    Source source = Source.of(all);
    Content content =
        open.isThinking
            ? new Content.Thinking(source, Duration.ZERO, true)
            : new Content.Answer(source, true);
    if (id < 0) {
      id = transcript.add(content, open.since, model);
      calls.belongsToAnswer(id);
    } else {
      transcript.replace(id, content);
    }
    open = new Open(open.index, open.isThinking, id, open.since, text.length());
  }

  /**
   * Ends the open block with what has come of it; nothing where none is open.
   *
   * @return how long was thought, if that is what ends
   */
  Optional<Duration> close(Instant at, String model) {
    flush(model);
    Optional<Duration> thought =
        open != null && open.blockId >= 0 ? settle(open, at) : Optional.empty();
    reset();
    return thought;
  }

  private Optional<Duration> settle(Open block, Instant at) {
    Source source = Source.of(text.toString(), store);
    if (block.isThinking) {
      Duration took = Duration.between(block.since, at);
      transcript.replace(block.blockId, new Content.Thinking(source, took, false));
      return Optional.of(took);
    }
    transcript.replace(block.blockId, new Content.Answer(source, false));
    return Optional.empty();
  }

  /** The whole text of the block of this kind, which counts more than its pieces. */
  void replace(boolean thinking, String whole, Instant at) {
    if (open == null) {
      open(-1, thinking, at);
    }
    text.setLength(0);
    text.append(whole);
  }

  /** Whether a block of the other kind is open. */
  boolean isOther(boolean thinking) {
    return open != null && open.isThinking != thinking;
  }

  /** Forgets what is open. */
  void reset() {
    open = null;
    text.setLength(0);
  }
}
