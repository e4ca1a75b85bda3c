package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.model.ModelException;
import dev.agent.model.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bytes to stream events: the reader and the accumulator in one. Used by the client and by {@code
 * agent debug sse} alike. Owned by one thread.
 */
final class EventReader {
  private final SseReader reader;
  private final BlockAccumulator accumulator;
  private final boolean raw;
  private boolean sawData;

  EventReader(InputStream in, String requestId, boolean raw) {
    this.reader = new SseReader(in);
    this.accumulator = new BlockAccumulator(requestId);
    this.raw = raw;
  }

  /**
   * What the next wire event meant: nothing for a ping, several things for others.
   *
   * @throws ModelException at the end of the bytes, when the message was not whole
   * @throws IOException when the bytes can't be read
   */
  List<StreamEvent> next() throws ModelException, IOException {
    String data = reader.next();
    if (data == null) {
      throw ended();
    }
    sawData = true;
    List<StreamEvent> events = new ArrayList<>(3);
    accumulator.take(data, events);
    if (raw && !data.equals("[DONE]")) {
      boolean behind = !events.isEmpty() && events.getFirst() instanceof StreamEvent.BlockCompleted;
      events.add(behind ? 1 : 0, new StreamEvent.Raw(data));
    }
    return events;
  }

  boolean isComplete() {
    return accumulator.isComplete();
  }

  /** The message as far as it came. */
  Optional<ObjectNode> soFar() {
    return accumulator.soFar();
  }

  private ModelException ended() {
    if (!sawData && !reader.stray().isEmpty()) {
      String body = reader.stray();
      try {
        JsonNode node = Json.MAPPER.readTree(body);
        if (node.path("error").isObject()) {
          return ApiErrors.inStream(node, "");
        }
      } catch (JsonProcessingException e) {
        // no JSON either: said below
      }
      String shown = body.strip();
      return new ModelException(
          ModelException.Kind.MALFORMED,
          "The answer is no stream of events, it begins with \""
              + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
              + "\". Check ANTHROPIC_BASE_URL and proxies.");
    }
    return new ModelException(
        ModelException.Kind.INCOMPLETE,
        sawData ? "The answer broke off before its end." : "The answer was empty.");
  }
}
