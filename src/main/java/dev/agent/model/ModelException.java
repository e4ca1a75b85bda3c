package dev.agent.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service did not give a whole answer. {@link #kind()} decides what is done about it; the
 * message is for the person and ends with what to do.
 */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Classes of failure; each has its own treatment. */
  public enum Kind {
    /** 529 or {@code overloaded_error}. */
    OVERLOADED(true),
    /** 429. */
    RATE_LIMITED(true),
    /** 500, 502, 503, {@code api_error}, 408, 409, 504. */
    SERVER(true),
    /** Could not connect, or the connection broke before the answer began. */
    NETWORK(true),
    /** The bytes ended before {@code message_stop}. */
    INCOMPLETE(true),
    /** No bytes, or no content, for too long. */
    STALLED(true),
    /** What came is no stream of events. */
    MALFORMED(true),
    /** 401. */
    AUTHENTICATION(false),
    /** 402. */
    BILLING(false),
    /** 403. */
    PERMISSION(false),
    /** 404: mostly an unknown model. */
    NOT_FOUND(false),
    /** 413: more than 32 MB. */
    TOO_LARGE(false),
    /** The prompt has more tokens than the window. */
    CONTEXT_TOO_LONG(false),
    /** A picture or document was refused. */
    MEDIA(false),
    /** Any other 400. */
    INVALID_REQUEST(false);

    private final boolean transientFailure;

    Kind(boolean transientFailure) {
      this.transientFailure = transientFailure;
    }

    /** Whether the same request may succeed a little later. */
    public boolean isTransient() {
      return transientFailure;
    }
  }

  private final Kind kind;
  private final int status;
  private final String errorType;
  private final String requestId;
  private final Optional<Duration> retryAfter;
  private final Optional<Boolean> shouldRetry;

  public ModelException(
      Kind kind,
      String message,
      int status,
      String errorType,
      String requestId,
      Optional<Duration> retryAfter,
      Optional<Boolean> shouldRetry,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.errorType = errorType;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.shouldRetry = shouldRetry;
  }

  /** A failure without an HTTP answer. */
  public ModelException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.status = 0;
    this.errorType = "";
    this.requestId = "";
    this.retryAfter = Optional.empty();
    this.shouldRetry = Optional.empty();
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The HTTP status; 0 when there was none, 200 for an error inside a stream. */
  public int status() {
    return status;
  }

  /** The service's own word, such as {@code overloaded_error}; may be empty. */
  public String errorType() {
    return errorType;
  }

  /** For support questions; may be empty. */
  public String requestId() {
    return requestId;
  }

  /** How long the service asked us to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** The service's own word on whether a retry makes sense. */
  public Optional<Boolean> shouldRetry() {
    return shouldRetry;
  }
}
