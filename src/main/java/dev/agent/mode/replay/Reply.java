package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server answers. */
public sealed interface Reply {

  /**
   * A message, streamed when the request asks for a stream.
   *
   * @param blocks content blocks as in the API; a {@code raw_input} member of a call is sent as the
   *     text of its input, whether or not that is JSON
   * @param output tokens to report; 0 = estimated
   * @param usage reported as it is; empty = counted by {@link CacheAccounting}
   */
  record Message(
      List<ObjectNode> blocks,
      String stopReason,
      Pace pace,
      long output,
      Optional<Usage> usage,
      Fault fault)
      implements Reply {
    public Message {
      blocks = List.copyOf(blocks);
    }

    /** The same with a fault. */
    public Message with(Fault other) {
      return new Message(blocks, stopReason, pace, output, usage, other);
    }

    /** The same with another pace. */
    public Message with(Pace other) {
      return new Message(blocks, stopReason, other, output, usage, fault);
    }

    /** The same with a pause before each block. */
    public Message withDelay(long millis) {
      return with(
          new Pace(millis, pace.deltaChars(), pace.deltaMillis(), pace.chunkBytes(), pace.gate()));
    }

    /** The same in deltas of so many characters. */
    public Message inDeltasOf(int chars) {
      return with(
          new Pace(pace.blockMillis(), chars, pace.deltaMillis(), pace.chunkBytes(), pace.gate()));
    }

    /** The same in pieces of so many bytes, wherever they cut. */
    public Message inChunksOf(int bytes) {
      return with(
          new Pace(pace.blockMillis(), pace.deltaChars(), pace.deltaMillis(), bytes, pace.gate()));
    }

    /** The same, held back before each block until the gate lets it pass. */
    public Message heldBy(Gate gate) {
      return with(
          new Pace(
              pace.blockMillis(), pace.deltaChars(), pace.deltaMillis(), pace.chunkBytes(), gate));
    }

    /** The same with another stop reason. */
    public Message stopping(String reason) {
      return new Message(blocks, reason, pace, output, usage, fault);
    }
  }

  /** An answer that is none. */
  record Failure(int status, String type, String message, Map<String, String> headers)
      implements Reply {
    public Failure {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Bytes as they are, piece by piece: a recording, or a stream written by hand.
   *
   * @param complete whether the answer ends properly; otherwise the connection is cut after the
   *     last piece
   */
  record Recorded(int status, Map<String, String> headers, List<Piece> pieces, boolean complete)
      implements Reply {
    public Recorded {
      headers = Map.copyOf(headers);
      pieces = List.copyOf(pieces);
    }
  }

  /** Some bytes, which nobody changes, and the pause before them. */
  @SuppressWarnings("ArrayRecordComponent")
  record Piece(byte[] bytes, long delayMillis) {}

  /**
   * How a message is cut and how fast it comes.
   *
   * @param blockMillis pause before each block
   * @param deltaChars characters per delta; 0 = a block's content in one
   * @param deltaMillis pause before each delta
   * @param chunkBytes bytes per chunk of the transfer, so that events and characters are torn; 0 =
   *     an event per chunk
   * @param gate asked before each block
   */
  record Pace(long blockMillis, int deltaChars, long deltaMillis, int chunkBytes, Gate gate) {
    /** At once and in whole events. */
    public static final Pace AT_ONCE = new Pace(0, 0, 0, 0, _ -> {});
  }

  /** Holds a stream open between blocks. */
  @FunctionalInterface
  interface Gate {
    /**
     * Returns when the block with this index, counted from 0, may be sent. What was sent before has
     * left the server by then.
     */
    void await(int block) throws InterruptedException;
  }

  /** What goes wrong while a message is streamed. Events are counted from 0. */
  sealed interface Fault {
    /** Nothing. */
    record None() implements Fault {}

    /** The connection ends in good order, but too early, after so many events. */
    record Drop(int afterEvents) implements Fault {}

    /** The connection ends in good order, but too early, after so many bytes of the stream. */
    record DropBytes(long afterBytes) implements Fault {}

    /** The connection is reset after so many events. */
    record Reset(int afterEvents) implements Fault {}

    /** Nothing comes any more after so many events, for so long; then the connection ends. */
    record Stall(int afterEvents, long millis) implements Fault {}

    /** An event that is no JSON comes after so many events; the rest follows. */
    record Malformed(int afterEvents) implements Fault {}

    /** The event with this index comes twice. */
    record Duplicate(int event) implements Fault {}

    /** An error event comes after so many events, and the stream ends. */
    record ErrorEvent(int afterEvents, String type) implements Fault {}
  }

  /** No fault. */
  Fault NO_FAULT = new Fault.None();

  /** A message of one text. */
  static Message text(String text) {
    return of(textBlock(text));
  }

  /** A message of blocks; it stops for tools when there are calls. */
  static Message of(ObjectNode... blocks) {
    return of(Arrays.asList(blocks));
  }

  /** A message of blocks; it stops for tools when there are calls. */
  static Message of(List<ObjectNode> blocks) {
    boolean calls = false;
    for (ObjectNode block : blocks) {
      calls |= block.path("type").asText().equals("tool_use");
    }
    return new Message(
        blocks, calls ? "tool_use" : "end_turn", Pace.AT_ONCE, 0, Optional.empty(), NO_FAULT);
  }

  /** A text block. */
  static ObjectNode textBlock(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  /** A thinking block. */
  static ObjectNode thinking(String text, String signature) {
    return Json.object().put("type", "thinking").put("thinking", text).put("signature", signature);
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

  /**
   * A stream written by hand.
   *
   * @param chunkBytes bytes per chunk; 0 = all in one
   */
  static Recorded raw(String stream, int chunkBytes) {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    List<Piece> pieces = new ArrayList<>();
    int size = chunkBytes > 0 ? chunkBytes : Math.max(1, bytes.length);
    for (int from = 0; from < bytes.length; from += size) {
      pieces.add(
          new Piece(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)), 0));
    }
    return new Recorded(200, Map.of("content-type", "text/event-stream"), pieces, true);
  }
}
