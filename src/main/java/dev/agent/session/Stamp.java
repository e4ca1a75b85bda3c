package dev.agent.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.runtime.Ids;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives entries their number, id and parent. A result that an outcome has already recorded is not
 * written a second time with the message that carries it to the model: a reference takes its place
 * ({@link #REFERENCE}). Not thread-safe: the log's lock guards it.
 */
final class Stamp {
  /** The block type of a reference to a recorded outcome. */
  static final String REFERENCE = "tool_result_ref";

  private final String sessionId;
  private final Ids ids;
  private final InstantSource time;
  private final Map<String, ContentBlock.ToolResult> outcomes = new HashMap<>();
  private long seq;
  private String leaf;

  Stamp(String sessionId, Ids ids, InstantSource time, long seq, String leaf) {
    this.sessionId = sessionId;
    this.ids = ids;
    this.time = time;
    this.seq = seq;
    this.leaf = leaf;
  }

  String leaf() {
    return leaf;
  }

  Line next(Entry given) {
    Entry entry = given;
    if (given instanceof Entry.ToolOutcome(String id, ContentBlock.ToolResult result, _)) {
      outcomes.put(id, result);
    } else if (given instanceof Entry.User(Message message, Entry.Origin origin)) {
      entry = new Entry.User(refer(message), origin);
    }
    Line line =
        new Line(
            ++seq,
            ids.next(),
            given instanceof Entry.Rewound(String to) ? to : leaf,
            time.instant(),
            sessionId,
            entry);
    if (line.isConversation()) {
      leaf = line.uuid();
    }
    return line;
  }

  private Message refer(Message message) {
    if (outcomes.isEmpty()) {
      return message;
    }
    List<ContentBlock> content = new ArrayList<>(message.content().size());
    boolean changed = false;
    for (ContentBlock block : message.content()) {
      if (block instanceof ContentBlock.ToolResult result
          && result.equals(outcomes.remove(result.toolUseId()))) {
        ObjectNode reference =
            Json.object().put("type", REFERENCE).put("tool_use_id", result.toolUseId());
        content.add(new ContentBlock.Unknown(reference));
        changed = true;
      } else {
        content.add(block);
      }
    }
    return changed ? new Message(message.role(), content) : message;
  }
}
