package dev.agent.model.anthropic;

import dev.agent.model.ModelException;
import dev.agent.model.ModelException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Failures of the service and of the way to it, told as one sentence on what happened and one on
 * what to do. Off the path of a request that succeeds.
 */
final class Failures {
  private final URI base;
  private final InstantSource clock;
  private final List<String> hidden;

  Failures(URI base, InstantSource clock) {
    this(base, clock, List.of());
  }

  private Failures(URI base, InstantSource clock, List<String> hidden) {
    this.base = base;
    this.clock = clock;
    this.hidden = hidden;
  }

  /**
   * The same, for a request with these headers: an answer that repeats a key of theirs is shown
   * without it.
   */
  Failures hiding(Headers headers) {
    List<String> keys = new ArrayList<>();
    for (String name : new String[] {"x-api-key", "authorization"}) {
      String value = headers.get(name);
      if (value != null) {
        keys.add(value.startsWith("Bearer ") ? value.substring(7) : value);
      }
    }
    return new Failures(base, clock, List.copyOf(keys));
  }

  private String hide(String text) {
    String clean = text;
    for (String key : hidden) {
      clean = key.isEmpty() ? clean : clean.replace(key, "[redacted]");
    }
    return clean;
  }

  /** An answer with a status other than 200. */
  ModelException status(int status, Headers headers, String body) {
    ErrorBody error = ErrorBody.read(hide(body));
    String header = headers.get("request-id");
    String id = header != null ? header : error.requestId();
    Kind kind = kind(status, error);
    return new ModelException(
        kind,
        sentence(kind, status, error.type(), error.message(), id),
        status,
        error.type(),
        id,
        RetryAfter.read(headers, clock),
        shouldRetry(headers),
        null);
  }

  /** A fault inside a stream that began with status 200. */
  ModelException fault(StreamFault fault, String requestId) {
    String id = requestId.isEmpty() ? fault.requestId() : requestId;
    String told = hide(fault.getMessage());
    // An error as plain JSON with status 200 is still the service's error.
    boolean typed =
        fault.kind() == StreamFault.Kind.API
            || (fault.kind() == StreamFault.Kind.MALFORMED && fault.type().endsWith("_error"));
    return switch (typed ? StreamFault.Kind.API : fault.kind()) {
      case INCOMPLETE ->
          plain(
              Kind.INCOMPLETE,
              withoutStop(told)
                  + reference(id)
                  + ". Try again; if it stays, a proxy on the way may be cutting answers.",
              id,
              null);
      case MALFORMED ->
          plain(
              Kind.MALFORMED,
              withoutStop(told)
                  + reference(id)
                  + ". Check that "
                  + base
                  + " is a Messages API and that no proxy answers in its place.",
              id,
              null);
      case API -> {
        ErrorBody error = new ErrorBody(fault.type(), "", ErrorBody.excerpt(told), id);
        Kind kind = kind(statusOf(fault.type()), error);
        yield new ModelException(
            kind,
            sentence(kind, 200, fault.type(), error.message(), id),
            200,
            fault.type(),
            id,
            Optional.empty(),
            Optional.empty(),
            null);
      }
    };
  }

  /** No answer came at all. */
  ModelException unreachable(IOException cause) {
    String host = base.getAuthority();
    if (cause instanceof SocketTimeoutException && !mentions(cause, "connect")) {
      return plain(
          Kind.STALLED,
          host
              + " took the request and then said nothing. It is tried again; a slow local model"
              + " needs a larger API_TIMEOUT_MS.",
          "",
          cause);
    }
    String what =
        switch (cause) {
          case UnknownHostException _ ->
              "The host "
                  + host
                  + " is not known. Check the network, ANTHROPIC_BASE_URL and the proxy settings.";
          case SSLException e ->
              "The secure connection to "
                  + host
                  + " failed: "
                  + ErrorBody.excerpt(String.valueOf(e.getMessage()))
                  + ". If a company's proxy reads the traffic, name its certificate in"
                  + " NODE_EXTRA_CA_CERTS.";
          case SocketTimeoutException _ ->
              host
                  + " did not accept a connection in time. Check the network and the proxy"
                  + " settings.";
          case ConnectException _ ->
              host
                  + " refused the connection. Check that the service runs and that"
                  + " ANTHROPIC_BASE_URL is right.";
          default ->
              "The connection to "
                  + host
                  + " broke: "
                  + ErrorBody.excerpt(String.valueOf(cause.getMessage()))
                  + ". Check the network and the proxy settings.";
        };
    return plain(Kind.NETWORK, what, "", cause);
  }

  /** The connection broke within the answer. */
  ModelException broken(IOException cause, String requestId) {
    String why =
        cause.getMessage() == null
            ? cause.getClass().getSimpleName()
            : ErrorBody.excerpt(cause.getMessage());
    return plain(
        Kind.INCOMPLETE,
        "The connection broke in the middle of the answer ("
            + why
            + ")"
            + reference(requestId)
            + ". Try again.",
        requestId,
        cause);
  }

  /** Silence for too long; {@code what} is what did not come. */
  ModelException stalled(String what, Duration limit, String requestId) {
    String time = limit.toMillis() < 1000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
    return plain(
        Kind.STALLED,
        "The answer stalled: no " + what + " for " + time + reference(requestId) + ". Try again.",
        requestId,
        null);
  }

  private static ModelException plain(
      Kind kind, String message, String id, @Nullable Throwable cause) {
    return new ModelException(
        kind,
        message,
        kind == Kind.NETWORK ? 0 : 200,
        "",
        id,
        Optional.empty(),
        Optional.empty(),
        cause);
  }

  private static boolean mentions(IOException cause, String word) {
    return cause.getMessage() != null && cause.getMessage().toLowerCase(Locale.ROOT).contains(word);
  }

  private static Optional<Boolean> shouldRetry(Headers headers) {
    String value = headers.get("x-should-retry");
    return value == null
        ? Optional.empty()
        : value.equals("true")
            ? Optional.of(true)
            : value.equals("false") ? Optional.of(false) : Optional.empty();
  }

  /** The status that the service gives with an error type outside of streams. */
  private static int statusOf(String type) {
    return switch (type) {
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error" -> 403;
      case "not_found_error" -> 404;
      case "request_too_large" -> 413;
      case "rate_limit_error" -> 429;
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> 500;
    };
  }

  private static Kind kind(int status, ErrorBody error) {
    if (error.type().equals("overloaded_error")) {
      return Kind.OVERLOADED;
    }
    return switch (status) {
      case 401 -> Kind.AUTHENTICATION;
      case 402 -> Kind.BILLING;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 407 -> Kind.NETWORK;
      case 413 -> isTooLong(error.message()) ? Kind.CONTEXT_TOO_LONG : Kind.TOO_LARGE;
      case 429 -> Kind.RATE_LIMITED;
      case 529 -> Kind.OVERLOADED;
      case 408, 409 -> Kind.SERVER;
      default ->
          status >= 500
              ? Kind.SERVER
              : status < 400
                  ? Kind.MALFORMED
                  : isTooLong(error.message())
                      ? Kind.CONTEXT_TOO_LONG
                      : isMedia(error.message()) ? Kind.MEDIA : Kind.INVALID_REQUEST;
    };
  }

  private static boolean isTooLong(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("prompt is too long")
        || (text.contains("max_tokens") && text.contains("exceed") && text.contains("context"));
  }

  private static boolean isMedia(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    boolean media = text.contains("image") || text.contains("pdf") || text.contains("document");
    return media
        && (text.contains("exceed")
            || text.contains("could not process")
            || text.contains("many-image")
            || text.contains("too large")
            || text.contains("not valid")
            || text.contains("invalid")
            || text.contains("maximum")
            || text.contains("password"));
  }

  private String sentence(Kind kind, int status, String type, String message, String id) {
    String said = message.isEmpty() ? "" : ": " + withoutStop(message);
    String reference = reference(id);
    return switch (kind) {
      case OVERLOADED ->
          "The service is overloaded"
              + said
              + reference
              + ". Try again in a minute, or name a second model with --fallback-model.";
      case RATE_LIMITED ->
          "The rate limit is reached"
              + said
              + reference
              + ". Wait until it resets, or check limits and spending of the account.";
      case SERVER ->
          "The service failed with "
              + named(status, type)
              + said
              + reference
              + ". Try again; if it stays, look at the service's status page.";
      case AUTHENTICATION ->
          "The service did not accept the credentials ("
              + named(status, type)
              + ")"
              + said
              + reference
              + ". Set a valid ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN, or check the apiKeyHelper"
              + " command.";
      case BILLING ->
          "The account can't pay for this request"
              + said
              + reference
              + ". Check credit and billing of the account.";
      case PERMISSION ->
          "The key has no permission for this"
              + said
              + reference
              + ". Use another key, or choose another model with --model.";
      case NOT_FOUND ->
          "The service does not know this model or address"
              + said
              + reference
              + ". Choose another model with --model, or check ANTHROPIC_BASE_URL (now "
              + base
              + ").";
      case TOO_LARGE ->
          "The request is larger than the service takes (32 MB)"
              + said
              + reference
              + ". Remove pictures or large files from the conversation, or compact it.";
      case CONTEXT_TOO_LONG ->
          tooLong(message) + reference + ". Compact the conversation or start a new one.";
      case MEDIA ->
          "The service refused a picture or document"
              + said
              + reference
              + ". Leave it out, or make it smaller.";
      case INVALID_REQUEST ->
          "The service refused the request ("
              + named(status, type)
              + ")"
              + said
              + reference
              + ". If it stays, start a new session and report it.";
      case NETWORK ->
          "The proxy wants a user and a password (407)"
              + said
              + ". Put them into HTTPS_PROXY as http://user:password@host:port.";
      case MALFORMED ->
          (status >= 300
                  ? "Instead of an answer came a redirect ("
                  : "Instead of an answer came an empty one (")
              + status
              + ")"
              + reference
              + ". Check ANTHROPIC_BASE_URL (now "
              + base
              + "); it must name the service itself.";
      case INCOMPLETE, STALLED -> "The answer ended early" + said + reference + ". Try again.";
    };
  }

  private static String tooLong(String message) {
    Matcher numbers = Pattern.compile("(\\d[\\d,]*)\\D+?>\\s*(\\d[\\d,]*)").matcher(message);
    return numbers.find()
        ? "The conversation is too long for the model: "
            + numbers.group(1)
            + " tokens, "
            + numbers.group(2)
            + " at most"
        : "The conversation is too long for the model: " + withoutStop(message);
  }

  private static String named(int status, String type) {
    return type.isEmpty() ? Integer.toString(status) : status == 200 ? type : status + " " + type;
  }

  private static String withoutStop(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String reference(String id) {
    return id.isEmpty() ? "" : " (request " + id + ")";
  }
}
