package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.List;
import java.util.Map;

/** What the server answers. */
public sealed interface Reply {

  /**
   * A message that is streamed.
   *
   * @param blocks content blocks as in the API
   * @param blockDelayMillis pause before each block; {@code deltaChars} characters per delta, 0 = a
   *     block in one
   * @param output tokens to report; 0 = estimated
   */
  record Message(
      List<ObjectNode> blocks,
      String stopReason,
      long blockDelayMillis,
      int deltaChars,
      long output,
      Fault fault)
      implements Reply {
    public Message {
      blocks = List.copyOf(blocks);
    }

    /** The same with a fault. */
    public Message with(Fault other) {
      return new Message(blocks, stopReason, blockDelayMillis, deltaChars, output, other);
    }

    /** The same with a pause before each block. */
    public Message withDelay(long millis) {
      return new Message(blocks, stopReason, millis, deltaChars, output, fault);
    }
  }

  /** An answer that is none. */
  record Failure(int status, String type, String message, Map<String, String> headers)
      implements Reply {
    public Failure {
      headers = Map.copyOf(headers);
    }
  }

  /** Bytes of a recording, piece by piece. */
  record Recorded(int status, Map<String, String> headers, List<Piece> pieces) implements Reply {
    public Recorded {
      headers = Map.copyOf(headers);
      pieces = List.copyOf(pieces);
    }
  }

  /** Some bytes and the pause before them. */
  record Piece(byte[] bytes, long delayMillis) {}

  /** What goes wrong while a message is streamed. */
  sealed interface Fault {
    /** Nothing. */
    record None() implements Fault {}

    /** The connection ends after so many events. */
    record Drop(int afterEvents) implements Fault {}

    /** Nothing comes any more after so many events, for so long; then the connection ends. */
    record Stall(int afterEvents, long millis) implements Fault {}

    /** An event that is no JSON comes after so many events. */
    record Malformed(int afterEvents) implements Fault {}

    /** An error event comes after so many events, and the stream ends. */
    record ErrorEvent(int afterEvents, String type) implements Fault {}
  }

  /** No fault. */
  Fault NO_FAULT = new Fault.None();

  /** A message of one text. */
  static Message text(String text) {
    return new Message(List.of(textBlock(text)), "end_turn", 0, 0, 0, NO_FAULT);
  }

  /** A message of blocks; it stops for tools when there are calls. */
  static Message of(ObjectNode... blocks) {
    boolean calls =
        java.util.Arrays.stream(blocks)
            .anyMatch(block -> block.path("type").asText().equals("tool_use"));
    return new Message(List.of(blocks), calls ? "tool_use" : "end_turn", 0, 0, 0, NO_FAULT);
  }

  /** A text block. */
  static ObjectNode textBlock(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  /** A call. */
  static ObjectNode toolUse(String id, String name, ObjectNode input) {
    ObjectNode node = Json.object().put("type", "tool_use").put("id", id).put("name", name);
    node.set("input", input);
    return node;
  }

  /** A failure without headers. */
  static Failure failure(int status, String type) {
    return new Failure(status, type, type.replace('_', ' '), Map.of());
  }
}
