package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The thinking that this server sent, and whether it comes back as it was: byte for byte within the
 * current tool loop, and, where the model binds it, only after the very messages it was made for.
 * Thread-safe.
 */
final class SentThinking {
  /** Thinking of the reply that a call belongs to, by the call's id. */
  private final Map<String, List<String>> byCall = new HashMap<>();

  /** The prefixes that a block was made for, by the block. */
  private final Map<String, Set<String>> madeFor = new HashMap<>();

  synchronized void sent(ObjectNode request, List<ObjectNode> blocks) {
    List<String> thinking = thinking(blocks);
    for (JsonNode block : blocks) {
      if (block.path("type").asText().equals("tool_use")) {
        byCall.put(block.path("id").asText(), thinking);
      }
    }
    if (!thinking.isEmpty()) {
      String prefix = prefixes(request).getLast();
      for (String block : thinking) {
        madeFor.computeIfAbsent(block, _ -> new LinkedHashSet<>()).add(prefix);
      }
    }
  }

  private static List<String> thinking(Iterable<? extends JsonNode> blocks) {
    List<String> thinking = new ArrayList<>();
    for (JsonNode block : blocks) {
      switch (block.path("type").asText()) {
        case "thinking" ->
            thinking.add(block.path("signature").asText() + "\n" + block.path("thinking").asText());
        case "redacted_thinking" -> thinking.add(block.path("data").asText());
        default -> {}
      }
    }
    return List.copyOf(thinking);
  }

  /** What is wrong with the thinking of a request. */
  synchronized List<String> check(ObjectNode request, boolean bound) {
    List<String> found = new ArrayList<>();
    JsonNode messages = request.path("messages");
    int loop = loopStart(messages);
    List<String> prefixes = bound && !madeFor.isEmpty() ? prefixes(request) : List.of();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      if (!message.path("role").asText().equals("assistant")) {
        continue;
      }
      List<String> thinking = thinking(message.path("content"));
      if (i > loop) {
        unchanged(i, message.path("content"), thinking, found);
      }
      if (!prefixes.isEmpty()) {
        for (String block : thinking) {
          Set<String> made = madeFor.get(block);
          if (made != null && !made.contains(prefixes.get(i))) {
            found.add(
                "messages."
                    + i
                    + ": `thinking` block was created for another conversation prefix or model and"
                    + " cannot be replayed here");
          }
        }
      }
    }
    return found;
  }

  private void unchanged(int index, JsonNode content, List<String> thinking, List<String> found) {
    List<String> expected = new ArrayList<>();
    Set<List<String>> seen = new LinkedHashSet<>();
    boolean known = false;
    for (JsonNode block : content) {
      List<String> sent =
          block.path("type").asText().equals("tool_use")
              ? byCall.get(block.path("id").asText())
              : null;
      if (sent != null) {
        known = true;
        if (seen.add(sent)) {
          expected.addAll(sent);
        }
      }
    }
    if (known && !thinking.equals(expected)) {
      found.add(
          "messages."
              + index
              + ".content: `thinking` or `redacted_thinking` blocks in the latest assistant message"
              + " cannot be modified. These blocks must remain as they were in the original"
              + " response.");
    }
  }

  /** Where the person last spoke: everything later belongs to the current tool loop. */
  private static int loopStart(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      JsonNode message = messages.get(i);
      if (message.path("role").asText().equals("user")) {
        boolean results = false;
        for (JsonNode block : message.path("content")) {
          results |= block.path("type").asText().equals("tool_result");
        }
        if (!results) {
          return i;
        }
      }
    }
    return 0;
  }

  /** The hash of everything before each message, and of all at the end. */
  private static List<String> prefixes(ObjectNode request) {
    List<String> prefixes = new ArrayList<>();
    PrefixBlocks.Hash hash = new PrefixBlocks.Hash();
    hash.add(request.path("model").asText());
    int next = 0;
    List<PrefixBlocks.Block> blocks = PrefixBlocks.of(messagesOf(request));
    for (int i = 0; i < request.path("messages").size(); i++) {
      prefixes.add(hash.value());
      while (next < blocks.size() && blocks.get(next).message() == i) {
        hash.add(blocks.get(next).json());
        next++;
      }
    }
    prefixes.add(hash.value());
    return prefixes;
  }

  private static ObjectNode messagesOf(ObjectNode request) {
    ObjectNode only = Json.object();
    only.set("messages", request.path("messages"));
    return only;
  }
}
