package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Usage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the prompt cache would do with each request: the prefix runs over tools, system and
 * messages; a breakpoint writes an entry for everything up to it and reads the longest entry of the
 * last twenty blocks before it; below the minimum nothing is cached. Tokens are bytes divided by
 * four. Thread-safe.
 */
final class CacheAccounting {
  private static final int LOOK_BACK = 20;
  private static final int MIN_TOKENS = 1_024;

  private final Set<String> entries = ConcurrentHashMap.newKeySet();
  private long read;
  private long written;
  private long uncached;
  private int requests;
  private int cold;

  private record Block(String json, boolean mark) {}

  /** The input side of a request's usage. */
  synchronized Usage account(Exchange exchange) {
    List<Block> blocks = blocks(exchange.body());
    String[] keys = new String[blocks.size()];
    long[] tokens = new long[blocks.size()];
    MessageDigest digest = digest();
    digest.update(exchange.body().path("model").asText("").getBytes(StandardCharsets.UTF_8));
    long bytes = 0;
    for (int i = 0; i < keys.length; i++) {
      byte[] json = blocks.get(i).json().getBytes(StandardCharsets.UTF_8);
      digest.update(json);
      bytes += json.length;
      tokens[i] = bytes / 4;
      keys[i] = HexFormat.of().formatHex(copy(digest).digest());
    }
    long hit = 0;
    long end = 0;
    for (int i = 0; i < keys.length; i++) {
      if (!blocks.get(i).mark()) {
        continue;
      }
      for (int j = i; j >= Math.max(0, i - LOOK_BACK); j--) {
        if (entries.contains(keys[j])) {
          hit = Math.max(hit, tokens[j]);
          break;
        }
      }
      if (tokens[i] >= MIN_TOKENS) {
        end = Math.max(end, tokens[i]);
      }
    }
    for (int i = 0; i < keys.length; i++) {
      if (blocks.get(i).mark() && tokens[i] >= MIN_TOKENS) {
        entries.add(keys[i]);
      }
    }
    long total = keys.length == 0 ? 0 : tokens[keys.length - 1];
    long fresh = Math.max(0, end - hit);
    requests++;
    if (requests > 1 && hit == 0) {
      cold++;
    }
    read += hit;
    written += fresh;
    uncached += total - hit - fresh;
    return new Usage(total - hit - fresh, 0, hit, fresh, 0, 0, 0);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Block> blocks(ObjectNode request) {
    List<Block> blocks = new ArrayList<>();
    request.path("tools").forEach(tool -> blocks.add(block(tool)));
    JsonNode system = request.path("system");
    if (system.isTextual()) {
      blocks.add(new Block(system.toString(), false));
    }
    system.forEach(text -> blocks.add(block(text)));
    for (JsonNode message : request.path("messages")) {
      String role = message.path("role").asText();
      JsonNode content = message.path("content");
      if (content.isTextual()) {
        blocks.add(new Block(role + content, false));
      }
      content.forEach(
          each -> blocks.add(new Block(role + block(each).json(), each.has("cache_control"))));
    }
    return blocks;
  }

  /** A block's bytes without its mark: moving the mark does not change the prefix. */
  private static Block block(JsonNode node) {
    if (node.has("cache_control")) {
      ObjectNode plain = node.deepCopy();
      plain.remove("cache_control");
      return new Block(Json.write(plain), true);
    }
    return new Block(Json.write(node), false);
  }

  synchronized ObjectNode stats() {
    long total = read + written + uncached;
    ObjectNode node = Json.object();
    node.put("read_tokens", read).put("written_tokens", written).put("uncached_tokens", uncached);
    node.put("read_percent", total == 0 ? 0 : Math.round(1000.0 * read / total) / 10.0);
    node.put("cold_requests_after_first", cold);
    return node;
  }
}
