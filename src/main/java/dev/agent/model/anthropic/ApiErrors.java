package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.model.ModelException;
import dev.agent.model.ModelException.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service's refusals mean, as sentences with a next step. Wording of the service is
 * matched only where type and status don't suffice.
 */
final class ApiErrors {
  private ApiErrors() {}

  /** Finds a response header. */
  @FunctionalInterface
  interface HeaderLookup {
    /** Its value, or null when there is none. */
    @Nullable String apply(String name);
  }

  /** An error event inside a stream: the same types as in answers, with status 200. */
  static ModelException inStream(JsonNode event, String requestId) {
    String type = event.path("error").path("type").asText("api_error");
    String message = event.path("error").path("message").asText("");
    String id = event.path("request_id").asText(requestId);
    Kind kind = kind(0, type, message);
    return new ModelException(
        kind,
        sentence(kind, 0, message, id),
        200,
        type,
        id,
        Optional.empty(),
        Optional.empty(),
        null);
  }

  /**
   * An answer that is not 200.
   *
   * @param header looks up a response header; null when absent
   */
  static ModelException ofAnswer(int status, String body, HeaderLookup header, Instant now) {
    String type = "";
    String message = "";
    String requestId = orEmpty(header.apply("request-id"));
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      if (node != null && node.path("error").isObject()) {
        type = node.path("error").path("type").asText("");
        message = node.path("error").path("message").asText("");
        requestId = requestId.isEmpty() ? node.path("request_id").asText("") : requestId;
      } else if (node != null && node.isObject()) {
        message = node.path("error").asText(node.path("message").asText(""));
      }
    } catch (JsonProcessingException e) {
      message = withoutMarkup(body);
    }
    Kind kind = kind(status, type, message);
    String should = orEmpty(header.apply("x-should-retry"));
    return new ModelException(
        kind,
        sentence(kind, status, message, requestId),
        status,
        type,
        requestId,
        retryAfter(header, now),
        should.equals("true")
            ? Optional.of(true)
            : should.equals("false") ? Optional.of(false) : Optional.empty(),
        null);
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Proxies answer in HTML: its text, shortened. */
  private static String withoutMarkup(String body) {
    StringBuilder out = new StringBuilder();
    boolean tag = false;
    for (int i = 0; i < body.length() && out.length() < 200; i++) {
      char c = body.charAt(i);
      if (c == '<') {
        tag = true;
      } else if (c == '>') {
        tag = false;
        out.append(' ');
      } else if (!tag) {
        out.append(Character.isWhitespace(c) ? ' ' : c);
      }
    }
    return out.toString().strip().replaceAll(" +", " ");
  }

  static Optional<Duration> retryAfter(HeaderLookup header, Instant now) {
    String millis = orEmpty(header.apply("retry-after-ms"));
    String seconds = orEmpty(header.apply("retry-after"));
    try {
      if (!millis.isEmpty()) {
        return positive(Double.parseDouble(millis));
      }
      if (!seconds.isEmpty()) {
        return Character.isDigit(seconds.charAt(0))
            ? positive(Double.parseDouble(seconds) * 1000)
            : positive(
                Duration.between(
                        now, ZonedDateTime.parse(seconds, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .toMillis());
      }
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<Duration> positive(double millis) {
    return millis > 0 && millis <= Integer.MAX_VALUE
        ? Optional.of(Duration.ofMillis((long) Math.ceil(millis)))
        : Optional.empty();
  }

  static Kind kind(int status, String type, String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (type.equals("overloaded_error") || status == 529) {
      return Kind.OVERLOADED;
    } else if (type.equals("rate_limit_error") || status == 429) {
      return Kind.RATE_LIMITED;
    } else if (type.equals("authentication_error") || status == 401) {
      return Kind.AUTHENTICATION;
    } else if (type.equals("billing_error") || status == 402) {
      return Kind.BILLING;
    } else if (type.equals("permission_error") || status == 403) {
      return Kind.PERMISSION;
    } else if (type.equals("not_found_error") || status == 404) {
      return Kind.NOT_FOUND;
    } else if (type.equals("request_too_large") || status == 413) {
      return Kind.TOO_LARGE;
    } else if (type.equals("invalid_request_error") || status == 400 || status == 422) {
      if (text.contains("prompt is too long")
          || text.contains("exceed context limit")
          || text.contains("context window")) {
        return Kind.CONTEXT_TOO_LONG;
      }
      boolean media = text.contains("image") || text.contains("pdf") || text.contains("document");
      boolean refused =
          text.contains("exceed")
              || text.contains("could not process")
              || text.contains("maximum")
              || text.contains("invalid");
      return media && refused ? Kind.MEDIA : Kind.INVALID_REQUEST;
    } else if (type.equals("timeout_error")
        || type.equals("api_error")
        || status >= 500
        || status == 408
        || status == 409) {
      return Kind.SERVER;
    }
    return status == 0 ? Kind.SERVER : Kind.INVALID_REQUEST;
  }

  private static String sentence(Kind kind, int status, String message, String requestId) {
    String said = message.isBlank() ? "" : " The service says: \"" + message.strip() + "\"";
    String what =
        switch (kind) {
          case OVERLOADED ->
              "The model is overloaded."
                  + said
                  + " Try again in a moment, or name another one with --fallback-model.";
          case RATE_LIMITED ->
              "The rate limit is reached."
                  + said
                  + " Wait for the reset, or use another key or model.";
          case AUTHENTICATION ->
              "The key was not accepted."
                  + said
                  + " Check ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN, or the \"apiKeyHelper\" in"
                  + " your settings.";
          case BILLING ->
              "The account can't be billed." + said + " Look at the billing page of your account.";
          case PERMISSION ->
              "This key may not do that." + said + " Use a key with access to the model.";
          case NOT_FOUND ->
              "The model or address was not found."
                  + said
                  + " Check --model and ANTHROPIC_BASE_URL.";
          case TOO_LARGE ->
              "The request is larger than 32 MB."
                  + said
                  + " Leave out pictures or start a new session.";
          case CONTEXT_TOO_LONG ->
              "The conversation does not fit into the model's window."
                  + said
                  + " Start a new session or name a model with a larger window.";
          case MEDIA -> "A picture or document was refused." + said + " Use a smaller one.";
          case INVALID_REQUEST -> "The service did not accept the request." + said;
          default ->
              "The service failed"
                  + (status > 0 ? " (status " + status + ")" : "")
                  + "."
                  + said
                  + " Try again in a moment.";
        };
    return requestId.isEmpty() ? what : what + " (request " + requestId + ")";
  }
}
