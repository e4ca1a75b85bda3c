package dev.agent.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;

/**
 * What a body that came instead of an answer says.
 *
 * @param type the service's word, such as {@code overloaded_error}; empty when the body is none of
 *     the service's
 * @param code {@code error.details.error_code}; mostly empty
 * @param message the service's sentence, or an excerpt of whatever came; may be empty
 * @param requestId as named in the body; may be empty
 */
record ErrorBody(String type, String code, String message, String requestId) {
  private static final int EXCERPT_CHARS = 300;

  /** Reads the service's JSON, JSON of other shapes, HTML pages of proxies, and nothing at all. */
  static ErrorBody read(String body) {
    String text = body.strip();
    if (text.startsWith("{")) {
      try {
        JsonNode node = Json.parseReceived(text);
        JsonNode error = node.path("error");
        String message =
            first(error.path("message"), node.path("message"), error, node.path("detail"));
        return new ErrorBody(
            first(error.path("type")),
            first(error.path("details").path("error_code")),
            excerpt(message),
            first(node.path("request_id"), error.path("request_id")));
      } catch (IOException e) {
        return new ErrorBody("", "", excerpt(text), "");
      }
    }
    return new ErrorBody("", "", text.startsWith("<") ? page(text) : excerpt(text), "");
  }

  private static String first(JsonNode... candidates) {
    for (JsonNode node : candidates) {
      if (node.isTextual()) {
        return node.textValue();
      }
    }
    return "";
  }

  /** An HTML page in a few words: its title, or its text without tags. */
  private static String page(String html) {
    String lower = html.toLowerCase(java.util.Locale.ROOT);
    int open = lower.indexOf("<title>");
    int close = lower.indexOf("</title>", Math.max(0, open));
    if (open >= 0 && close > open) {
      return excerpt(html.substring(open + 7, close));
    }
    StringBuilder text = new StringBuilder();
    boolean tag = false;
    for (int i = 0; i < html.length() && text.length() < 2 * EXCERPT_CHARS; i++) {
      char c = html.charAt(i);
      if (c == '<' || c == '>') {
        tag = c == '<';
        text.append(' ');
      } else if (!tag) {
        text.append(c);
      }
    }
    return excerpt(text.toString());
  }

  /** At most 300 characters on one line, without control characters. */
  static String excerpt(String text) {
    StringBuilder out = new StringBuilder();
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        space = !out.isEmpty();
        continue;
      }
      if (out.length() >= EXCERPT_CHARS) {
        return Surrogates.clean(out.toString()) + " …";
      }
      if (space) {
        out.append(' ');
        space = false;
      }
      out.append(c);
    }
    return Surrogates.clean(out.toString());
  }
}
