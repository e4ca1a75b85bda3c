package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A request as the flat list that the prompt cache sees: tools, then system, then the blocks of the
 * messages. Pure.
 */
final class PrefixBlocks {
  private PrefixBlocks() {}

  /** Where a block stands. */
  enum Part {
    TOOLS,
    SYSTEM,
    MESSAGES
  }

  /**
   * One block.
   *
   * @param message index of its message; -1 outside of messages
   * @param json its bytes without a mark, since moving a mark changes no prefix
   * @param ttl of its mark: "5m", "1h"; empty = no mark
   */
  record Block(Part part, int message, String json, String ttl) {
    boolean isMarked() {
      return !ttl.isEmpty();
    }
  }

  static List<Block> of(ObjectNode request) {
    List<Block> blocks = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      blocks.add(block(Part.TOOLS, -1, "", tool));
    }
    JsonNode system = request.path("system");
    if (system.isTextual()) {
      blocks.add(new Block(Part.SYSTEM, -1, text(system.asText()), ""));
    }
    for (JsonNode text : system) {
      blocks.add(block(Part.SYSTEM, -1, "", text));
    }
    int index = 0;
    for (JsonNode message : request.path("messages")) {
      String role = message.path("role").asText();
      JsonNode content = message.path("content");
      if (content.isTextual()) {
        blocks.add(new Block(Part.MESSAGES, index, role + text(content.asText()), ""));
      }
      for (JsonNode each : content) {
        blocks.add(block(Part.MESSAGES, index, role, each));
      }
      index++;
    }
    if (request.has("cache_control") && !blocks.isEmpty()) {
      Block last = blocks.removeLast();
      blocks.add(
          new Block(last.part(), last.message(), last.json(), ttl(request.path("cache_control"))));
    }
    return blocks;
  }

  private static String text(String text) {
    return Json.write(Json.object().put("type", "text").put("text", text));
  }

  private static Block block(Part part, int message, String role, JsonNode node) {
    if (node instanceof ObjectNode object && object.has("cache_control")) {
      ObjectNode plain = object.deepCopy();
      plain.remove("cache_control");
      return new Block(part, message, role + Json.write(plain), ttl(object.path("cache_control")));
    }
    return new Block(part, message, role + Json.write(node), "");
  }

  private static String ttl(JsonNode mark) {
    return mark.path("ttl").asText("5m");
  }

  /** A running hash over blocks; {@link #value} can be asked after each. */
  static final class Hash {
    private final MessageDigest digest;

    Hash() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    void add(String text) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }

    String value() {
      try {
        return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The hash of one text. */
  static String hash(String text) {
    Hash hash = new Hash();
    hash.add(text);
    return hash.value();
  }
}
