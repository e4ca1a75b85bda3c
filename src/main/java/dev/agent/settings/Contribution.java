package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One thing that a repository's file wants and that a person has to approve: a rule, a variable,
 * the hooks of an event, a tool server.
 *
 * @param key the setting, and the member where it is one: {@code env.NAME}
 * @param value the item's value
 * @param file where it stands
 * @param hash of key and value: when one of them changes it is another item
 * @param approved whether it was approved
 */
public record Contribution(String key, JsonNode value, String file, String hash, boolean approved) {

  static String hash(String key, JsonNode value) {
    try {
      byte[] bytes = (key + "\0" + Json.write(value)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** For people, on one line. */
  public String shown() {
    return key + ": " + (value.isTextual() ? value.asText() : value.toString());
  }
}
