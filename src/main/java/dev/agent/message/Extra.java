package dev.agent.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Members of a block that have no place in its record, in the order in which they came. They are
 * written after the known ones.
 *
 * @param members name → value; never changed
 */
public record Extra(Map<String, JsonNode> members) {
  /** No further members. */
  public static final Extra NONE = new Extra(Map.of());

  private static final String INVALID_INPUT = "invalid_input";

  public Extra {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** This with one more member. */
  public Extra with(String name, JsonNode value) {
    Map<String, JsonNode> all = new LinkedHashMap<>(members);
    all.put(name, value);
    return new Extra(all);
  }

  /**
   * The raw text of a tool input that is not a JSON object. Such a call is never run. This member
   * is ours: it goes to the transcript, never to the service.
   */
  public Optional<String> invalidInput() {
    JsonNode raw = members.get(INVALID_INPUT);
    return raw == null ? Optional.empty() : Optional.of(raw.asText());
  }

  /** Marks a call whose input was not a JSON object. */
  public static Extra invalidInput(String raw) {
    return NONE.withInvalidInput(raw);
  }

  /** The same, besides the members that are there. */
  public Extra withInvalidInput(String raw) {
    return with(INVALID_INPUT, TextNode.valueOf(raw));
  }

  /** Whether a member is only for us and must not be sent. */
  static boolean isPrivate(String name) {
    return name.equals(INVALID_INPUT);
  }
}
