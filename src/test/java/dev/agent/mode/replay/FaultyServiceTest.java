package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Role;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.model.anthropic.AnthropicClient;
import dev.agent.model.anthropic.Credentials;
import dev.agent.model.anthropic.ServiceOptions;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.runtime.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The true client against a service that fails at random: nothing is lost, nothing is wrong. */
@Timeout(300)
class FaultyServiceTest {
  private static final int RUNS = 200;
  private static final int MOST_TRIES = 12;

  private static Faults.Profile profile(long seed) {
    Map<Faults.Kind, Double> shares = new LinkedHashMap<>();
    for (Faults.Kind kind : Faults.Kind.values()) {
      shares.put(kind, kind == Faults.Kind.STALL ? 0.004 : 0.07);
    }
    return new Faults.Profile(seed, shares);
  }

  /** A script of a few steps: text, thinking, calls in random numbers. */
  private static List<List<ObjectNode>> truth(Random random) {
    List<List<ObjectNode>> steps = new ArrayList<>();
    int ids = 0;
    for (int step = 1 + random.nextInt(4); step >= 0; step--) {
      List<ObjectNode> blocks = new ArrayList<>();
      if (random.nextBoolean()) {
        blocks.add(Reply.thinking("größer 🎉 " + random.nextInt(), "sig" + random.nextInt()));
      }
      blocks.add(Reply.textBlock("Schritt " + step + " 日本 " + random.nextInt()));
      for (int call = step == 0 ? 0 : 1 + random.nextInt(3); call > 0; call--) {
        blocks.add(
            Reply.toolUse(
                "toolu_" + ++ids, "Read", Json.object().put("x", "ü" + random.nextInt())));
      }
      steps.add(blocks);
    }
    return steps;
  }

  @Test
  void noRunIsLostWrongOrHung() throws Exception {
    HttpClients http = new HttpClients(NetSettings.from(Map.of(), List.of()));
    Map<String, Integer> faults = new java.util.TreeMap<>();
    for (long seed = 0; seed < RUNS; seed++) {
      run(seed, http, faults);
    }

    assertThat(faults.keySet())
        .contains(
            "status 429",
            "status 500",
            "status 529",
            "drop",
            "reset",
            "error event",
            "malformed event");
  }

  private static void run(long seed, HttpClients http, Map<String, Integer> played)
      throws Exception {
    List<List<ObjectNode>> truth = truth(new Random(seed));
    List<Reply> replies = new ArrayList<>();
    int deltas = 1 + new Random(seed).nextInt(9);
    truth.forEach(blocks -> replies.add(Reply.of(blocks).inDeltasOf(deltas)));
    java.util.Iterator<Reply> next = replies.iterator();
    try (ReplayServer server = new ReplayServer(0, new Faults(_ -> next.next(), profile(seed)))) {
      ModelClient client =
          new AnthropicClient(
              http,
              ServiceOptions.from(
                      Map.of("ANTHROPIC_BASE_URL", server.url()), List.of(), Map.of(), "test")
                  .withTimeouts(
                      new ServiceOptions.Timeouts(
                          Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(20))),
              new Credentials.ApiKey("key"),
              Optional.empty(),
              () -> Instant.EPOCH);
      List<Message> messages = new ArrayList<>();
      messages.add(new Message(Role.USER, List.of(new ContentBlock.Text("start"))));
      for (List<ObjectNode> expected : truth) {
        ModelReply reply = patiently(client, request(messages));

        assertThat(reply.message().content().stream().map(MessageJson::toJson).toList().toString())
            .as("seed " + seed)
            .isEqualTo(expected.toString());
        messages.add(reply.message());
        List<ContentBlock> results = new ArrayList<>();
        for (ContentBlock block : reply.message().content()) {
          if (block instanceof ContentBlock.ToolUse use) {
            results.add(
                new ContentBlock.ToolResult(
                    use.id(),
                    List.of(new ContentBlock.Text("ok")),
                    false,
                    dev.agent.message.Extra.NONE));
          }
        }
        messages.add(
            new Message(
                Role.USER, results.isEmpty() ? List.of(new ContentBlock.Text("on")) : results));
      }
      assertThat(server.violations()).as("seed " + seed).isEmpty();
      assertThat(server.prefixChanges()).as("seed " + seed).isEmpty();
      server
          .stats()
          .path("faults")
          .properties()
          .forEach(each -> played.merge(each.getKey(), each.getValue().asInt(), Integer::sum));
    }
  }

  private static ModelRequest request(List<Message> messages) {
    return new ModelRequest(
        "claude-opus-5-5",
        1_000,
        List.of(),
        List.of(),
        messages,
        List.of(),
        new ModelRequest.Thinking.Unset(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Tries again whatever may succeed later, also after a part was received. */
  private static ModelReply patiently(ModelClient client, ModelRequest request) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try (ModelStream stream = client.open(request, Cancellation.root())) {
        while (stream.hasNext()) {
          if (stream.next() instanceof StreamEvent.Completed(ModelReply reply)) {
            return reply;
          }
        }
        throw new AssertionError("a stream ended without an end");
      } catch (ModelException e) {
        if (!e.kind().isTransient() || attempt == MOST_TRIES) {
          throw e;
        }
      }
    }
  }
}
