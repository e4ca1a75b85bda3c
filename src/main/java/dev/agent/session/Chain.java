package dev.agent.session;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The path from the last conversation entry back to the first, as messages. A parent that is
 * missing is bridged to the entry before in the file: nothing that survived is dropped because
 * something else did not.
 */
final class Chain {

  /**
   * One message on the path.
   *
   * @param gapBefore whether something that was sent before it is missing
   */
  record Step(String uuid, Message message, boolean gapBefore) {}

  record Result(List<Step> steps, String leaf) {}

  private final List<Line> nodes = new ArrayList<>();
  private final Set<String> intents;
  private final Map<String, Entry.ToolOutcome> outcomes;
  private final Set<String> discarded = new HashSet<>();
  private final List<Problem> problems;

  Chain(
      List<Line> lines,
      Set<String> intents,
      Map<String, Entry.ToolOutcome> outcomes,
      List<Problem> problems) {
    this.intents = intents;
    this.outcomes = outcomes;
    this.problems = problems;
    for (Line line : lines) {
      if (line.isConversation()) {
        nodes.add(line);
      } else if (line.entry() instanceof Entry.Discarded(String id, _)) {
        discarded.add(id);
      }
    }
  }

  Result follow() {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      index.put(nodes.get(i).uuid(), i);
    }
    Set<Integer> gaps = new HashSet<>();
    List<Integer> path = new ArrayList<>();
    int at = nodes.size() - 1;
    while (at >= 0) {
      path.add(at);
      at = before(at, index, gaps);
    }
    List<Step> steps = new ArrayList<>();
    for (int i = path.size() - 1; i >= 0; i--) {
      i = take(path, i, gaps, steps);
    }
    return new Result(steps, nodes.isEmpty() ? "" : nodes.getLast().uuid());
  }

  private int before(int at, Map<String, Integer> index, Set<Integer> gaps) {
    Line line = nodes.get(at);
    if (line.parentUuid().isEmpty()) {
      if (at > 0 && !(line.entry() instanceof Entry.Rewound)) {
        gaps.add(at);
        problems.add(
            new Problem(
                0,
                "an entry in the middle names no entry before it; it was joined to the one before"
                    + " it in the file"));
        return at - 1;
      }
      return -1;
    }
    Integer parent = index.get(line.parentUuid());
    if (parent != null && parent < at) {
      return parent;
    }
    gaps.add(at);
    problems.add(
        new Problem(
            0,
            "entry "
                + line.parentUuid()
                + " is missing; "
                + (at == 0
                    ? "the conversation starts after it"
                    : "what follows was joined to the entry before the gap")));
    return at - 1;
  }

  /**
   * Adds what entry {@code i} of the path says; returns the index of the last path entry that it
   * used.
   */
  private int take(List<Integer> path, int i, Set<Integer> gaps, List<Step> steps) {
    Line line = nodes.get(path.get(i));
    boolean gap = gaps.contains(path.get(i));
    switch (line.entry()) {
      case Entry.User(Message message, _) -> {
        if (message.role() == Role.ASSISTANT) {
          problems.add(
              new Problem(0, "a user entry holds a message of the assistant and is left out"));
        } else {
          steps.add(new Step(line.uuid(), resolve(message), gap));
        }
      }
      case Entry.Assistant first -> {
        return assistant(path, i, gap, line, first, steps);
      }
      case Entry.CompactBoundary boundary -> compact(boundary, line, gap, steps);
      default -> {
        if (gap) {
          steps.add(new Step(line.uuid(), new Message(Role.USER, List.of()), true));
        }
      }
    }
    return i;
  }

  /** Puts the parts of one reply together. */
  private int assistant(
      List<Integer> path,
      int from,
      boolean gap,
      Line line,
      Entry.Assistant first,
      List<Step> steps) {
    List<ContentBlock> content = new ArrayList<>(first.message().content());
    String stop = first.stopReason();
    boolean thrownAway = discarded.contains(line.uuid());
    int i = from;
    while (i > 0
        && stop.isEmpty()
        && !first.messageId().isEmpty()
        && nodes.get(path.get(i - 1)).entry() instanceof Entry.Assistant next
        && next.messageId().equals(first.messageId())) {
      i--;
      content.addAll(next.message().content());
      stop = next.stopReason();
      thrownAway |= discarded.contains(nodes.get(path.get(i)).uuid());
    }
    thrownAway |= !first.messageId().isEmpty() && discarded.contains(first.messageId());
    Message message = Message.assistant(content);
    if (thrownAway) {
      sayBegun(message);
      return i;
    }
    if (first.message().role() != Role.ASSISTANT) {
      problems.add(
          new Problem(0, "an assistant entry holds a message of the user and is left out"));
    } else if (stop.isEmpty() && !begun(message)) {
      problems.add(
          new Problem(
              0,
              "an answer was cut off before it was complete; it is left out, as it was never sent"
                  + " back"));
    } else {
      steps.add(new Step(line.uuid(), message, gap));
    }
    return i;
  }

  private boolean begun(Message message) {
    for (ContentBlock.ToolUse use : message.toolUses()) {
      if (intents.contains(use.id()) || outcomes.containsKey(use.id())) {
        return true;
      }
    }
    return false;
  }

  private void sayBegun(Message message) {
    for (ContentBlock.ToolUse use : message.toolUses()) {
      if (intents.contains(use.id())) {
        problems.add(
            new Problem(
                0,
                "call "
                    + use.id()
                    + " of "
                    + use.name()
                    + " had begun when its answer was thrown away; the model does not know of it"));
      }
    }
  }

  private void compact(Entry.CompactBoundary boundary, Line line, boolean gap, List<Step> steps) {
    int head = boundary.headUuid().isEmpty() ? 0 : position(steps, boundary.headUuid());
    int tail = boundary.tailUuid().isEmpty() ? steps.size() : position(steps, boundary.tailUuid());
    int anchor =
        boundary.anchorUuid().isEmpty() ? tail - 1 : position(steps, boundary.anchorUuid());
    if (tail < 0) {
      problems.add(
          new Problem(
              0,
              "the first entry kept by a compaction is missing; all before it is replaced by the"
                  + " summary"));
      tail = anchor >= 0 ? anchor + 1 : steps.size();
    }
    head = head < 0 ? 0 : head;
    int end = anchor < 0 ? tail : Math.min(anchor + 1, tail);
    List<Step> out = new ArrayList<>(steps.subList(0, Math.min(head, end)));
    List<Message> replacement =
        boundary.replacement().isEmpty()
            ? List.of(Message.user(boundary.summary()))
            : boundary.replacement();
    boolean first = gap;
    for (Message message : replacement) {
      out.add(new Step(line.uuid(), message, first));
      first = false;
    }
    for (Step step : steps.subList(tail, steps.size())) {
      out.add(
          boundary.thinkingDropped()
              ? new Step(step.uuid(), withoutThinking(step.message()), step.gapBefore())
              : step);
    }
    steps.clear();
    steps.addAll(out);
  }

  private static int position(List<Step> steps, String uuid) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).uuid().equals(uuid)) {
        return i;
      }
    }
    return -1;
  }

  static Message withoutThinking(Message message) {
    List<ContentBlock> kept = new ArrayList<>(message.content().size());
    for (ContentBlock block : message.content()) {
      if (!(block instanceof ContentBlock.Thinking
          || block instanceof ContentBlock.RedactedThinking)) {
        kept.add(block);
      }
    }
    return kept.size() == message.content().size() ? message : new Message(message.role(), kept);
  }

  /** Puts recorded results in the place of references to them. */
  private Message resolve(Message message) {
    List<ContentBlock> content = null;
    for (int i = 0; i < message.content().size(); i++) {
      if (message.content().get(i) instanceof ContentBlock.Unknown(var raw)
          && raw.path("type").asText().equals(Stamp.REFERENCE)) {
        content = content == null ? new ArrayList<>(message.content()) : content;
        Entry.ToolOutcome outcome = outcomes.get(raw.path("tool_use_id").asText());
        content.set(
            i,
            outcome == null
                ? new ContentBlock.Unknown(Json.object().put("type", Stamp.REFERENCE))
                : outcome.result());
      }
    }
    if (content == null) {
      return message;
    }
    boolean lost =
        content.removeIf(
            block ->
                block instanceof ContentBlock.Unknown(var raw)
                    && raw.path("type").asText().equals(Stamp.REFERENCE));
    if (lost) {
      problems.add(new Problem(0, "a tool result is missing, as the line that held it is damaged"));
    }
    return new Message(message.role(), content);
  }
}
