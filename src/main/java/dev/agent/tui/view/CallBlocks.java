package dev.agent.tui.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The calls of a transcript by their ids: puts each into its block, folds those that only read into
 * runs, and takes back what an answer that was thrown away had asked for. Owned by the UI thread.
 */
final class CallBlocks {
  private final Transcript transcript;
  private final Map<String, Long> blockOf = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  /** What blocks of earlier answers were before this answer changed them. */
  private final Map<Long, Content> before = new HashMap<>();

  private final List<Long> ofAnswer = new ArrayList<>();

  /** The calls that were known when this turn began. */
  private final Set<String> ofEarlierTurns = new HashSet<>();

  CallBlocks(Transcript transcript) {
    this.transcript = transcript;
  }

  /** An answer begins: from here on changes can be taken back. */
  void beginAnswer() {
    before.clear();
    ofAnswer.clear();
  }

  /**
   * A turn begins: calls that had ended when the one before began are not spoken of any more. What
   * was stopped in the last turn may still end.
   */
  void beginTurn() {
    ofEarlierTurns.removeAll(open);
    blockOf.keySet().removeAll(ofEarlierTurns);
    ofEarlierTurns.clear();
    ofEarlierTurns.addAll(blockOf.keySet());
  }

  /** A block that belongs to the answer in progress. */
  void belongsToAnswer(long id) {
    ofAnswer.add(id);
  }

  /** Takes back all that the answer in progress has shown. */
  void discardAnswer() {
    ofAnswer.forEach(transcript::discard);
    before.forEach(transcript::replace);
    beginAnswer();
    open.removeIf(id -> find(id).isEmpty());
  }

  /** Shows a call; one that is there already is left alone. */
  void add(Content.Call call, Instant at, String model) {
    if (find(call.id()).isPresent()) {
      return;
    }
    if (!call.state().isOver()) {
      open.add(call.id());
    }
    long id = ReadOnlyTools.contains(call.tool()) ? addToRun(call, at, model) : -1;
    if (id < 0) {
      id = transcript.add(call, at, model);
      ofAnswer.add(id);
    }
    blockOf.put(call.id(), id);
  }

  private long addToRun(Content.Call call, Instant at, String model) {
    List<Block> thoughts = new ArrayList<>();
    for (int place = transcript.size() - 1; place >= 0; place--) {
      Block block = transcript.at(place);
      switch (block.content()) {
        case Content.Gone _ -> {}
        case Content.Thinking(_, _, boolean isOpen) when !isOpen -> thoughts.addFirst(block);
        case Content.Run(List<Content.Item> items) -> {
          List<Content.Item> all = new ArrayList<>(items);
          for (Block thought : thoughts) {
            if (thought.content() instanceof Content.Thinking(Source text, var took, _)) {
              all.add(new Content.Thought(text, took));
            }
            change(thought.id(), new Content.Gone());
          }
          all.add(call);
          change(block.id(), new Content.Run(all));
          return block.id();
        }
        default -> {
          return newRun(call, at, model);
        }
      }
    }
    return newRun(call, at, model);
  }

  private long newRun(Content.Call call, Instant at, String model) {
    long id = transcript.add(new Content.Run(List.of(call)), at, model);
    ofAnswer.add(id);
    return id;
  }

  private void change(long id, Content content) {
    if (!ofAnswer.contains(id)) {
      transcript.find(id).ifPresent(block -> before.putIfAbsent(id, block.content()));
    }
    transcript.replace(id, content);
  }

  /** A call as it is shown now. */
  Optional<Content.Call> find(String callId) {
    Long id = blockOf.get(callId);
    return id == null
        ? Optional.empty()
        : transcript
            .find(id)
            .flatMap(
                block ->
                    switch (block.content()) {
                      case Content.Call call -> Optional.of(call);
                      case Content.Run run ->
                          run.calls().stream().filter(it -> it.id().equals(callId)).findFirst();
                      default -> Optional.empty();
                    });
  }

  /** Changes a call; an unknown one is passed over. */
  void update(String callId, UnaryOperator<Content.Call> change) {
    Optional<Content.Call> call = find(callId);
    if (call.isEmpty()) {
      return;
    }
    Content.Call now = change.apply(call.get());
    if (now.state().isOver()) {
      open.remove(callId);
    }
    long id = blockOf.getOrDefault(callId, -1L);
    transcript
        .find(id)
        .ifPresent(
            block -> {
              if (block.content() instanceof Content.Run(List<Content.Item> items)) {
                List<Content.Item> all = new ArrayList<>(items);
                all.replaceAll(
                    item -> item instanceof Content.Call it && it.id().equals(callId) ? now : item);
                transcript.replace(id, new Content.Run(all));
              } else {
                transcript.replace(id, now);
              }
            });
  }

  /** The first block that may still change or go: of a call that runs, or of an open answer. */
  int firstUnsettled() {
    int first = transcript.size();
    for (long id : ofAnswer) {
      first = Math.min(first, placeOr(id, first));
    }
    for (String callId : open) {
      first = Math.min(first, placeOr(blockOf.getOrDefault(callId, -1L), first));
    }
    return first;
  }

  private int placeOr(long id, int other) {
    int place = transcript.placeOf(id);
    return place < 0 ? other : place;
  }

  /** Where a run stands that the next call may join; the end when there is none. */
  int tailRun() {
    for (int place = transcript.size() - 1; place >= 0; place--) {
      switch (transcript.at(place).content()) {
        case Content.Gone _, Content.Thinking _ -> {}
        case Content.Run _ -> {
          return place;
        }
        default -> {
          return transcript.size();
        }
      }
    }
    return transcript.size();
  }

  /** The calls that have not ended, in no order. */
  List<Content.Call> open() {
    return open.isEmpty()
        ? List.of()
        : open.stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /** Forgets everything. */
  void reset() {
    blockOf.clear();
    ofEarlierTurns.clear();
    open.clear();
    beginAnswer();
  }
}
