package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Random legal conversations pass; each change that breaks a rule is noticed. */
class RequestRulesPropertyTest {
  private static final int CONVERSATIONS = 1_000;

  /** Each of them is built anew for every mutation. */
  private static final int MUTATED = 300;

  /** Changes one thing; false when the conversation has no place for this change. */
  private interface Mutation {
    boolean apply(ObjectNode request, Random random);
  }

  private static final Map<String, Mutation> MUTATIONS = mutations();

  /** Grows a conversation; the rules see each request and each answer as a server would. */
  private static ObjectNode conversation(Random random, RequestRules rules) {
    ObjectNode request = Json.object().put("model", "claude-opus-5-5").put("max_tokens", 1_000);
    request
        .putArray("tools")
        .addObject()
        .put("name", "Read")
        .putObject("input_schema")
        .put("type", "object");
    ArrayNode messages = request.putArray("messages");
    messages.addObject().put("role", "user").putArray("content").add(text("start"));
    int ids = 0;
    int steps = 1 + random.nextInt(8);
    for (int i = 0; i < steps; i++) {
      assertThat(rules.checkAll(request, Map.of())).isEmpty();
      List<ObjectNode> answer = new ArrayList<>();
      if (random.nextBoolean()) {
        answer.add(Reply.thinking(random.nextBoolean() ? "" : "t" + i, "sig" + i));
      }
      boolean calls = random.nextInt(3) > 0;
      if (!calls || random.nextBoolean()) {
        answer.add(text("says " + i));
      }
      List<String> open = new ArrayList<>();
      for (int c = calls ? 1 + random.nextInt(4) : 0; c > 0; c--) {
        String id = "toolu_" + ++ids;
        open.add(id);
        answer.add(Reply.toolUse(id, "Read", Json.object().put("n", c)));
      }
      rules.sent(request, answer);
      ArrayNode said = messages.addObject().put("role", "assistant").putArray("content");
      answer.forEach(said::add);
      ArrayNode next = messages.addObject().put("role", "user").putArray("content");
      while (!open.isEmpty()) {
        ObjectNode result =
            next.addObject()
                .put("type", "tool_result")
                .put("tool_use_id", open.remove(random.nextInt(open.size())));
        if (random.nextBoolean()) {
          result.putArray("content").add(text("out"));
        }
        if (random.nextInt(4) == 0) {
          result.put("is_error", true);
        }
      }
      if (next.isEmpty() || random.nextInt(4) == 0) {
        next.add(text("and " + i));
      }
    }
    if (random.nextBoolean()) {
      ArrayNode last = (ArrayNode) messages.get(messages.size() - 1).path("content");
      ((ObjectNode) last.get(last.size() - 1)).putObject("cache_control").put("type", "ephemeral");
    }
    return request;
  }

  private static ObjectNode text(String text) {
    return Reply.textBlock(text);
  }

  private static ArrayNode messages(ObjectNode request) {
    return (ArrayNode) request.path("messages");
  }

  private static ArrayNode content(JsonNode message) {
    return (ArrayNode) message.path("content");
  }

  /** A random block that fits, as its list and index. */
  private static boolean onBlock(
      ObjectNode request, Random random, Predicate<JsonNode> fits, BlockChange change) {
    List<ArrayNode> lists = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    for (JsonNode message : messages(request)) {
      ArrayNode content = content(message);
      for (int i = 0; i < content.size(); i++) {
        if (fits.test(content.get(i))) {
          lists.add(content);
          indexes.add(i);
        }
      }
    }
    if (lists.isEmpty()) {
      return false;
    }
    int chosen = random.nextInt(lists.size());
    change.apply(lists.get(chosen), indexes.get(chosen));
    return true;
  }

  private interface BlockChange {
    void apply(ArrayNode content, int index);
  }

  private static Predicate<JsonNode> type(String type) {
    return block -> block.path("type").asText().equals(type);
  }

  private static Map<String, Mutation> mutations() {
    Map<String, Mutation> all = new LinkedHashMap<>();
    all.put("a result is lost", (r, x) -> onBlock(r, x, type("tool_result"), ArrayNode::remove));
    all.put("a call is lost", (r, x) -> onBlock(r, x, type("tool_use"), ArrayNode::remove));
    all.put(
        "a result stands twice",
        (r, x) -> onBlock(r, x, type("tool_result"), (c, i) -> c.insert(i, c.get(i).deepCopy())));
    all.put(
        "a call stands twice",
        (r, x) -> onBlock(r, x, type("tool_use"), (c, i) -> c.insert(i, c.get(i).deepCopy())));
    all.put(
        "a result has another id",
        (r, x) ->
            onBlock(
                r,
                x,
                type("tool_result"),
                (c, i) -> ((ObjectNode) c.get(i)).put("tool_use_id", "toolu_other")));
    all.put(
        "text comes before a result",
        (r, x) -> onBlock(r, x, type("tool_result"), (c, i) -> c.insert(i, text("early"))));
    all.put(
        "a text is empty",
        (r, x) -> onBlock(r, x, type("text"), (c, i) -> ((ObjectNode) c.get(i)).put("text", "")));
    all.put(
        "a text is blank",
        (r, x) ->
            onBlock(r, x, type("text"), (c, i) -> ((ObjectNode) c.get(i)).put("text", " \n")));
    all.put(
        "a signature is lost",
        (r, x) ->
            onBlock(r, x, type("thinking"), (c, i) -> ((ObjectNode) c.get(i)).remove("signature")));
    all.put(
        "a block has no type",
        (r, x) -> onBlock(r, x, _ -> true, (c, i) -> ((ObjectNode) c.get(i)).remove("type")));
    all.put(
        "a block has a private member",
        (r, x) ->
            onBlock(
                r,
                x,
                type("thinking").negate(),
                (c, i) -> ((ObjectNode) c.get(i)).put("_private", 1)));
    all.put(
        "an input is no object",
        (r, x) ->
            onBlock(r, x, type("tool_use"), (c, i) -> ((ObjectNode) c.get(i)).put("input", "x")));
    all.put("the first message is lost", (r, x) -> messages(r).remove(0) != null);
    all.put(
        "the last message is lost", (r, x) -> messages(r).remove(messages(r).size() - 1) != null);
    all.put(
        "a message is empty",
        (r, x) -> {
          content(messages(r).get(x.nextInt(messages(r).size()))).removeAll();
          return true;
        });
    all.put(
        "a role is turned",
        (r, x) -> {
          ObjectNode message = (ObjectNode) messages(r).get(x.nextInt(messages(r).size()));
          boolean plain = true;
          for (JsonNode block : content(message)) {
            plain &= block.path("type").asText().equals("text");
          }
          message.put("role", message.path("role").asText().equals("user") ? "assistant" : "user");
          // A plain assistant text as a user's breaks nothing.
          return !(plain && message.path("role").asText().equals("user"))
              && !(plain
                  && message != messages(r).get(0)
                  && message != messages(r).get(messages(r).size() - 1));
        });
    all.put(
        "there are five marks",
        (r, x) -> {
          ArrayNode content = content(messages(r).get(messages(r).size() - 1));
          for (int i = 0; i < 5; i++) {
            content.add(text("m"));
            ((ObjectNode) content.get(content.size() - 1))
                .putObject("cache_control")
                .put("type", "ephemeral");
          }
          return true;
        });
    all.put(
        "a field is unknown",
        (r, x) -> {
          r.put("session", "1");
          return true;
        });
    all.put(
        "thinking in the open loop is changed",
        (r, x) -> {
          ArrayNode messages = messages(r);
          JsonNode last = messages.get(messages.size() - 1);
          JsonNode before = messages.get(messages.size() - 2);
          if (!content(last).get(0).path("type").asText().equals("tool_result")
              || !content(before).get(0).path("type").asText().equals("thinking")) {
            return false;
          }
          ((ObjectNode) content(before).get(0)).put("thinking", "other");
          return true;
        });
    all.put(
        "history before thinking is changed",
        (r, x) -> {
          ArrayNode messages = messages(r);
          boolean thinks = false;
          for (JsonNode message : messages) {
            for (JsonNode block : message.path("content")) {
              thinks |= block.path("type").asText().equals("thinking");
            }
          }
          ((ObjectNode) content(messages.get(0)).get(0)).put("text", "another start");
          return thinks;
        });
    return all;
  }

  @Test
  void randomLegalConversationsPass() {
    for (long seed = 0; seed < CONVERSATIONS; seed++) {
      RequestRules rules = new RequestRules();
      ObjectNode request = conversation(new Random(seed), rules);

      assertThat(rules.checkAll(request, Map.of())).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void everyMutationThatBreaksARuleIsNoticed() {
    Map<String, Integer> applied = new TreeMap<>();
    for (long seed = 0; seed < MUTATED; seed++) {
      for (Map.Entry<String, Mutation> each : MUTATIONS.entrySet()) {
        Random random = new Random(seed);
        RequestRules rules = new RequestRules();
        ObjectNode request = conversation(random, rules);
        if (each.getValue().apply(request, random)) {
          applied.merge(each.getKey(), 1, Integer::sum);
          assertThat(rules.checkAll(request, Map.of()))
              .as("seed " + seed + ", " + each.getKey() + ": " + request)
              .isNotEmpty();
        }
      }
    }

    assertThat(applied.keySet()).containsExactlyInAnyOrderElementsOf(MUTATIONS.keySet());
    assertThat(applied.values()).allMatch(count -> count > 50);
  }

  /** What a client may rightly do must not be called wrong. */
  @Test
  void harmlessChangesPass() {
    for (long seed = 0; seed < CONVERSATIONS; seed++) {
      RequestRules rules = new RequestRules();
      Random random = new Random(seed);
      ObjectNode request = conversation(random, rules);
      content(messages(request).get(messages(request).size() - 1)).add(text("one more thing"));
      request.put("max_tokens", 2_000).put("stream", true);
      request.putArray("system").add(text("short"));

      assertThat(rules.checkAll(request, Map.of())).as("seed " + seed).isEmpty();
    }
  }
}
