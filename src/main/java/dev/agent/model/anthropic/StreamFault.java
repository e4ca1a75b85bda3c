package dev.agent.model.anthropic;

/** Why bytes did not become a whole message. The message is one sentence. */
final class StreamFault extends Exception {
  private static final long serialVersionUID = 1L;

  enum Kind {
    /** The service sent an error event. */
    API,
    /** The bytes ended before {@code message_stop}. */
    INCOMPLETE,
    /** Not JSON, not a stream, or events in an order that cannot be. */
    MALFORMED
  }

  private final String sentence;
  private final Kind kind;
  private final String type;
  private final String requestId;

  StreamFault(Kind kind, String type, String message, String requestId) {
    // A verdict on bytes: where in our code it was found says nothing.
    super(message, null, false, false);
    this.sentence = message;
    this.kind = kind;
    this.type = type;
    this.requestId = requestId;
  }

  static StreamFault malformed(String message) {
    return new StreamFault(Kind.MALFORMED, "malformed_stream", message, "");
  }

  static StreamFault incomplete(String message) {
    return new StreamFault(Kind.INCOMPLETE, "incomplete_stream", message, "");
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  Kind kind() {
    return kind;
  }

  /** The service's word for it, or ours when the service sent none. */
  String type() {
    return type;
  }

  /** As named by the error event; may be empty. */
  String requestId() {
    return requestId;
  }
}
