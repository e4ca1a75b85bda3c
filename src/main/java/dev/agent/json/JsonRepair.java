package dev.agent.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads tool inputs that are not quite JSON. Mends what has one sensible reading: trailing commas,
 * single quotes, bare keys, line breaks and control characters in strings, escapes that JSON does
 * not know, code fences, Python's literals, an object sent as a string, and closing brackets that
 * are missing where nothing else can be. Never completes a value that was cut: half a file's
 * content or half a command must not be acted on.
 */
public final class JsonRepair {

  /** What a text turned out to be. */
  public sealed interface Reading {
    /**
     * All of it is there.
     *
     * @param wasMended false when it was JSON as it came
     */
    record Complete(ObjectNode value, boolean wasMended) implements Reading {}

    /** It ends too early; {@code where} says in what. */
    record Cut(String where) implements Reading {}

    /** It is no object with one sensible reading. */
    record Broken(String why) implements Reading {}
  }

  private JsonRepair() {}

  /** The object, where all of it is there and has one sensible reading. */
  public static Optional<ObjectNode> repair(String text) {
    return read(text) instanceof Reading.Complete(ObjectNode value, _)
        ? Optional.of(value)
        : Optional.empty();
  }

  /** Reads a text; never throws. */
  public static Reading read(String text) {
    JsonNode strict = strict(text);
    if (strict instanceof ObjectNode object) {
      return new Reading.Complete(object, false);
    }
    if (strict != null && strict.isTextual()) {
      JsonNode inner = strict(strict.asText());
      return inner instanceof ObjectNode object
          ? new Reading.Complete(object, true)
          : new Reading.Broken("a string, not an object");
    }
    if (strict != null) {
      return new Reading.Broken("not an object");
    }
    String body = withoutFence(text.strip());
    if (body.isEmpty()) {
      return new Reading.Cut("nothing came");
    }
    try {
      return new Reading.Complete(new LenientParser(body).object(), true);
    } catch (LenientParser.CutException e) {
      return new Reading.Cut(String.valueOf(e.getMessage()));
    } catch (LenientParser.BrokenException e) {
      return new Reading.Broken(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable JsonNode strict(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static String withoutFence(String text) {
    if (!text.startsWith("```")) {
      return text;
    }
    int start = text.indexOf('\n');
    int end = text.lastIndexOf("```");
    return start < 0 ? "" : text.substring(start + 1, end > start ? end : text.length()).strip();
  }
}
