package dev.agent.message;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** The member that {@link #invalidInput} reads, in blocks as they are stored. */
  public static final String INVALID_INPUT = "invalid_input";

  public Extra {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /**
   * The raw text of a tool input that is not a JSON object. Such a call is never run. This member
   * is ours: it goes to the transcript, never to the service.
   */
  public Optional<String> invalidInput() {
    JsonNode raw = members.get(INVALID_INPUT);
    return raw == null ? Optional.empty() : Optional.of(raw.asText());
  }

  /** Whether a member is only for us and must not be sent. */
  static boolean isPrivate(String name) {
    return name.equals(INVALID_INPUT);
  }
}
