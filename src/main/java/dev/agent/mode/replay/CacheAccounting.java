package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the prompt cache would do with each request: the prefix runs over tools, system and
 * messages; a breakpoint writes an entry for everything up to it and reads the longest entry that
 * ends at it or at one of the nineteen blocks before; below the model's minimum nothing is cached;
 * an entry lives from the start of the request that wrote or last read it. Tokens are bytes divided
 * by four, so shares are honest but absolute numbers are estimates. Thread-safe.
 *
 * <p>More generous than the service in one point: an entry can be read as soon as the request that
 * writes it was accepted, not only when its answer has begun.
 */
public final class CacheAccounting {
  /** Positions that a breakpoint looks at, itself included. */
  private static final int LOOK_BACK = 20;

  private static final int BYTES_PER_TOKEN = 4;
  private static final int MAX_ENTRIES = 100_000;

  private final Catalog catalog;
  private final InstantSource time;
  private final Map<String, Entry> entries = new HashMap<>();
  private long read;
  private long written;
  private long uncached;
  private int requests;
  private int cold;

  private record Entry(Instant until, Duration life) {
    Entry readAt(Instant now) {
      return new Entry(now.plus(life), life);
    }
  }

  /**
   * @param time decides when entries expire
   */
  public CacheAccounting(Catalog catalog, InstantSource time) {
    this.catalog = catalog;
    this.time = time;
  }

  /** The input side of a request's usage. */
  public synchronized Usage account(Exchange exchange) {
    Instant now = time.instant();
    ObjectNode request = exchange.body();
    List<PrefixBlocks.Block> blocks = PrefixBlocks.of(request);
    String[] keys = new String[blocks.size()];
    long[] tokens = new long[blocks.size()];
    keys(request, blocks, keys, tokens);
    int minimum = catalog.resolve(request.path("model").asText("")).minCachePrefix();

    int hit = longestHit(blocks, keys, now);
    long[] fresh = new long[2];
    long end = hit < 0 ? 0 : tokens[hit];
    if (hit >= 0) {
      entries.computeIfPresent(keys[hit], (_, entry) -> entry.readAt(now));
    }
    for (int i = 0; i < keys.length; i++) {
      if (blocks.get(i).isMarked() && tokens[i] >= minimum) {
        Duration life = life(blocks.get(i).ttl());
        if (i > hit) {
          fresh[life.equals(Duration.ofHours(1)) ? 1 : 0] += tokens[i] - end;
          end = tokens[i];
          entries.put(keys[i], new Entry(now.plus(life), life));
        } else {
          entries.computeIfPresent(keys[i], (_, entry) -> entry.readAt(now));
        }
      }
    }
    if (entries.size() > MAX_ENTRIES) {
      entries.values().removeIf(entry -> !entry.until().isAfter(now));
    }

    long total = keys.length == 0 ? 0 : tokens[keys.length - 1];
    long hitTokens = hit < 0 ? 0 : tokens[hit];
    requests++;
    if (requests > 1 && hit < 0) {
      cold++;
    }
    read += hitTokens;
    written += fresh[0] + fresh[1];
    uncached += total - end;
    return new Usage(total - end, 0, hitTokens, fresh[0], fresh[1], 0, 0);
  }

  /**
   * The key and the tokens of the prefix up to each block. What empties a part of the cache besides
   * its bytes goes into the key where that part begins: the speed before system, the settings of
   * thinking, effort and tool choice before the messages.
   */
  private static void keys(
      ObjectNode request, List<PrefixBlocks.Block> blocks, String[] keys, long[] tokens) {
    PrefixBlocks.Hash hash = new PrefixBlocks.Hash();
    hash.add(request.path("model").asText(""));
    PrefixBlocks.Part part = PrefixBlocks.Part.TOOLS;
    long bytes = 0;
    for (int i = 0; i < keys.length; i++) {
      PrefixBlocks.Block block = blocks.get(i);
      if (part == PrefixBlocks.Part.TOOLS && block.part() != part) {
        hash.add("system" + request.path("speed"));
        part = PrefixBlocks.Part.SYSTEM;
      }
      if (part == PrefixBlocks.Part.SYSTEM && block.part() == PrefixBlocks.Part.MESSAGES) {
        hash.add(
            "messages"
                + request.path("thinking")
                + request.path("output_config")
                + request.path("tool_choice"));
        part = PrefixBlocks.Part.MESSAGES;
      }
      hash.add(block.json());
      bytes += block.json().getBytes(StandardCharsets.UTF_8).length;
      tokens[i] = bytes / BYTES_PER_TOKEN;
      keys[i] = hash.value();
    }
  }

  private int longestHit(List<PrefixBlocks.Block> blocks, String[] keys, Instant now) {
    int hit = -1;
    for (int i = 0; i < keys.length; i++) {
      if (blocks.get(i).isMarked()) {
        for (int j = i; j > hit && j > i - LOOK_BACK; j--) {
          Entry entry = entries.get(keys[j]);
          if (entry != null && entry.until().isAfter(now)) {
            hit = j;
          }
        }
      }
    }
    return hit;
  }

  private static Duration life(String ttl) {
    return ttl.equals("1h") ? Duration.ofHours(1) : Duration.ofMinutes(5);
  }

  /** Totals over all requests. */
  public synchronized ObjectNode stats() {
    long total = read + written + uncached;
    ObjectNode node = Json.object();
    node.put("requests", requests);
    node.put("read_tokens", read).put("written_tokens", written).put("uncached_tokens", uncached);
    node.put("read_percent", percent(read, total));
    node.put("written_percent", percent(written, total));
    node.put("uncached_percent", percent(uncached, total));
    node.put("cold_requests_after_first", cold);
    return node;
  }

  private static double percent(long part, long total) {
    return total == 0 ? 0 : Math.round(1000.0 * part / total) / 10.0;
  }
}
