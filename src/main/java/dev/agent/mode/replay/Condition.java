package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which requests a reply is for; every part that is given must fit.
 *
 * @param anywhere stands in the last user text or in the last results; empty = no matter
 * @param text stands in the last user text
 * @param result stands in the last results
 * @param matches is found in the last user text or in the last results
 * @param isError whether one of the last results is an error
 * @param model stands in the model's name
 * @param request number of the request, counted from 1; 0 = no matter
 */
record Condition(
    String anywhere,
    String text,
    String result,
    Optional<Pattern> matches,
    Optional<Boolean> isError,
    String model,
    int request) {
  static final Condition ALWAYS =
      new Condition("", "", "", Optional.empty(), Optional.empty(), "", 0);

  boolean fits(Exchange exchange) {
    String said = exchange.lastUserText();
    String results = exchange.lastResults();
    return (said.contains(anywhere) || results.contains(anywhere))
        && said.contains(text)
        && results.contains(result)
        && matches.map(it -> it.matcher(said + "\n" + results).find()).orElse(true)
        && isError.map(it -> it == hasError(exchange)).orElse(true)
        && exchange.body().path("model").asText("").contains(model)
        && (request == 0 || request == exchange.number());
  }

  private static boolean hasError(Exchange exchange) {
    JsonNode messages = exchange.body().path("messages");
    for (JsonNode block : messages.path(messages.size() - 1).path("content")) {
      if (block.path("is_error").asBoolean(false)) {
        return true;
      }
    }
    return false;
  }
}
